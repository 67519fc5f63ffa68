"""The firm's calendar: whose public holidays hold, when it is closed, when its teams meet."""

from datetime import date

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from implement.db import db, utc_now
from implement.rollout.service import calendar
from implement.rollout.service.staff import list_teams
from implement.stages.adoption import calendar_page
from implement.stages.adoption.forms.calendar import ClosedDayForm, HolidaysForm, MeetingForm
from implement.stages.adoption.forms.imports import offer
from implement.stages.adoption.service import changes as service
from implement.stages.adoption.views.room import pages
from implement.web.access import Permission, requires


@pages.get("/calendar")
@requires(Permission.IMPORT_USAGE)
def show_calendar(rollout_id: int) -> ResponseReturnValue:
    """Days off and meetings as they are known, each to be changed."""
    return _show(rollout_id, *_forms(rollout_id))


@pages.post("/calendar/holidays")
@requires(Permission.IMPORT_USAGE)
def choose_holidays(rollout_id: int) -> ResponseReturnValue:
    """Let the public holidays of a country hold for the rollout or one team."""
    holidays, closed, meeting = _forms(rollout_id)
    if not holidays.validate_on_submit():
        return _show(rollout_id, holidays, closed, meeting), 422
    team_id = holidays.for_team.data or None
    service.choose_calendar(rollout_id, team_id, holidays.calendar.data, by=current_user, now=utc_now())
    return _done(rollout_id)


@pages.post("/calendar/closed-days")
@requires(Permission.IMPORT_USAGE)
def close_day(rollout_id: int) -> ResponseReturnValue:
    """Name a day on which the firm does not work."""
    holidays, closed, meeting = _forms(rollout_id)
    if not closed.validate_on_submit() or closed.day.data is None:
        return _show(rollout_id, holidays, closed, meeting), 422
    service.close_day(rollout_id, closed.day.data, by=current_user, now=utc_now())
    return _done(rollout_id)


@pages.post("/calendar/opened-days")
@requires(Permission.IMPORT_USAGE)
def open_day(rollout_id: int) -> ResponseReturnValue:
    """Take a closed day back."""
    try:
        day = date.fromisoformat(request.form.get("day", ""))
    except ValueError:
        abort(400)
    service.open_day(rollout_id, day, by=current_user, now=utc_now())
    return _done(rollout_id)


@pages.post("/calendar/meetings")
@requires(Permission.IMPORT_USAGE)
def add_meeting(rollout_id: int) -> ResponseReturnValue:
    """Say when a team meets."""
    holidays, closed, meeting = _forms(rollout_id)
    if not meeting.validate_on_submit():
        return _show(rollout_id, holidays, closed, meeting), 422
    times = frozenset({(meeting.weekday.data, meeting.minute_of_day)})
    service.change_meetings(rollout_id, meeting.team_id.data, add=times, by=current_user, now=utc_now())
    return _done(rollout_id)


@pages.post("/calendar/dropped-meetings")
@requires(Permission.IMPORT_USAGE)
def drop_meeting(rollout_id: int) -> ResponseReturnValue:
    """A team no longer meets at this time."""
    team_id, *time = (request.form.get(name, -1, type=int) for name in ("team_id", "weekday", "minute"))
    service.change_meetings(rollout_id, team_id, drop=frozenset({(time[0], time[1])}), by=current_user, now=utc_now())
    return _done(rollout_id)


def _forms(rollout_id: int) -> tuple[HolidaysForm, ClosedDayForm, MeetingForm]:
    teams: list[tuple[str | int, object]] = [(team_id, name) for team_id, name, *_rest in list_teams(rollout_id)]
    meeting = MeetingForm()
    meeting.team_id.choices = offer(teams)
    return HolidaysForm().offer_teams(teams), ClosedDayForm(), meeting


def _show(rollout_id: int, holidays: HolidaysForm, closed: ClosedDayForm, meeting: MeetingForm) -> str:
    teams = {team_id: name for team_id, name, *_rest in list_teams(rollout_id)}
    calendars = calendar.list_calendars(rollout_id)
    lines = calendar_page.list_meeting_lines(calendar.list_meetings(rollout_id), teams)
    return render_template(
        "adoption/calendar.html",
        answer=calendar_page.say_answer(calendars, lines, teams),
        calendars=calendar_page.list_calendar_lines(calendars, teams),
        closed_days=calendar.list_closed_days(rollout_id),
        meetings=lines,
        holidays=holidays,
        closed=closed,
        meeting=meeting,
    )


def _done(rollout_id: int) -> ResponseReturnValue:
    db.session.commit()
    return redirect(url_for("adoption.show_calendar", rollout_id=rollout_id))
