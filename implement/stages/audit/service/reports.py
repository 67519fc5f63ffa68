"""Editions of the full report: ask for one, keep what was made, sign its bytes on both sides."""

from datetime import datetime
from io import BytesIO

from sqlalchemy import select

from implement.db import db
from implement.jobs import enqueue_job, find_job
from implement.rollout.service.errors import NotFound, RuleBroken
from implement.rollout.service.log import Actor, log_write
from implement.rollout.service.signatures import SIDES, SignedBy, list_signatures, sign_for_a_side
from implement.stages.audit.service.audits import lock_audit
from implement.stages.audit.tables import Audit, AuditReport
from implement.store import Store
from implement.web.access import Role
from implement.web.texts import lazy

REPORT_JOB = "audit.report"


def ask_report(audit: Audit, language: str, *, by: Actor, now: datetime) -> AuditReport:
    """Have the report written in the background; while one is being written, that is the one."""
    lock_audit(audit)
    newest = next(iter(list_reports(audit.id)), None)
    if newest is not None and newest.made_at is None and _is_at_work(audit, newest):
        return newest
    row = AuditReport(audit_id=audit.id, number=newest.number + 1 if newest else 1, language=language)
    row.asked_by_id, row.asked_by_name, row.asked_at = by.id, by.name, now
    db.session.add(row)
    db.session.flush()
    arguments = {"report_id": row.id}
    job = enqueue_job(REPORT_JOB, rollout_id=audit.rollout_id, arguments=arguments, by_id=by.id, now=now)  # type: ignore[arg-type]
    row.job_id = job.id
    log_write("ask_report", subject_of(row), by=by, now=now, rollout_id=audit.rollout_id, language=language)
    return row


def record_report(
    row: AuditReport, audit: Audit, *, html: bytes, pdf: bytes, pages: int, store: Store, by: Actor, now: datetime
) -> None:
    """Freeze what was written; written once more after a crash it is the same edition."""
    row.html_sha256, row.pdf_sha256 = store.put(BytesIO(html)).sha256, store.put(BytesIO(pdf)).sha256
    row.pages, row.made_at = pages, now
    db.session.flush()
    kept = {"html": row.html_sha256, "pdf": row.pdf_sha256, "pages": pages}
    log_write("make_report", subject_of(row), by=by, now=now, rollout_id=audit.rollout_id, **kept)  # type: ignore[arg-type]


def list_reports(audit_id: int) -> list[AuditReport]:
    """Every edition, the newest first."""
    asked = select(AuditReport).where(AuditReport.audit_id == audit_id)
    return list(db.session.scalars(asked.order_by(AuditReport.number.desc())))


def get_report(audit: Audit, number: int) -> AuditReport:
    """One edition of this audit's report."""
    here = (AuditReport.audit_id == audit.id, AuditReport.number == number)
    found: AuditReport | None = db.session.scalar(select(AuditReport).where(*here))
    if found is None:
        raise NotFound(lazy("There is no such report."))
    return found


def open_report(report_id: int) -> tuple[AuditReport, Audit]:
    """An edition with its audit, for the job that writes it."""
    row = db.session.get_one(AuditReport, report_id)
    return row, db.session.get_one(Audit, row.audit_id)


def find_report_bytes(row: AuditReport, kind: str) -> str:
    """The hash of one of the frozen files: html, pdf, or the sheet of signatures."""
    sha256 = {"html": row.html_sha256, "pdf": row.pdf_sha256, "seal": row.seal_sha256}[kind]
    if sha256 is None:
        raise NotFound(lazy("Both sides have to sign first.") if kind == "seal" else lazy("There is no such report."))
    return sha256


def sign_report(
    row: AuditReport, audit: Audit, *, seen: str, role: Role, roles: frozenset[Role], store: Store, by: Actor,
    now: datetime,
) -> SignedBy:  # fmt: skip
    """Sign the frozen HTML for one side; refused when other bytes were seen, and to one person for both sides."""
    if row.html_sha256 is None or seen != row.html_sha256:
        raise RuleBroken(lazy("Another report was made meanwhile; read that one, then sign."))
    return sign_for_a_side(
        audit.rollout_id, subject_of(row), row.html_sha256, role=role, roles=roles, store=store, by=by, now=now
    )  # fmt: skip


def list_signed(row: AuditReport, audit: Audit) -> list[SignedBy]:
    """Who signed exactly these bytes."""
    return list_signatures(audit.rollout_id, subject_of(row), row.html_sha256) if row.html_sha256 else []


def is_signed(row: AuditReport, audit: Audit) -> bool:
    """True when both sides signed."""
    return {Role(one.role) for one in list_signed(row, audit)} >= set(SIDES)


def keep_seal(row: AuditReport, audit: Audit, pdf: bytes, *, store: Store, by: Actor, now: datetime) -> None:
    """Freeze the sheet of signatures, once."""
    if row.seal_sha256 is None:
        row.seal_sha256 = store.put(BytesIO(pdf)).sha256
        sha256 = row.seal_sha256
        log_write("seal_report", subject_of(row), by=by, now=now, rollout_id=audit.rollout_id, sha256=sha256)


def subject_of(row: AuditReport) -> str:
    """What signatures and the log refer to."""
    return f"audit_report:{row.id}"


def _is_at_work(audit: Audit, row: AuditReport) -> bool:
    job = find_job(row.job_id, audit.rollout_id) if row.job_id is not None else None
    return job is not None and not job.is_finished
