"""The pilot against teams that had not started: use, quality, answers, deals, over the same days (M18)."""

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from flask_babel.speaklater import LazyString
from sqlalchemy import select

from implement.db import db
from implement.engine.pilot_effect import Levels, PilotEffect, compare_with_others
from implement.rollout.registries import ComparedFigure, registries
from implement.rollout.service.calendar import read_days_off
from implement.rollout.service.errors import NotFound
from implement.rollout.service.rollouts import list_waves, local_day
from implement.rollout.service.usage import StaffMember, list_absences, list_staff, match_users, read_usage_days
from implement.stages.pilot.service.rehearsals import EVENTS, IMPORTED
from implement.stages.pilot.tables import OrderClock, Rehearsal
from implement.web.texts import lazy

LONGEST, SHORTEST = timedelta(days=56), timedelta(days=10)
LEAST_DAYS, LEAST_STEPS = 5, 5
LevelsByPerson = Mapping[int, tuple[float | None, float | None]]


@dataclass(frozen=True)
class Spans:
    """The days compared: from `first` to the day before `start`, and from `start` to `last`."""

    first: date
    start: date
    last: date


@dataclass(frozen=True)
class Compared:
    """A figure with what the pilot changed of it."""

    name: str
    label: LazyString
    unit: str
    effect: PilotEffect


@dataclass(frozen=True)
class Comparison:
    """A wave against those that started later; `lacks` says why nothing can be compared (start, others, days)."""

    wave: str
    spans: Spans | None
    figures: tuple[Compared, ...] = ()
    lacks: str = ""


def compare_wave(rollout_id: int, wave_id: int, today: date) -> Comparison:
    """Hold a wave against the later ones, from its first day until the next of them starts, eight weeks at most."""
    waves = list_waves(rollout_id)
    wave = next((one for one in waves if one.id == wave_id), None)
    if wave is None:
        raise NotFound(lazy("There is no such wave."))
    if wave.go_live is None or wave.go_live > today:
        return Comparison(wave.name, None, lacks="start")
    later = [one for one in waves if one.go_live is None or one.go_live > wave.go_live]
    starts = [one.go_live for one in later if one.go_live is not None]
    last = min([today, wave.go_live + LONGEST, *(start - timedelta(days=1) for start in starts)])
    if not later or last - wave.go_live < SHORTEST:
        return Comparison(wave.name, None, lacks="days" if later else "others")
    spans = Spans(wave.go_live - (last - wave.go_live) - timedelta(days=1), wave.go_live, last)
    staff = [one for one in list_staff(rollout_id) if not one.is_excluded]
    others = {one.id for one in later}
    figures = tuple(_compare(rollout_id, one, staff, wave_id, others, spans) for one in _list_figures())
    return Comparison(wave.name, spans, figures)


def compare_use(rollout_id: int, first: date, start: date, last: date) -> LevelsByPerson:
    """The share of a person's working days on which they changed something in the CRM."""
    staff = [one for one in list_staff(rollout_id) if not one.is_excluded]
    people, active = match_users(staff), dict[int, set[date]]()
    for row in read_usage_days(rollout_id, first):
        person_id = people.get(row.crm_user.strip().casefold())
        if person_id is not None and row.active_events:
            active.setdefault(person_id, set()).add(row.day)
    is_there = _find_presence(rollout_id, range(first.year, last.year + 1))
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    found = {}
    for one in staff:
        there = [day for day in days if is_there(one, day)]
        sides = [day for day in there if day < start], [day for day in there if day >= start]
        used = active.get(one.person_id, set())
        found[one.person_id] = (_share(sides[0], used), _share(sides[1], used))
    return found


def compare_steps(rollout_id: int, first: date, start: date, last: date) -> LevelsByPerson:
    """The share of a person's steps of real orders that were in time, from files and events that name who did them."""
    people = match_users([one for one in list_staff(rollout_id) if not one.is_excluded])
    here = (Rehearsal.rollout_id == rollout_id, Rehearsal.kind.in_((IMPORTED, EVENTS)), OrderClock.done_by != "")
    asked = select(OrderClock.done_by, OrderClock.begins_at, OrderClock.due_at, OrderClock.done_at)
    rows = db.session.execute(asked.join(Rehearsal, Rehearsal.id == OrderClock.rehearsal_id).where(*here))
    counts: dict[int, Counter[tuple[bool, bool]]] = {}
    for user, begins_at, due_at, done_at in rows:
        person_id, day = people.get(user.strip().casefold()), local_day(rollout_id, begins_at)
        if person_id is not None and done_at is not None and first <= day <= last:
            counts.setdefault(person_id, Counter())[day >= start, done_at <= due_at] += 1
    return {person_id: (_share_in_time(one, False), _share_in_time(one, True)) for person_id, one in counts.items()}


def _list_figures() -> list[ComparedFigure]:
    own = (
        ComparedFigure("pilot.use", lazy("Working days in the CRM"), "share", compare_use),
        ComparedFigure("pilot.steps", lazy("Steps of orders in time"), "share", compare_steps),
    )
    return [*own, *registries().compared_figures]


def _compare(
    rollout_id: int, figure: ComparedFigure, staff: list[StaffMember], wave_id: int, others: set[int], spans: Spans
) -> Compared:
    levels = figure.compute(rollout_id, spans.first, spans.start, spans.last)
    sides: tuple[list[Levels], list[Levels]] = [], []
    for one in staff:
        before, after = levels.get(one.person_id, (None, None))
        if before is None or after is None or (one.wave_id != wave_id and one.wave_id not in others):
            continue
        sides[one.wave_id != wave_id].append(Levels(str(one.team_id), before, after))
    effect = compare_with_others(*sides)
    if figure.unit == "share" and effect.low is not None and effect.high is not None:
        effect = replace(effect, low=max(effect.low, -1.0), high=min(effect.high, 1.0))
    return Compared(figure.name, figure.label, figure.unit, effect)


def _find_presence(rollout_id: int, years: Collection[int]) -> Callable[[StaffMember, date], bool]:
    """Whether somebody was to be at work on a day: their weekdays, no day off, not away, hired and not left."""
    off, away = read_days_off(rollout_id, years), list_absences(rollout_id)
    spans: dict[int, list[tuple[date, date]]] = {}
    for one in away:
        spans.setdefault(one.person_id, []).append((one.first_day, one.last_day))

    def is_there(one: StaffMember, day: date) -> bool:
        is_worked = str(day.isoweekday()) in one.work_days and day not in off.closed | off.of_team(one.team_id)
        is_hired = (one.hired is None or one.hired <= day) and (one.left is None or day <= one.left)
        return is_worked and is_hired and not any(a <= day <= b for a, b in spans.get(one.person_id, ()))

    return is_there


def _share(days: Collection[date], used: Collection[date]) -> float | None:
    return sum(day in used for day in days) / len(days) if len(days) >= LEAST_DAYS else None


def _share_in_time(steps: Mapping[tuple[bool, bool], int], is_after: bool) -> float | None:
    n = steps[is_after, True] + steps[is_after, False]
    return steps[is_after, True] / n if n >= LEAST_STEPS else None
