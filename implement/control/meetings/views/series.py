"""Series of meetings: what is due today, series begun from a regulation, one's own calendar."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from implement.control.meetings import overview
from implement.control.meetings.forms import SeriesForm
from implement.control.meetings.service import feed, meetings
from implement.control.meetings.service import series as service
from implement.control.meetings.views.room import pages
from implement.db import db, utc_now
from implement.web.access import Permission, requires, standing
from implement.web.texts import _


@pages.get("")
@requires(Permission.SEE_MEETINGS)
def list_meetings(rollout_id: int) -> ResponseReturnValue:
    """Today's meetings of one's teams, and every series."""
    form = SeriesForm()
    return render_template("meetings/meetings.html", **overview.describe(standing(), utc_now(), form), form=form)


@pages.post("/series")
@requires(Permission.LEAD_MEETINGS)
def start_series(rollout_id: int) -> ResponseReturnValue:
    """Begin a series for a team, as the regulation in force says."""
    form = SeriesForm()
    shown = overview.describe(standing(), utc_now(), form)
    if not form.validate_on_submit():
        return render_template("meetings/meetings.html", **shown, form=form), 422
    minute = overview.read_minute(form.begins.data)
    team_id, kind = form.team_id.data, form.kind.data
    service.start_series(standing(), team_id, kind, minute_of_day=minute, by=current_user, now=utc_now())
    db.session.commit()
    return redirect(url_for("meetings.list_meetings", rollout_id=rollout_id))


@pages.post("/series/<int:series_id>/end")
@requires(Permission.LEAD_MEETINGS)
def end_series(rollout_id: int, series_id: int) -> ResponseReturnValue:
    """Let a series end; what was held stays."""
    service.end_series(standing(), series_id, by=current_user, now=utc_now())
    db.session.commit()
    return redirect(url_for("meetings.list_meetings", rollout_id=rollout_id))


@pages.post("/series/<int:series_id>/invite")
@requires(Permission.LEAD_MEETINGS)
def invite_team(rollout_id: int, series_id: int) -> ResponseReturnValue:
    """Write to the team, the coming meetings attached for their calendars."""
    service.get_series(standing(), series_id)
    sent = feed.invite_team(rollout_id, series_id, sender=current_user.email, by=current_user, now=utc_now())
    db.session.commit()
    flash(overview.say_invited(sent), "success")
    return redirect(url_for("meetings.list_meetings", rollout_id=rollout_id))


@pages.post("/series/<int:series_id>/start")
@requires(Permission.LEAD_MEETINGS)
def start_meeting(rollout_id: int, series_id: int) -> ResponseReturnValue:
    """Begin today's meeting, or join the one that runs."""
    meeting = meetings.start_meeting(standing(), series_id, by=current_user, now=utc_now())
    db.session.commit()
    return redirect(url_for("meetings.show_meeting", rollout_id=rollout_id, meeting_id=meeting.id))


@pages.post("/calendar")
@requires(Permission.JOIN_MEETINGS)
def issue_feed(rollout_id: int) -> ResponseReturnValue:
    """Make the link with which a calendar subscribes to one's own meetings; it is shown once."""
    token = feed.issue_feed(rollout_id, by=current_user, now=utc_now())
    db.session.commit()
    address = url_for("meeting_calendar.show_calendar", token=token, _external=True)
    flash(
        _("Subscribe to this address in your calendar, it is shown only now: %(address)s", address=address), "success"
    )
    return redirect(url_for("meetings.list_meetings", rollout_id=rollout_id))
