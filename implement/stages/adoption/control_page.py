"""The first month's control in sentences: who checks what until when, what is overdue, the load on the head."""

from collections.abc import Sequence
from datetime import date

from implement.rollout.service.rollouts import list_waves
from implement.rollout.service.staff import list_teams
from implement.stages.adoption.service.control import ControlRow, template
from implement.stages.adoption.tables import TeamCheck, TeamControl
from implement.web.texts import _, _n, day, language, number


def say_list(rows: list[ControlRow]) -> str:
    """How many teams are under close control, and how much is overdue."""
    running = [row for row in rows if not row.has_ended]
    if not running:
        return _("No team is under close control now.")
    said = _n("One team is under close control", "%(num)d teams are under close control", len(running))
    overdue = sum(row.overdue for row in running)
    late = _n("one check is overdue", "%(num)d checks are overdue", overdue)
    return f"{said}; {late}." if overdue else f"{said}."


def say_control(control: TeamControl, team: str, today: date) -> str:
    """Until when it runs, or that it is over."""
    said = {"team": team, "day": day(control.ends_on)}
    if control.has_ended(today):
        return _("%(team)s: the month of close control ended by itself on %(day)s.", **said)
    return _("%(team)s: close control until %(day)s, then it ends by itself.", **said)


def say_due(control: TeamControl, team: str, checks: Sequence[TeamCheck], today: date) -> str:
    """How many checks wait to be made today; of a month that is over, that it is."""
    if control.has_ended(today):
        return say_control(control, team, today)
    waiting = sum(_is_waiting(check, today) for check in checks)
    if not waiting:
        return _("%(team)s: nothing waits to be checked today.", team=team)
    return _n(
        "%(team)s: one check waits to be made.", "%(team)s: %(num)d checks wait to be made.", waiting, team=team
    )


def order_checks(checks: Sequence[TeamCheck], today: date) -> list[TeamCheck]:
    """Those that wait first, then those to come, then those that are done."""
    return sorted(checks, key=lambda check: (check.ticked_at is not None, not _is_waiting(check, today)))


def _is_waiting(check: TeamCheck, today: date) -> bool:
    return check.ticked_at is None and check.due <= today


def say_load(minutes: int) -> str:
    """What it lays on the head in the month."""
    hours, rest = divmod(minutes, 60)
    return _("Load on the head in this month: %(hours)s h %(minutes)s min.", hours=number(hours), minutes=number(rest))


def say_check(item: str) -> str:
    """A check in the reader's words."""
    found = next((check for check in template().checks if check.id == item), None)
    return found.text.in_language(language()) if found else item


def say_state(check: TeamCheck, control: TeamControl, today: date) -> tuple[str, str]:
    """Tone and word of a check."""
    if check.ticked_at is not None:
        return "good", _("done")
    if control.has_ended(today):
        return "neutral", _("not checked")
    if check.due < today:
        return "bad", _("overdue")
    return ("watch", _("due today")) if check.due == today else ("neutral", _("to come"))


def list_choices(rollout_id: int) -> list[tuple[str, str]]:
    """Each wave with teams, and each team."""
    teams = list_teams(rollout_id)
    waves = [
        (f"wave:{wave.id}", _("all teams of %(wave)s", wave=wave.name))
        for wave in list_waves(rollout_id)
        if any(team[3] == wave.name for team in teams)
    ]
    return [*waves, *((f"team:{team_id}", name) for team_id, name, *_rest in teams)]


def read_choice(rollout_id: int, whom: str) -> list[int]:
    """The teams that were chosen."""
    kind, _colon, chosen = whom.partition(":")
    if kind == "team":
        return [int(chosen)]
    wave = next(one.name for one in list_waves(rollout_id) if one.id == int(chosen))
    return [team_id for team_id, _name, _head, its_wave, _count in list_teams(rollout_id) if its_wave == wave]
