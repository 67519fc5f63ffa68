"""Everything that is measured about people: for everybody to read, for the council to take along."""

from flask import Blueprint, current_app, render_template, request
from flask.typing import ResponseReturnValue

from implement.db import utc_now
from implement.rollout import measured_hall
from implement.rollout.measured_export import write_archive
from implement.rollout.registries import registries
from implement.rollout.service import measured as service
from implement.rollout.service.log import chain_head
from implement.rollout.service.monitoring import count_looks
from implement.rollout.service.rollouts import local_day
from implement.web.access import Permission, requires
from implement.web.pdf import render_pdf

pages = Blueprint("measured", __name__, url_prefix="/rollouts/<int:rollout_id>/monitoring/measured")


@pages.get("")
@requires(Permission.SEE_MONITORING)
def show_measured(rollout_id: int) -> ResponseReturnValue:
    """What is measured, for what, since when, on what ground, who sees it, who looked."""
    return render_template("monitoring/measured.html", **_gather(rollout_id))


@pages.get("/measured.pdf")
@requires(Permission.SEE_MONITORING)
def print_measured(rollout_id: int) -> ResponseReturnValue:
    """The same on paper."""
    html = render_template("monitoring/measured_paper.html", **_gather(rollout_id))
    response = current_app.response_class(render_pdf(html, request.url_root), mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="measured-{rollout_id}.pdf"'
    return response


@pages.get("/measured.zip")
@requires(Permission.SEE_LOG)
def download_measured(rollout_id: int) -> ResponseReturnValue:
    """All of it as CSV and JSON with the agreement and every look, people under pseudonyms."""
    rows = service.list_measured(rollout_id, registries().measured, registries().kept_classes)
    limits = service.read_limits(rollout_id, local_day(rollout_id, utc_now()))
    looks = service.list_all_looks(rollout_id, secret=current_app.config["SECRET_KEY"])
    content = write_archive(rows, limits, looks, chain_head())
    response = current_app.response_class(content, mimetype="application/zip")
    response.headers["Content-Disposition"] = f'attachment; filename="measured-{rollout_id}.zip"'
    return response


def _gather(rollout_id: int) -> dict[str, object]:
    rows = service.list_measured(rollout_id, registries().measured, registries().kept_classes)
    limits = service.read_limits(rollout_id, local_day(rollout_id, utc_now()))
    return {
        "answer": measured_hall.say_answer(len(rows), limits),
        "rows": rows,
        "limits": limits,
        "ground": measured_hall.GROUNDS[limits.profile],
        "enforced": measured_hall.list_limits(limits),
        "look_counts": count_looks(rollout_id),
        "head": chain_head(),
    }
