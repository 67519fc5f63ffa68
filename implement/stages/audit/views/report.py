"""The two pages for the director: on the screen and as a PDF."""

from flask import Blueprint, current_app, render_template, url_for
from flask.typing import ResponseReturnValue

from implement.db import utc_now
from implement.rollout.rail import STAGE_LABELS
from implement.rollout.report_page import print_report, show_report
from implement.rollout.service.reports import gather_frame
from implement.rollout.service.rollouts import get_rollout
from implement.stages.audit.directors_report import TWO_PAGES, leave_room, write_report
from implement.stages.audit.service.audits import get_audit, open_pack
from implement.web.access import Permission, requires
from implement.web.texts import _

pages = Blueprint("audit_report", __name__, url_prefix="/rollouts/<int:rollout_id>/audit")


@pages.get("/report")
@requires(Permission.SEE_AUDIT)
def show_audit_report(rollout_id: int) -> ResponseReturnValue:
    """What a director reads in five minutes."""
    pdf_url = url_for(".print_audit_report", rollout_id=rollout_id)
    frame = gather_frame(rollout_id)
    more = (url_for("audit_full_report.list_reports", rollout_id=rollout_id), _("Full report"))
    return show_report(_("Audit report"), _write_body(rollout_id), frame, pdf_url=pdf_url, room="audit", more=more)


@pages.get("/report.pdf")
@requires(Permission.SEE_AUDIT)
def print_audit_report(rollout_id: int) -> ResponseReturnValue:
    """The same on two pages of paper."""
    body = _write_body(rollout_id)
    return print_report(_("Audit report"), body, gather_frame(rollout_id), file_name=f"audit-{rollout_id}.pdf")


def _write_body(rollout_id: int) -> str:
    audit = get_audit(rollout_id)
    pack = open_pack(audit, current_app.extensions["implement_store"])
    frame = gather_frame(rollout_id)
    room = leave_room(TWO_PAGES, [one.reason for one in frame.exceptions])
    report = write_report(audit, pack, get_rollout(rollout_id).currency, now=utc_now(), room=room)
    return render_template("audit/_report.html", report=report, frame=frame, stage_labels=STAGE_LABELS)
