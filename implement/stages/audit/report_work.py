"""Long work of the room, in the background: the full report is written and printed chapter by chapter."""

from flask import current_app

from implement.db import utc_now
from implement.jobs import JobTicket, Plain, runs
from implement.rollout.service.accounts import get_user
from implement.rollout.service.reports import gather_frame
from implement.rollout.service.rollouts import get_rollout
from implement.stages.audit.report_chapters import gather_material, write_chapters
from implement.stages.audit.report_paper import Around, print_chapters, write_document
from implement.stages.audit.service.audits import open_pack
from implement.stages.audit.service.reports import REPORT_JOB, open_report, record_report
from implement.web.texts import in_language


@runs(REPORT_JOB)
def make_report(ticket: JobTicket, **arguments: Plain) -> dict[str, Plain]:
    """Write an edition of the report; one that is made already is left as it is."""
    report_id, store = int(str(arguments["report_id"])), current_app.extensions["implement_store"]
    row, audit = open_report(report_id)
    if row.made_at is not None:
        return {}
    language, now = row.language, utc_now()
    with current_app.test_request_context(), in_language(language):  # chapters may lead to pages
        frame = gather_frame(audit.rollout_id)
        around = Around(frame, row.asked_by_name, now, language)
        currency = get_rollout(audit.rollout_id).currency
        chapters = write_chapters(gather_material(audit, open_pack(audit, store), currency, frame, now=now))
        html = write_document(chapters, around)
        pdf, pages = print_chapters(chapters, around, ticket.progress)
    row, audit = open_report(report_id)
    by = get_user(ticket.created_by_id)
    record_report(row, audit, html=html, pdf=pdf, pages=pages, store=store, by=by, now=now)
    return {"pages": pages}
