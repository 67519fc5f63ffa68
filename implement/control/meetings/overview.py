"""The room at a glance: what is due today, which series run, how far teams comply, what changed since they meet."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from wtforms import SelectChoice

from implement.control.meetings.forms import SeriesForm
from implement.control.meetings.screen import TITLES
from implement.control.meetings.service.compliance import TeamWeek, list_team_weeks
from implement.control.meetings.service.effect import measure_lead_times
from implement.control.meetings.service.meetings import find_meeting, list_held
from implement.control.meetings.service.series import SeriesRow, list_series, may_see_team
from implement.control.meetings.tables import Meeting
from implement.control.regulations.service.asking import read_meeting_rules
from implement.engine.meetings import LeadTimeEffect
from implement.rollout.service.people import list_own_teams
from implement.rollout.service.rollouts import local_day
from implement.rollout.service.staff import list_teams
from implement.web.access import Standing
from implement.web.texts import _, _n, minutes, number, share

SHOWN_WEEKS = timedelta(days=55)


@dataclass(frozen=True)
class DueToday:
    """A series that meets today, and its meeting where it was begun."""

    series: SeriesRow
    meeting: Meeting | None


def describe(standing: Standing, now: datetime, form: SeriesForm) -> dict[str, object]:
    """The first page: today's meetings of one's teams (of all for whoever steers), and the series."""
    here, today = standing.rollout_id, local_day(standing.rollout_id, now)
    seen = [one for one in list_series(here, now) if may_see_team(standing, one.team_id)]
    due = [DueToday(one, find_meeting(one.id, today)) for one in seen if one.is_due(today)]
    find = read_meeting_rules(here)
    teams = [(team_id, name) for team_id, name, *_rest in list_teams(here) if may_see_team(standing, team_id)]
    form.team_id.choices = [SelectChoice(*team) for team in teams]
    return {
        "due": due,
        "series": [one for one in seen if one.runs_on(today)],
        "held": list_held([one.id for one in seen]),
        "titles": TITLES,
        "say_time": say_time,
        "names": {one.id: one.team for one in seen},
        "kinds": {one.id: one.kind for one in seen},
        "has_rules": any(find(kind, team_id, now) for kind in TITLES for team_id, _name in teams),
        "answer": say_today(due),
    }


def describe_compliance(standing: Standing, now: datetime) -> dict[str, object]:
    """Eight weeks of every team, and the effect on tasks."""
    here = standing.rollout_id
    today = local_day(here, now)
    weeks = list_team_weeks(here, today - SHOWN_WEEKS, today, now=now, own_teams=list_own_teams(standing.person_id))
    return {"weeks": weeks, "answer": say_weeks(weeks), "effect": say_effect(measure_lead_times(here, now=now))}


def read_minute(begins: time | None) -> int:
    """The minute of the day of a time that was typed in."""
    return begins.hour * 60 + begins.minute if begins else 0


def say_time(one: SeriesRow) -> str:
    """When and how long a series meets."""
    begins = f"{one.minute_of_day // 60:02d}:{one.minute_of_day % 60:02d}"
    if one.basis is None:
        return _("%(begins)s; no regulation in force asks for it any more", begins=begins)
    return _("%(begins)s, %(length)s", begins=begins, length=minutes(one.basis.rule.minutes))


def say_today(due: list[DueToday]) -> str:
    """What is to be held today."""
    waiting = [one for one in due if one.meeting is None or one.meeting.closed_at is None]
    if not due:
        return _("No meeting today.")
    if not waiting:
        return _("Every meeting of today was held.")
    return _n("One meeting today.", "%(num)d meetings today.", len(waiting))


def say_invited(sent: int) -> str:
    """How many invitations went out."""
    if not sent:
        return _("Everybody with an account was invited already.")
    return _n("One invitation is on its way.", "%(num)d invitations are on their way.", sent)


def say_weeks(weeks: list[TeamWeek]) -> str:
    """Held of due meetings, in one sentence."""
    due, held = sum(one.counts.due for one in weeks), sum(one.counts.held for one in weeks)
    if not due:
        return _("No meeting was due in these eight weeks.")
    punctual = sum(one.counts.punctual for one in weeks)
    return _(
        "%(held)s of %(due)s meetings were held, %(punctual)s of them punctual.", held=number(held), due=number(due),
        punctual=share(punctual / held if held else None),
    )  # fmt: skip


def say_effect(effect: LeadTimeEffect | None) -> str:
    """How long tasks take before the first meeting and since, with the uncertainty."""
    if effect is None:
        return _("Not enough people have tasks to say what the meetings change.")
    if effect.shift is None or effect.low is None or effect.high is None:
        return _(
            "Not enough tasks to say what the meetings change: %(before)s before the first one, %(after)s since.",
            before=number(effect.tasks_before), after=number(effect.tasks_after),
        )  # fmt: skip
    said = _(
        "Half of all tasks were done within %(before)s days before the first meeting, since then within %(after)s "
        "days: a shift of %(shift)s days, likely %(low)s to %(high)s.",
        before=number(effect.before, 1), after=number(effect.after, 1), shift=number(effect.shift, 1),
        low=number(effect.low, 1), high=number(effect.high, 1),
    )  # fmt: skip
    return said if effect.is_clear else said + " " + _("This may be chance.")
