"""Meetings in everybody's own calendar: a feed behind a link, and invitations by mail."""

from datetime import datetime, timedelta

from implement.control.meetings.service.series import SeriesRow, list_series, planned_instant
from implement.engine.meetings import CalendarEntry, list_due_days, write_calendar
from implement.rollout.service.calendar import read_days_off
from implement.rollout.service.links import find_link, issue_link
from implement.rollout.service.log import Actor
from implement.rollout.service.outbox import post_mail
from implement.rollout.service.people import list_accounts_by_team, list_members
from implement.rollout.service.rollouts import local_day
from implement.web.texts import _, lazy

PURPOSE = "meeting_calendar"
FEED_HOLDS = timedelta(days=365)
AHEAD = timedelta(days=56)
BACK = timedelta(days=14)
TITLES = {"daily": lazy("Daily briefing, %(team)s"), "weekly": lazy("Weekly meeting, %(team)s")}


def issue_feed(rollout_id: int, *, by: Actor, now: datetime) -> str:
    """The token of a feed with the meetings of this person's teams; whoever has the link can read their times."""
    return issue_link(PURPOSE, expires_in=FEED_HOLDS, by=by, now=now, rollout_id=rollout_id, user_id=by.id)


def write_feed(token: str, *, now: datetime) -> str:
    """The calendar behind a link: from two weeks ago to eight weeks ahead."""
    link = find_link(token, PURPOSE, now=now)
    assert link.rollout_id is not None
    here = link.rollout_id
    own = {team for team, users in list_accounts_by_team(here).items() if link.user_id in users}
    series = [one for one in list_series(here, now) if one.team_id in own]
    entries = [entry for one in series for entry in list_entries(here, one, now)]
    return write_calendar(_("Meetings"), entries, stamped_at=now)


def list_entries(rollout_id: int, one: SeriesRow, now: datetime) -> list[CalendarEntry]:
    """The meetings of a series under the rule in force now, days off left out."""
    if one.basis is None:
        return []
    today = local_day(rollout_id, now)
    first, last = max(today - BACK, one.starts_on), today + AHEAD
    last = min(last, one.ends_on) if one.ends_on else last
    off = read_days_off(rollout_id, {first.year, last.year})
    days = list_due_days(one.basis.rule.weekdays, first, last, off.closed | off.of_team(one.team_id))
    begins = [(day, planned_instant(rollout_id, day, one.minute_of_day)) for day in days]
    length, place = timedelta(minutes=one.basis.rule.minutes), one.basis.rule.place
    title = str(TITLES[one.kind]) % {"team": one.team}
    return [CalendarEntry(f"series-{one.id}-{day}@implement", at, at + length, title, place) for day, at in begins]


def invite_team(rollout_id: int, series_id: int, *, sender: str, by: Actor, now: datetime) -> int:
    """Write to everybody of the team with an account, the coming meetings attached; once for each beginning."""
    one = next(row for row in list_series(rollout_id, now) if row.id == series_id)
    entries = [entry for entry in list_entries(rollout_id, one, now) if entry.begins_at >= now]
    emails = {user_id: email for user_id, _name, email, _role, _person in list_members(rollout_id)}
    users = sorted(list_accounts_by_team(rollout_id).get(one.team_id, frozenset()))
    title = str(TITLES[one.kind]) % {"team": one.team}
    sent = 0
    for user_id in users:
        file = write_calendar(title, entries, stamped_at=now, organizer=sender, attendee=emails[user_id])
        body = _(
            "The meetings are attached for your calendar. They follow the regulation “%(title)s”.", title=_text(one)
        )
        key = f"meeting-invitation:{series_id}:{user_id}"
        sent += post_mail(key, to=emails[user_id], subject=title, body=body, calendar=file, now=now)
    return sent


def _text(one: SeriesRow) -> str:
    return one.basis.version.title if one.basis else ""
