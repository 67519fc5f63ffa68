"""The terms of reference on paper: gathered from all rooms, written as HTML, PDF and DOCX, chapter by chapter."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import cache
from pathlib import Path

from flask import current_app
from markupsafe import Markup

from implement.engine.document import Document, DocumentChapter
from implement.rollout.registries import registries
from implement.rollout.service.rollouts import company_name, get_rollout
from implement.rollout.service.signatures import SignedBy, hash_bytes
from implement.stages.specification.service.docx_files import write_docx
from implement.stages.specification.service.terms import TermsFiles
from implement.stages.specification.tables import TermsVersion
from implement.web.pdf import Sheets, bind, lay_out
from implement.web.texts import _, in_language

REPORT_STYLE = ("paper.css", "document.css")
CHAPTER_STYLE = (*REPORT_STYLE, "chapters.css")
Tell = Callable[[int, int], None]


def gather_terms(rollout_id: int, language: str, today: date, tell: Tell = lambda done, of: None) -> Document:
    """Ask every room for its chapters, in one language; a room without anything to say is left out."""
    sections = sorted(registries().terms_sections, key=lambda one: (one.position, one.key))
    chapters = []
    with in_language(language):
        for done, one in enumerate(sections):
            tell(done, len(sections))
            blocks = one.gather(rollout_id, today)
            if blocks:
                chapters.append(DocumentChapter(one.key, str(one.title), tuple(blocks)))
        title = _("Terms of reference: %(name)s", name=get_rollout(rollout_id).name)
    return Document(title, language, tuple(chapters))


def write_files(document: Document, rollout_id: int, number: int, tell: Tell) -> TermsFiles:
    """The document that is signed, and its prints; what is printed names the fingerprint of what is signed."""
    with in_language(document.language):
        company, of = company_name(get_rollout(rollout_id)), len(document.chapters)
        head = _("%(company)s · Terms of reference, version %(number)s", company=company, number=number)
        around = {"document": document, "head": head, "style": _read_style(*REPORT_STYLE)}
        html = _render("specification/parts/terms/document.html", **around).encode()
        around["sha256"] = hash_bytes(html)
        pdf, pages = _print_chapters(document, around, lambda done: tell(done, of))
        seal = _("Fingerprint of the signed document (SHA-256 of its HTML file)") + f": {around['sha256']}"
        return TermsFiles(html, pdf, write_docx(document, head=head, seal=seal), pages)


def _print_chapters(document: Document, around: dict[str, object], tell: Callable[[int], None]) -> tuple[bytes, int]:
    """Each chapter begins on the page after the last; the contents, which name those pages, are laid out at the end."""
    front = lay_out(_write_front([0] * len(document.chapters), around))
    page, starts, laid = len(front.pages) + 1, list[int](), list[Sheets]()
    for place, chapter in enumerate(document.chapters, 1):
        tell(place - 1)
        starts.append(page)
        said = around | {"chapter": chapter, "place": place, "style": _read_style(*CHAPTER_STYLE, first_page=page)}
        laid.append(lay_out(_render("specification/parts/terms/paper_chapter.html", **said)))
        page += len(laid[-1].pages)
    return bind([lay_out(_write_front(starts, around)), *laid]), page - 1


def _write_front(starts: Sequence[int], around: dict[str, object]) -> str:
    said = around | {"starts": starts, "style": _read_style(*CHAPTER_STYLE, first_page=1)}
    return _render("specification/parts/terms/paper_front.html", **said)


def print_signatures(row: TermsVersion, signed: Sequence[SignedBy], document: Document) -> bytes:
    """The sheet with both signatures and the fingerprints of every file of the version."""
    with in_language(row.language):
        style = _read_style(*REPORT_STYLE)
        around = {"row": row, "signed": signed, "document": document, "style": style, "head": document.title}
        return bind([lay_out(_render("specification/parts/terms/signatures.html", **around))])


def _render(template: str, **values: object) -> str:
    """Without what surrounds a page: a job has no request."""
    return current_app.jinja_env.get_template(template).render(**values)


@cache
def _read_style(*names: str, first_page: int = 0) -> Markup:
    """Styles of printed reports, to stand in the head of a page; with `first_page` pages are counted from there."""
    folder = Path(current_app.static_folder or "")
    text = "".join((folder / name).read_text("utf-8") for name in names)
    counted = f"@page :first {{ counter-reset: page {first_page} }}" if first_page else ""
    return Markup("<style>{}</style>").format(Markup(text + counted))
