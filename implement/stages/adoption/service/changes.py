"""What is said about the firm by hand: holidays, closed days, meetings; each change has everybody scored anew."""

from datetime import date, datetime

from implement.rollout.service import calendar
from implement.rollout.service.log import Actor
from implement.stages.adoption.service.scoring import ask_for_evaluation
from implement.stages.adoption.service.uploads import ensure_basis, move_edition


def choose_calendar(rollout_id: int, team_id: int | None, chosen: str, *, by: Actor, now: datetime) -> None:
    """Let the public holidays of a country hold for the rollout or one team."""
    calendar.choose_calendar(rollout_id, team_id, chosen, by=by, now=now)
    _score_anew(rollout_id, by=by, now=now)


def close_day(rollout_id: int, day: date, *, by: Actor, now: datetime) -> None:
    """The firm does not work on this day."""
    if calendar.add_closed_days(rollout_id, [day], by=by, now=now):
        _score_anew(rollout_id, by=by, now=now)


def open_day(rollout_id: int, day: date, *, by: Actor, now: datetime) -> None:
    """The firm does work on this day."""
    if calendar.remove_closed_day(rollout_id, day, by=by, now=now):
        _score_anew(rollout_id, by=by, now=now)


def change_meetings(
    rollout_id: int, team_id: int, *, add: calendar.Times = frozenset(), drop: calendar.Times = frozenset(),
    by: Actor, now: datetime,
) -> None:  # fmt: skip
    """Let a team meet at more or fewer times."""
    times = calendar.list_meetings(rollout_id).get(team_id, frozenset())
    if calendar.set_meetings(rollout_id, team_id, (times | add) - drop, by=by, now=now):
        _score_anew(rollout_id, by=by, now=now)


def _score_anew(rollout_id: int, *, by: Actor, now: datetime) -> None:
    ensure_basis(rollout_id)
    move_edition(rollout_id)
    ask_for_evaluation(rollout_id, by=by, now=now)
