"""One's own month: targets acknowledged, a report that takes a minute, reasons, one's own figures to take along."""

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from implement.control.activity import month_page as page
from implement.control.activity import report_page
from implement.control.activity.forms import MissForm
from implement.control.activity.progress_page import choose_period, last_day_known, say_days
from implement.control.activity.service import delivering, reporting
from implement.control.activity.service.periods import get_period
from implement.control.activity.views.room import pages
from implement.control.activity.words import SOURCE_LABELS
from implement.db import db, utc_now
from implement.rollout.service.rollouts import get_rollout, local_day
from implement.web.access import Permission, requires, standing
from implement.web.texts import _, _n, language

MEDIA = {"json": "application/json", "csv": "text/csv"}


@pages.get("/month")
@requires(Permission.REPORT_ACTIVITY)
def show_month(rollout_id: int) -> ResponseReturnValue:
    """What is asked of me this month, where I stand, and why."""
    now = utc_now()
    today = local_day(rollout_id, now)
    period = choose_period(rollout_id, request.args.get("period", type=int), today)
    shown = page.describe_month(standing(), current_user.id, period, today, now)
    words = {"say_days": say_days, "sources": SOURCE_LABELS, "currency": get_rollout(rollout_id).currency}
    return render_template("activity/month.html", **shown, **words, miss_form=MissForm)


@pages.get("/periods/<int:period_id>/mine")
@requires(Permission.REPORT_ACTIVITY)
def show_own_days(rollout_id: int, period_id: int) -> ResponseReturnValue:
    """The days behind one's own figure."""
    period, who, today = get_period(rollout_id, period_id), standing().person_id or 0, local_day(rollout_id, utc_now())
    kpi_key = request.args.get("kpi", "")
    row = reporting.find_row(rollout_id, period_id, who, kpi_key, language())
    days = page.list_days(rollout_id, who, period, kpi_key, last_day_known(period, today))
    return render_template("activity/days.html", row=row, name=_("Your days"), days=days, period=period)


@pages.post("/sheets/<int:delivery_id>/acknowledge")
@requires(Permission.REPORT_ACTIVITY)
def acknowledge_sheet(rollout_id: int, delivery_id: int) -> ResponseReturnValue:
    """Note that the person has read exactly these targets."""
    said = {"person_id": standing().person_id, "by": current_user, "now": utc_now()}
    delivering.acknowledge_sheet(rollout_id, delivery_id, sha256=request.form.get("sha256", ""), **said)
    db.session.commit()
    flash(_("Noted, with your name, the time and the hash of your targets."), "success")
    return redirect(url_for("activity.show_month", rollout_id=rollout_id))


@pages.get("/report")
@requires(Permission.REPORT_ACTIVITY)
def show_report(rollout_id: int) -> ResponseReturnValue:
    """The boxes of today or yesterday, or of an earlier day of which something is missing."""
    open_days = report_page.find_reportable(standing(), local_day(rollout_id, utc_now()))
    shown = report_page.describe_report(standing(), open_days.read_day(request.args.get("day", "")), open_days)
    return render_template("activity/report.html", **shown, typed={}, faults={})


@pages.post("/report")
@requires(Permission.REPORT_ACTIVITY)
def report_day(rollout_id: int) -> ResponseReturnValue:
    """Keep the numbers of a day, all or none; it takes a minute."""
    now, here = utc_now(), standing()
    today = local_day(rollout_id, now)
    open_days = report_page.find_reportable(here, today)
    day = open_days.read_day(request.form.get("day", ""))
    shown = report_page.describe_report(here, day, open_days)
    numbers, faults = report_page.read_numbers(request.form, shown["keys"])
    if faults:
        return render_template("activity/report.html", **shown, typed=request.form, faults=faults), 422
    said = {"by": current_user, "now": now, "today": today, "frozen_until": open_days.frozen_until}
    kept = reporting.report_day(rollout_id, here.person_id, day, numbers, **said)
    db.session.commit()
    flash(_n("One number was kept.", "%(num)d numbers were kept.", kept), "success")
    return redirect(url_for("activity.show_report", rollout_id=rollout_id, day=day.isoformat()))


@pages.post("/periods/<int:period_id>/misses")
@requires(Permission.REPORT_ACTIVITY)
def say_miss(rollout_id: int, period_id: int) -> ResponseReturnValue:
    """Say why a target was missed."""
    period, form = get_period(rollout_id, period_id), MissForm()
    if form.validate_on_submit():
        said = (standing().person_id, form.kpi_key.data or "", form.code.data, form.words.data or "")
        reporting.say_miss(rollout_id, period, *said, by=current_user, now=utc_now())
        db.session.commit()
        flash(_("Your reason is kept."), "success")
    else:
        flash(_("Please choose a reason; nothing was changed."), "error")
    return redirect(url_for("activity.show_month", rollout_id=rollout_id, period=period_id))


@pages.get("/mine/<any(json,csv):kind>")
@requires(Permission.REPORT_ACTIVITY)
def take_along(rollout_id: int, kind: str) -> ResponseReturnValue:
    """Everything kept about oneself here, as a file."""
    rows = page.gather_own(standing(), local_day(rollout_id, utc_now()))
    named = {"Content-Disposition": f"attachment; filename=my-activity.{kind}"}
    return Response(page.write_own(rows, kind), mimetype=MEDIA[kind], headers=named)
