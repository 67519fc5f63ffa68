"""The hall's own card: when each wave starts and how far it has come."""

from datetime import date, datetime, timedelta

from flask import url_for

from implement.rollout.registries import HallCard, RolePageCard, registries
from implement.rollout.service import tasks
from implement.rollout.service.gates import decided_stages
from implement.rollout.service.people import list_accounts_by_team, list_own_teams
from implement.rollout.service.rollouts import list_waves, local_day
from implement.rollout.service.side_by_side import read_sides
from implement.rollout.side_by_side_page import say_answer
from implement.rollout.stages import Stage
from implement.rollout.tables import Wave
from implement.web.access import Permission, Standing
from implement.web.charts import Bar, Chart, gantt
from implement.web.texts import _, _n, day

OVERDUE = 90
CLOSE_CONTROL = timedelta(days=28)  # the month in which habits form (M60, M112)


def show_sides(standing: Standing, today: date) -> HallCard | None:
    """People, data, or both, in one sentence; nothing before any team has a figure."""
    if not standing.may(Permission.SEE_SIDE_BY_SIDE):
        return None
    sides = read_sides(standing, registries().side_rows, today)
    if not any(team.verdict.known for team in sides.teams):
        return None
    url = url_for("side_by_side.show_sides", rollout_id=standing.rollout_id)
    return HallCard(_("People or data?"), say_answer(sides), url)


def show_overdue_tasks(standing: Standing, user_id: int, now: datetime) -> RolePageCard | None:
    """Tasks of the own teams, and one's own, whose day has passed."""
    here, today = standing.rollout_id, local_day(standing.rollout_id, now)
    accounts, own = list_accounts_by_team(here), list_own_teams(standing.person_id)
    owners = {user_id}.union(*(accounts.get(team_id, frozenset()) for team_id in own))
    late = [row for row in tasks.list_tasks(here) if row.owner_id in owners and row.due < today]
    if not late:
        return None
    things = [
        (f"{row.title} ({row.owner})", url_for("tasks.show_task", rollout_id=here, task_id=row.id)) for row in late
    ]
    text = _n("One task is overdue.", "%(num)d tasks are overdue.", len(late))
    url = url_for("tasks.list_tasks", rollout_id=here)
    return RolePageCard(_("Tasks"), text, url, OVERDUE, things, urgent=True)


def show_wave_plan(standing: Standing, today: date) -> HallCard:
    """The plan of waves as a picture, or the way to plan them."""
    waves = list_waves(standing.rollout_id)
    planned = sorted((wave for wave in waves if wave.go_live is not None), key=lambda wave: wave.go_live or today)
    endpoint = "people.list_teams" if standing.may(Permission.MANAGE_PEOPLE) else "gates.list_gates"
    url = url_for(endpoint, rollout_id=standing.rollout_id)
    picture = _draw(standing.rollout_id, planned, today) if planned else None
    return HallCard(_("Wave plan"), _say(len(waves), planned, today), url, picture)


def _say(count: int, planned: list[Wave], today: date) -> str:
    if not planned:
        return _n("The wave has no first day yet.", "None of %(num)d waves has a first day yet.", count)
    started = sum(1 for wave in planned if wave.go_live and wave.go_live <= today)
    said = _n(
        "%(started)d of one wave has started.", "%(started)d of %(num)d waves have started.", count, started=started
    )
    coming = next((wave for wave in planned if wave.go_live and wave.go_live > today), None)
    if coming is None:
        return said
    return said + " " + _("%(wave)s starts on %(day)s.", wave=coming.name, day=day(coming.go_live))


def _draw(rollout_id: int, planned: list[Wave], today: date) -> Chart:
    """Each bar lasts until the next wave starts, four weeks at least: the time of close control."""
    decided = decided_stages(rollout_id)
    starts = [wave.go_live for wave in planned if wave.go_live]
    bars = []
    for wave, first_day in zip(planned, starts, strict=True):
        later = [start - timedelta(days=1) for start in starts if start > first_day]
        last_day = max(first_day + CLOSE_CONTROL, min(later, default=first_day))
        passed = len(decided.get(wave.id, {}))
        state = _n("one of %(all)d gates passed", "%(num)d of %(all)d gates passed", passed, all=len(Stage))
        tone = "good" if passed == len(Stage) else "accent" if first_day <= today else "neutral"
        url = url_for("gates.list_gates", rollout_id=rollout_id)
        bars.append(Bar(wave.name, first_day, last_day, tone=tone, state=state, url=url))
    title = _("Waves by their first days")
    description = _("Each bar begins on a wave's first day and lasts until the next one starts, four weeks at least.")
    return gantt(title, description, heading=_("Wave"), bars=bars, today=today)
