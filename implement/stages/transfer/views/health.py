"""The health of the tables of a side before the transfer: looked through, finding by finding, row by row."""

from flask import Response, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from implement.db import db, utc_now
from implement.stages.transfer.health_page import HealthPage, make_line
from implement.stages.transfer.health_words import say_health_step
from implement.stages.transfer.service import health as service
from implement.stages.transfer.service.health_rows import page_rows, write_rows
from implement.stages.transfer.service.results import find_job_of
from implement.stages.transfer.views.room import pages
from implement.stages.transfer.words import SIDE_LABELS
from implement.web.access import Permission, requires


@pages.get("/health/<any(source,target):side>")
@requires(Permission.SEE_TRANSFER)
def show_health(rollout_id: int, side: str) -> ResponseReturnValue:
    """What is wrong with the tables of a side in themselves."""
    page, job = HealthPage.open(rollout_id, side), find_job_of(rollout_id, service.HEALTH_JOB)
    shown = {"one": page, "side": side, "sides": SIDE_LABELS, "job": job, "say_step": say_health_step}
    return render_template("transfer/health.html", **shown)


@pages.post("/health/<any(source,target):side>")
@requires(Permission.RUN_TRANSFER)
def check_health(rollout_id: int, side: str) -> ResponseReturnValue:
    """Have the tables of a side looked through in the background."""
    check = service.begin_check(rollout_id, side, by=current_user, now=utc_now())
    service.enqueue_check(check, by=current_user, now=utc_now())
    db.session.commit()
    return redirect(url_for("transfer.show_health", rollout_id=rollout_id, side=side))


@pages.get("/health/<int:number>/findings/<int:place>")
@requires(Permission.SEE_TRANSFER)
def list_ailing_rows(rollout_id: int, number: int, place: int) -> ResponseReturnValue:
    """The rows behind one finding, with their records."""
    check = service.get_check(rollout_id, number)
    found = service.get_ailment(check, place)
    page = page_rows(check, found, request.args, store=current_app.extensions["implement_store"])
    return render_template("transfer/health_rows.html", check=check, line=make_line(found), page=page)


@pages.get("/health/<int:number>/findings/<int:place>/rows.csv")
@requires(Permission.SEE_TRANSFER)
def download_ailing_rows(rollout_id: int, number: int, place: int) -> ResponseReturnValue:
    """The rows behind one finding as a file, to be corrected in the old system."""
    check = service.get_check(rollout_id, number)
    found = service.get_ailment(check, place)
    rows = "".join(write_rows(check, found, store=current_app.extensions["implement_store"]))
    answer = Response("\ufeff" + rows, mimetype="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="health-{number}-{place}.csv"'
    return answer
