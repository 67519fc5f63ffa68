"""Changes of the system: what is new for the reader, the log, the wishes and what was decided."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from implement.db import db, utc_now
from implement.rollout.service.rollouts import local_day
from implement.stages.pilot import changes_page
from implement.stages.pilot.forms.changes import DecisionForm, DoneForm, WishForm
from implement.stages.pilot.service import changes
from implement.stages.pilot.service.support.book import size_teams
from implement.stages.pilot.service.training.lessons import list_roles
from implement.web.access import Permission, requires, standing

pages = Blueprint("pilot_changes", __name__, url_prefix="/rollouts/<int:rollout_id>/pilot/changes")


@pages.get("")
@requires(Permission.ASK_QUESTIONS)
def show_changes(rollout_id: int) -> ResponseReturnValue:
    """What has changed for the reader, every change, and every wish."""
    return render_template(
        "pilot/changes/changes.html",
        news=changes.list_news(rollout_id, current_user.id, standing().person_id, local_day(rollout_id, utc_now())),
        done=changes.list_done(rollout_id),
        backlog=changes.list_backlog(rollout_id),
        owners=changes.find_owners(rollout_id),
        requirements=_list_requirements(rollout_id),
        teams=size_teams(rollout_id)[1],
        page=changes_page,
    )


@pages.post("/read")
@requires(Permission.ASK_QUESTIONS)
def mark_read(rollout_id: int) -> ResponseReturnValue:
    """I have seen what has changed for me: exactly what stood on the page."""
    shown = [int(one) for one in request.form.get("shown", "").split(",") if one.isascii() and one.isdigit()]
    said = {"today": local_day(rollout_id, utc_now()), "by": current_user, "now": utc_now()}
    changes.mark_read(rollout_id, shown, current_user.id, standing().person_id, **said)
    db.session.commit()
    return redirect(url_for(".show_changes", rollout_id=rollout_id))


@pages.route("/wish", methods=["GET", "POST"])
@requires(Permission.ASK_QUESTIONS)
def ask_change(rollout_id: int) -> ResponseReturnValue:
    """Wish for a change."""
    form = WishForm().offer(list(_list_requirements(rollout_id).items()))
    if not form.validate_on_submit():
        return render_template("pilot/changes/wish.html", form=form), 422 if form.is_submitted() else 200
    changes.ask_change(rollout_id, form.said(), by=current_user, now=utc_now())
    db.session.commit()
    return redirect(url_for(".show_changes", rollout_id=rollout_id))


@pages.route("/<int:change_id>/decide", methods=["GET", "POST"])
@requires(Permission.KEEP_CHANGES)
def decide(rollout_id: int, change_id: int) -> ResponseReturnValue:
    """Accept or refuse a wish."""
    row = changes.get_change(rollout_id, change_id)
    form = DecisionForm(version=row.version)
    if not form.validate_on_submit():
        shown = {"form": form, "row": row, "step": "decide", "requirements": _list_requirements(rollout_id)}
        return render_template("pilot/changes/change.html", **shown), 422 if form.is_submitted() else 200
    changes.decide_change(row, form.said(), version=form.version.data, by=current_user, now=utc_now())
    db.session.commit()
    return redirect(url_for(".show_changes", rollout_id=rollout_id))


@pages.route("/<int:change_id>/done", methods=["GET", "POST"])
@requires(Permission.KEEP_CHANGES)
def finish(rollout_id: int, change_id: int) -> ResponseReturnValue:
    """Note that a change is there, and tell whom it concerns."""
    row, now = changes.get_change(rollout_id, change_id), utc_now()
    today = local_day(rollout_id, now)
    form = DoneForm(version=row.version, done_on=today)
    form.offer(list_roles(rollout_id), size_teams(rollout_id)[1])
    if not form.validate_on_submit():
        shown = {"form": form, "row": row, "step": "done", "requirements": _list_requirements(rollout_id)}
        return render_template("pilot/changes/change.html", **shown), 422 if form.is_submitted() else 200
    changes.finish_change(row, form.said(), version=form.version.data, today=today, by=current_user, now=now)
    db.session.commit()
    return redirect(url_for(".show_changes", rollout_id=rollout_id))


def _list_requirements(rollout_id: int) -> dict[int, str]:
    """The requirements, for whoever may read them."""
    return dict(changes.list_requirements(rollout_id)) if standing().may(Permission.SEE_SPECIFICATION) else {}
