"""The report of the whole rollout, from the parts its rooms have filled: as a page and as a PDF."""

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from implement.rollout.report_page import print_report, show_report, write_rollout_body
from implement.rollout.service.reports import gather_frame
from implement.web.access import Permission, requires
from implement.web.texts import _

pages = Blueprint("reports", __name__, url_prefix="/rollouts/<int:rollout_id>")


@pages.get("/report")
@requires(Permission.SEE_REPORT)
def show_rollout_report(rollout_id: int) -> ResponseReturnValue:
    """How the rollout stands, room by room."""
    frame = gather_frame(rollout_id)
    pdf_url = url_for("reports.print_rollout_report", rollout_id=rollout_id)
    return show_report(_("Report"), write_rollout_body(rollout_id, frame), frame, pdf_url=pdf_url)


@pages.get("/report.pdf")
@requires(Permission.SEE_REPORT)
def print_rollout_report(rollout_id: int) -> ResponseReturnValue:
    """The same, to print and to keep."""
    frame = gather_frame(rollout_id)
    body = write_rollout_body(rollout_id, frame)
    return print_report(_("Report"), body, frame, file_name=f"rollout-{rollout_id}.pdf")
