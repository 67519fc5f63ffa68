"""The terms of reference: versions of frozen bytes, what changed between them, comments, both signatures (M15)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from sqlalchemy import select

from implement.db import db
from implement.engine.document import Document, DocumentChapter, read_document, write_document
from implement.jobs import Job, Plain, enqueue_job
from implement.rollout.service.errors import NotFound, RuleBroken
from implement.rollout.service.log import Actor, log_write
from implement.rollout.service.rollouts import lock_rollout
from implement.rollout.service.signatures import SIDES, SignedBy, hash_bytes, list_signatures, sign_for_a_side
from implement.stages.specification.tables import TermsVersion
from implement.store import Store
from implement.web.access import Role
from implement.web.texts import lazy

TERMS_JOB = "specification.terms"


@dataclass(frozen=True)
class TermsFiles:
    """A version as it is frozen: content, signed document, prints."""

    html: bytes
    pdf: bytes
    docx: bytes
    pages: int


@dataclass(frozen=True)
class VersionRow:
    """A version as the list shows it."""

    number: int
    language: str
    note: str
    pages: int
    html_sha256: str
    made_at: datetime


def enqueue_terms(rollout_id: int, *, language: str, note: str, by: Actor, now: datetime) -> Job:
    """Have the next version made in the background."""
    arguments: dict[str, Plain] = {"language": language, "note": note.strip()}
    job = enqueue_job(TERMS_JOB, rollout_id=rollout_id, arguments=arguments, by_id=by.id, now=now)
    log_write("ask_for_terms", f"rollout:{rollout_id}", by=by, now=now, rollout_id=rollout_id, job=job.id)
    return job


def find_newest_job(rollout_id: int) -> Job | None:
    """The newest job that makes a version."""
    here = (Job.rollout_id == rollout_id, Job.kind == TERMS_JOB)
    return db.session.scalar(select(Job).where(*here).order_by(Job.id.desc()).limit(1))


def keep_version(
    rollout_id: int, document: Document, files: TermsFiles, *, note: str, store: Store, by: Actor, now: datetime
) -> TermsVersion:
    """Freeze the next version; earlier ones and their signatures stay as they are."""
    lock_rollout(rollout_id)
    newest = find_newest(rollout_id)
    row = TermsVersion(
        rollout_id=rollout_id, number=newest.number + 1 if newest else 1, language=document.language, note=note,
        content_sha256=store.put(BytesIO(write_document(document))).sha256, pages=files.pages,
        html_sha256=store.put(BytesIO(files.html)).sha256, pdf_sha256=store.put(BytesIO(files.pdf)).sha256,
        docx_sha256=store.put(BytesIO(files.docx)).sha256, made_by_id=by.id, made_at=now,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    said: dict[str, Plain] = {"number": row.number, "sha256": row.html_sha256}
    log_write("make_terms", subject_of(row), by=by, now=now, rollout_id=rollout_id, **said)
    return row


def find_newest(rollout_id: int) -> TermsVersion | None:
    """The newest version, or None before the first."""
    asked = select(TermsVersion).where(TermsVersion.rollout_id == rollout_id)
    found: TermsVersion | None = db.session.scalar(asked.order_by(TermsVersion.number.desc()).limit(1))
    return found


def get_version(rollout_id: int, number: int) -> TermsVersion:
    """One version of this rollout's terms."""
    here = (TermsVersion.rollout_id == rollout_id, TermsVersion.number == number)
    found: TermsVersion | None = db.session.scalar(select(TermsVersion).where(*here))
    if found is None:
        raise NotFound(lazy("There is no such version."))
    return found


def get_earlier(row: TermsVersion, number: int | None) -> TermsVersion:
    """The version to hold another against: the one that is named, else the one before it."""
    return get_version(row.rollout_id, row.number - 1 if number is None else number)


def list_versions(rollout_id: int) -> list[VersionRow]:
    """Every version, the newest first."""
    one = TermsVersion
    columns = (one.number, one.language, one.note, one.pages, one.html_sha256, one.made_at)
    rows = db.session.execute(select(*columns).where(one.rollout_id == rollout_id).order_by(one.number.desc()))
    return [VersionRow(*row) for row in rows]


def read_content(row: TermsVersion, *, store: Store) -> Document:
    """The plain content of a version."""
    return read_document(store.path(row.content_sha256).read_bytes())


def is_same(row: TermsVersion | None, document: Document) -> bool:
    """True when a version says exactly this."""
    return row is not None and row.content_sha256 == hash_bytes(write_document(document))


def find_chapter(document: Document, key: str) -> DocumentChapter | None:
    """A chapter by its key, else the first."""
    chapters: Sequence[DocumentChapter] = document.chapters
    return next((one for one in chapters if one.key == key), chapters[0] if chapters else None)


def demand_chapter(row: TermsVersion, key: str, *, store: Store) -> str:
    """The key of a chapter that the version has."""
    if key not in {one.key for one in read_content(row, store=store).chapters}:
        raise NotFound(lazy("There is no such chapter."))
    return key


def sign_terms(
    row: TermsVersion, *, seen: str, role: Role, roles: frozenset[Role], store: Store, by: Actor, now: datetime
) -> SignedBy:
    """Sign the frozen bytes for one side; refused for an older version, and twice by one person."""
    newest = find_newest(row.rollout_id)
    if newest is None or newest.id != row.id or seen != row.html_sha256:
        raise RuleBroken(lazy("There is a newer version; read that one, then sign."))
    return sign_for_a_side(
        row.rollout_id, subject_of(row), row.html_sha256, role=role, roles=roles, store=store, by=by, now=now
    )  # fmt: skip


def keep_signed_print(row: TermsVersion, pdf: bytes, *, store: Store, by: Actor, now: datetime) -> None:
    """Freeze the print that carries both signatures, once."""
    if row.signed_pdf_sha256 is None and is_complete(row):
        row.signed_pdf_sha256 = store.put(BytesIO(pdf)).sha256
        said = row.signed_pdf_sha256
        log_write("complete_terms", subject_of(row), by=by, now=now, rollout_id=row.rollout_id, sha256=said)


def list_signed(row: TermsVersion) -> list[SignedBy]:
    """Who signed exactly these bytes."""
    return list_signatures(row.rollout_id, subject_of(row), row.html_sha256)


def is_complete(row: TermsVersion) -> bool:
    """True when both sides signed."""
    return {Role(one.role) for one in list_signed(row)} >= set(SIDES)


def count_sides(rollout_id: int) -> int | None:
    """How many sides signed the newest version; None before there is one."""
    row = find_newest(rollout_id)
    return None if row is None else len({one.role for one in list_signed(row)} & {str(side) for side in SIDES})


def find_unsigned(rollout_id: int, roles: frozenset[Role]) -> int | None:
    """The newest version's number where somebody of these roles can still sign it for a side; else None."""
    mine, row = roles & set(SIDES), find_newest(rollout_id) if roles & set(SIDES) else None
    if row is None:
        return None
    return row.number if mine - {Role(one.role) for one in list_signed(row)} else None


def find_bytes(row: TermsVersion, kind: str) -> str:
    """The hash of one of the frozen files: html, pdf, docx, or the print with both signatures."""
    found = {"html": row.html_sha256, "pdf": row.pdf_sha256, "docx": row.docx_sha256, "signed": row.signed_pdf_sha256}
    sha256: str | None = found[kind]
    if sha256 is None:
        raise NotFound(lazy("Both sides have to sign first."))
    return sha256


def comment_subject(chapter_key: str) -> str:
    """What is said about a chapter goes on from version to version."""
    return f"terms:{chapter_key}"


def subject_of(row: TermsVersion) -> str:
    """What signatures and the log refer to."""
    return f"terms_version:{row.id}"
