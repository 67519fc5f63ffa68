"""Show a report on a page or print it: the same content, its fingerprint, and where the log's chain stood."""

from flask import current_app, render_template, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from implement.db import utc_now
from implement.rollout.rail import STAGE_LABELS
from implement.rollout.service.reports import ReportFrame, fingerprint, gather_chapters
from implement.rollout.service.rollouts import local_day
from implement.web.pdf import render_pdf


def write_rollout_body(rollout_id: int, frame: ReportFrame) -> str:
    """The content: every chapter as its room writes it, every exception."""
    chapters = [
        (chapter, Markup(render_template(chapter.template, **chapter.values)))
        for chapter in gather_chapters(rollout_id, None, local_day(rollout_id, utc_now()))
    ]
    return render_template("report/_rollout.html", frame=frame, chapters=chapters, stage_labels=STAGE_LABELS)


def show_report(
    title: str, body: str, frame: ReportFrame, *, pdf_url: str, room: str = "", more: tuple[str, str] | None = None
) -> str:
    """The report as a page, with the way to its PDF; that of one room stands among the room's tabs.

    `more` is the address of a longer one and what it is called.
    """
    tabs = f"{room}/_tabs.html" if room else ""
    around = {"title": title, "pdf_url": pdf_url, "tabs": tabs, "room": room or None, "more": more}
    return render_template("report/page.html", **around, **_framed(body, frame))


def print_report(title: str, body: str, frame: ReportFrame, *, file_name: str) -> ResponseReturnValue:
    """The report as a PDF to keep."""
    html = render_template("report/paper.html", title=title, **_framed(body, frame))
    response = current_app.response_class(render_pdf(html, request.url_root), mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{file_name}"'
    return response


def _framed(body: str, frame: ReportFrame) -> dict[str, object]:
    """The content with its fingerprint; templates have escaped it already."""
    return {"body": Markup(body), "sha256": fingerprint(body), "frame": frame, "stage_labels": STAGE_LABELS}
