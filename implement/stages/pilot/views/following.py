"""The clocks of a chain on the CRM's events: choose which events move them, begin, end."""

from flask import current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from implement.db import db, utc_now
from implement.rollout.registries import registries
from implement.rollout.service.rollouts import local_day
from implement.stages.pilot import events_page
from implement.stages.pilot.service import chains, following, rehearsals
from implement.stages.pilot.views.room import pages
from implement.web.access import Permission, requires
from implement.web.texts import _


@pages.route("/chains/<int:chain_id>/events", methods=["GET", "POST"])
@requires(Permission.RUN_PILOT)
def follow_events(rollout_id: int, chain_id: int) -> ResponseReturnValue:
    """Choose which events of the CRM move the clocks, and let them."""
    chain, now, store = chains.get_chain(rollout_id, chain_id), utc_now(), current_app.extensions["implement_store"]
    log = registries().order_logs[0]
    choices = events_page.list_choices(chain, log.list_kinds(rollout_id, store))
    form = events_page.make_form(chain, choices, first_day=following.usual_first_day(local_day(rollout_id, now)))
    if form.validate_on_submit():
        request, ends, first_day = form.said([kind for kind, _records in choices])
        following.choose_kinds(chain, request, ends, by=current_user, now=now)
        row = following.follow(chain, first_day, log, store, by=current_user, now=now)
        db.session.commit()
        flash(_("The CRM’s events move these clocks from now on."), "success")
        return redirect(url_for(".show_rehearsal", rollout_id=rollout_id, rehearsal_id=row.id))
    shown = {"chain": chain, "form": form, "has_events": bool(choices), "log": log}
    return render_template("pilot/events.html", **shown), 422 if form.is_submitted() else 200


@pages.post("/rehearsals/<int:rehearsal_id>/end")
@requires(Permission.RUN_PILOT)
def end_following(rollout_id: int, rehearsal_id: int) -> ResponseReturnValue:
    """Let events move these clocks no more."""
    following.end_following(rehearsals.get_rehearsal(rollout_id, rehearsal_id), by=current_user, now=utc_now())
    db.session.commit()
    return redirect(url_for(".show_rehearsal", rollout_id=rollout_id, rehearsal_id=rehearsal_id))
