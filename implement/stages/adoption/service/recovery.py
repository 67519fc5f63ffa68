"""Whether use has recovered: for how many weeks running people worked in the CRM on most of their days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from implement.stages.adoption.service.figures import find_figures
from implement.stages.adoption.shown_groups import NOBODY_THERE, USES, Week

WORKING_WEEK = timedelta(days=4)


@dataclass(frozen=True)
class Held:
    """How many weeks running the level held up to the last full week, and how many people were there in it."""

    weeks: int
    people: int
    first_day: date
    last_day: date


def read_weeks_held(rollout_id: int, wave_id: int | None) -> Held | None:
    """The weeks held by a wave, or by everybody; None before the first full week. Withheld, `people` is 0."""
    found = find_figures(rollout_id, wave_id)
    if found is None:
        return None
    figures, group = found
    return count_weeks_held([week for week in group.weeks if week.monday + WORKING_WEEK <= figures.as_of])


def count_weeks_held(weeks: Sequence[Week]) -> Held | None:
    """Count back from the last full week in which somebody was there; a withheld week ends the count."""
    there = [week for week in weeks if week.why != NOBODY_THERE]
    if not there:
        return None
    last, count = there[-1], 0
    if last.share is None:
        return Held(0, 0, last.monday, last.monday + WORKING_WEEK)
    for week in reversed(there):
        if week.share is None or week.share < USES:
            break
        count += 1
    first = there[len(there) - max(count, 1)]
    return Held(count, last.people, first.monday, last.monday + WORKING_WEEK)
