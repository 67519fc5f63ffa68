"""Where people ask most, and what that says about lessons (M22)."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import func, select

from implement.db import db
from implement.engine.answer_speed import AnswerSpeed, measure_answers
from implement.engine.business_time import BusinessHours
from implement.engine.hot_spots import HotSpots, map_hot_spots
from implement.engine.training import find_wanted_functions
from implement.rollout.service.calendar import read_days_off
from implement.rollout.service.rollouts import get_rollout
from implement.stages.pilot.service.functions import OTHER
from implement.stages.pilot.service.support.book import size_teams
from implement.stages.pilot.tables.support import SupportQuestion


@dataclass(frozen=True)
class Spots:
    """The map with the names of its teams; `elsewhere` are questions of nobody's team."""

    spots: HotSpots
    names: dict[str, str]
    elsewhere: int


def read_hot_spots(rollout_id: int, order: Collection[str]) -> Spots:
    """Questions by function and team, functions in this order; small teams are withheld."""
    rows = db.session.execute(
        select(SupportQuestion.function, SupportQuestion.team_id).where(SupportQuestion.rollout_id == rollout_id)
    ).all()
    sizes, names = size_teams(rollout_id)
    asked = [(function, str(team_id)) for function, team_id in rows if team_id in sizes]
    spots = map_hot_spots(asked, {str(team_id): size for team_id, size in sizes.items()}, list(order))
    return Spots(spots, {str(team_id): name for team_id, name in names.items()}, len(rows) - len(asked))


def read_speed(rollout_id: int) -> AnswerSpeed | None:
    """How fast questions are answered while the firm is open, by the calendar of each question's team."""
    one = SupportQuestion
    rows = db.session.execute(
        select(one.asked_at, one.answered_at, one.team_id).where(
            one.rollout_id == rollout_id, one.answered_at.is_not(None)
        )
    ).all()
    zone = get_rollout(rollout_id).timezone
    off = read_days_off(rollout_id, {asked.year + more for asked, _answered, _team in rows for more in (0, 1)})
    teams = {team_id for _asked, _answered, team_id in rows}
    hours = {team: BusinessHours(zone, days_off=off.closed | off.of_team(team)) for team in teams}
    return measure_answers((asked, answered, hours[team]) for asked, answered, team in rows if answered is not None)


def count_questions(rollout_id: int) -> Counter[str]:
    """How many questions there were, by function."""
    counted = func.count().label("questions")
    asked = select(SupportQuestion.function, counted).where(SupportQuestion.rollout_id == rollout_id)
    return Counter(
        {row.function: row.questions for row in db.session.execute(asked.group_by(SupportQuestion.function))}
    )


def find_wanted(rollout_id: int, taught: Collection[str]) -> list[tuple[str, int, bool]]:
    """Functions about which people often ask: key, questions, whether a lesson teaches it."""
    counts = count_questions(rollout_id)
    counts.pop(OTHER, None)
    return find_wanted_functions(counts, taught)
