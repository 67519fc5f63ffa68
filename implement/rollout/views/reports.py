"""The report of the whole rollout, from the parts its rooms have filled: as a page and as a PDF."""

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from implement.db import utc_now
from implement.rollout.rail import STAGE_LABELS
from implement.rollout.report_page import print_report, show_report
from implement.rollout.service.reports import ReportFrame, gather_chapters, gather_frame
from implement.web.access import Permission, requires
from implement.web.texts import _

pages = Blueprint("reports", __name__, url_prefix="/rollouts/<int:rollout_id>")


@pages.get("/report")
@requires(Permission.SEE_REPORT)
def show_rollout_report(rollout_id: int) -> ResponseReturnValue:
    """How the rollout stands, room by room."""
    frame = gather_frame(rollout_id)
    pdf_url = url_for("reports.print_rollout_report", rollout_id=rollout_id)
    return show_report(_("Report"), _write_body(rollout_id, frame), frame, pdf_url=pdf_url)


@pages.get("/report.pdf")
@requires(Permission.SEE_REPORT)
def print_rollout_report(rollout_id: int) -> ResponseReturnValue:
    """The same, to print and to keep."""
    frame = gather_frame(rollout_id)
    return print_report(_("Report"), _write_body(rollout_id, frame), frame, file_name=f"rollout-{rollout_id}.pdf")


def _write_body(rollout_id: int, frame: ReportFrame) -> str:
    """The content: every chapter as its room writes it, every exception."""
    chapters = [
        (chapter, Markup(render_template(chapter.template, **chapter.values)))
        for chapter in gather_chapters(rollout_id, None, utc_now().date())
    ]
    return render_template("report/_rollout.html", frame=frame, chapters=chapters, stage_labels=STAGE_LABELS)
