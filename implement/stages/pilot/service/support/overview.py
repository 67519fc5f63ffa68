"""Where people ask most, and what that says about lessons (M22)."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import func, select

from implement.db import db
from implement.engine.hot_spots import HotSpots, map_hot_spots
from implement.engine.training import find_wanted_functions
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
