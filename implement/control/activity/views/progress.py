"""Plan against actual, and the conflicts of two sources."""

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from implement.control.activity import progress_page as page
from implement.control.activity.forms import SettleForm
from implement.control.activity.month_page import list_days
from implement.control.activity.morning_page import anchor_of
from implement.control.activity.service import counting, reporting
from implement.control.activity.service.periods import get_period
from implement.control.activity.views.looks import note_looks, note_named
from implement.control.activity.views.room import pages
from implement.control.activity.words import SOURCE_LABELS
from implement.db import db, utc_now
from implement.rollout.service.privacy import PeopleView, pseudonym, view_for
from implement.rollout.service.rollouts import get_rollout, local_day
from implement.rollout.service.usage import find_names
from implement.web.access import Permission, requires, standing
from implement.web.texts import _, language


@pages.get("/progress")
@requires(Permission.SEE_PROGRESS)
def show_progress(rollout_id: int) -> ResponseReturnValue:
    """How far the plan is fulfilled, for whom this reader may see, and where two sources differ."""
    today = local_day(rollout_id, utc_now())
    period = page.choose_period(rollout_id, request.args.get("period", type=int), today)
    if period is None:
        return render_template("activity/no_progress.html")
    shown = page.describe_progress(standing(), period, today, current_app.config["SECRET_KEY"])
    note_named(rollout_id, page.list_people_on(shown), "progress")
    words = {"say_days": page.say_days, "anchor_of": anchor_of, "sources": SOURCE_LABELS}
    return render_template("activity/progress.html", **shown, **words, settle_form=SettleForm)


@pages.post("/count")
@requires(Permission.WRITE_PLANS)
def count_kpis(rollout_id: int) -> ResponseReturnValue:
    """Have the log counted in the background."""
    counting.ask_for_counting(rollout_id, by=current_user, now=utc_now())
    db.session.commit()
    flash(_("The log is being counted; the figures follow in a moment."), "success")
    return redirect(url_for("activity.show_progress", rollout_id=rollout_id))


@pages.post("/periods/<int:period_id>/people/<int:person_id>/settle")
@requires(Permission.SET_TARGETS)
def settle(rollout_id: int, period_id: int, person_id: int) -> ResponseReturnValue:
    """Say which source holds; both stay kept."""
    period, form = get_period(rollout_id, period_id), SettleForm()
    if form.validate_on_submit():
        said = {"sums": form.read_sums(), "by": current_user, "now": utc_now()}
        reporting.settle(
            standing(), period, person_id, form.kpi_key.data or "", form.holds.data, form.reason.data, **said
        )
        db.session.commit()
        flash(_("Settled; both figures stay kept."), "success")
    else:
        flash(_("Please choose a source and give a reason; nothing was changed."), "error")
    return redirect(url_for("activity.show_progress", rollout_id=rollout_id, period=period_id))


@pages.get("/periods/<int:period_id>/people/<int:person_id>/days")
@requires(Permission.SEE_PROGRESS)
def show_days(rollout_id: int, period_id: int, person_id: int) -> ResponseReturnValue:
    """The days behind somebody's figure, as the view of this reader allows; each look is written down."""
    period, kpi_key, today = (
        get_period(rollout_id, period_id),
        request.args.get("kpi", ""),
        local_day(rollout_id, utc_now()),
    )
    view = view_for(standing(), get_rollout(rollout_id).legal_profile, person_id, today)
    row = reporting.find_row(rollout_id, period_id, person_id, kpi_key, language())
    note_looks(rollout_id, [person_id], view, "days")
    hidden = pseudonym(current_app.config["SECRET_KEY"], rollout_id, person_id)
    name = find_names([person_id])[person_id] if view is PeopleView.NAMED else hidden
    days = list_days(rollout_id, person_id, period, kpi_key, page.last_day_known(period, today))
    return render_template("activity/days.html", row=row, name=name, days=days, period=period)
