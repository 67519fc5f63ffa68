"""The full report as one document to sign, and as paper printed chapter by chapter with one count of pages."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from flask import current_app, render_template
from markupsafe import Markup

from implement.rollout.service.reports import ReportFrame
from implement.rollout.service.signatures import SignedBy
from implement.stages.audit.report_chapters import WrittenChapter
from implement.web.pdf import Sheets, bind, lay_out
from implement.web.texts import _

SayProgress = Callable[[str, int, int], None]
CONTENTS_PAGES = 1


@dataclass(frozen=True)
class Around:
    """What stands around the chapters: whose report it is, who asked for it, when, in which language."""

    frame: ReportFrame
    made_by: str
    made_at: datetime
    language: str


def write_document(chapters: Sequence[WrittenChapter], around: Around) -> bytes:
    """All chapters in one HTML document with its styles in it: the bytes that are signed."""
    style = Markup(f"<style>{_read_style()}</style>")
    bodies = [(one, Markup(one.body)) for one in chapters]
    return render_template("audit/full/_document.html", chapters=bodies, around=around, style=style).encode()


def print_chapters(chapters: Sequence[WrittenChapter], around: Around, say: SayProgress) -> tuple[bytes, int]:
    """Lay out one chapter after the other, the list of contents behind the first; the PDF and its number of pages."""
    laid: list[Sheets] = []
    first_pages: list[int] = []
    page = 1
    for place, chapter in enumerate(chapters):
        say("print", place, len(chapters))
        laid.append(lay_out(_write_paper(Markup(chapter.body), around, page)))
        first_pages.append(page)
        page += len(laid[-1].pages) + (CONTENTS_PAGES if place == 0 else 0)
    lines = list(zip(chapters, first_pages, strict=True))
    contents = render_template("audit/full/_contents.html", lines=lines)
    laid.insert(1, lay_out(_write_paper(Markup(contents), around, len(laid[0].pages) + 1)))
    say("print", len(chapters), len(chapters))
    return bind(laid), sum(len(one.pages) for one in laid)


def print_seal(sha256: str, pdf_sha256: str, signed: Sequence[SignedBy], around: Around) -> bytes:
    """The sheet of signatures, which names the fingerprints of both files."""
    seal = render_template("report/_seal.html", sha256=sha256, signed=signed)
    body = render_template("audit/full/_seal.html", seal=Markup(seal), pdf_sha256=pdf_sha256, around=around)
    return bind([lay_out(_write_paper(Markup(body), around, 1))])


def _write_paper(body: Markup, around: Around, first_page: int) -> str:
    """A chapter as a document whose pages are counted on from `first_page`."""
    counted = (
        "@page { counter-increment: page; @bottom-right { content: counter(page) } }"
        f"@page :first {{ counter-increment: none; counter-set: page {first_page} }}"
    )
    style = Markup(f"<style>{_read_style()}{counted}</style>")
    return render_template("audit/full/_paper.html", body=body, around=around, style=style, title=_("Audit report"))


@cache
def _read_style() -> str:
    """The styles of printed reports."""
    folder = Path(current_app.static_folder or "")
    return (folder / "paper.css").read_text("utf-8") + (folder / "document.css").read_text("utf-8")
