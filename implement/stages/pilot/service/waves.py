"""Waves as the room sees them: people, days, help in the first weeks, what was promised, who may start (M22–M24)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from implement.db import db
from implement.engine.support_load import Arrival, SupportTerms, WeekLoad, find_fitting_day, weigh_weeks
from implement.rollout.service.errors import EditedMeanwhile, RuleBroken
from implement.rollout.service.gates import decided_stages
from implement.rollout.service.log import Actor, log_write
from implement.rollout.service.rollouts import list_waves
from implement.rollout.service.staff import count_by_wave
from implement.rollout.stages import Stage
from implement.stages.pilot.tables import SupportPlan, WavePromise
from implement.web.texts import lazy

USUAL_SUPPORT = SupportTerms(supporters=0, minutes_each=600, minutes_by_week=(120, 60, 30, 30))
"""Two hours for a newcomer in the first week, half of it in the second, half an hour in the two after it."""


@dataclass(frozen=True)
class WaveRow:
    """A wave: how many teams and people, its first day now and as promised, whether it has passed the pilot's gate."""

    id: int
    position: int
    name: str
    go_live: date | None
    promised: date | None
    teams: int
    people: int
    has_passed: bool

    def has_started(self, today: date) -> bool:
        """True from its first day on."""
        return self.go_live is not None and self.go_live <= today

    @property
    def days_late(self) -> int | None:
        """Days between the promised first day and the one that holds now; None without one of them."""
        return None if self.go_live is None or self.promised is None else (self.go_live - self.promised).days


def list_rows(rollout_id: int) -> list[WaveRow]:
    """Every wave in its order."""
    counts, decided = count_by_wave(rollout_id), decided_stages(rollout_id)
    waves = list_waves(rollout_id)
    mine = WavePromise.wave_id.in_([wave.id for wave in waves])
    asked = select(WavePromise.wave_id, WavePromise.first_day).where(mine)
    promised = {row.wave_id: row.first_day for row in db.session.execute(asked)}
    return [
        WaveRow(
            wave.id, wave.position, wave.name, wave.go_live, promised.get(wave.id), *counts.get(wave.id, (0, 0)),
            has_passed=Stage.PILOT in decided.get(wave.id, {}),
        )
        for wave in waves
    ]  # fmt: skip


def find_next(rows: Sequence[WaveRow], today: date) -> WaveRow | None:
    """The first wave whose people have not started yet."""
    return next((row for row in rows if not row.has_started(today)), None)


def find_support(rollout_id: int) -> SupportPlan | None:
    """The plan of help; None before it is made."""
    return db.session.get(SupportPlan, rollout_id)


def read_terms(plan: SupportPlan | None) -> SupportTerms:
    """The plan as the engine weighs it; what is usual, and nobody who helps, before it is made."""
    if plan is None:
        return USUAL_SUPPORT
    return SupportTerms(plan.supporters, plan.minutes_each, tuple(int(str(one)) for one in plan.minutes_by_week))


def plan_support(rollout_id: int, terms: SupportTerms, *, version: int | None, by: Actor, now: datetime) -> SupportPlan:
    """Say who helps, and how much help a newcomer needs; what somebody else said meanwhile is not overwritten."""
    if not any(terms.minutes_by_week):
        raise RuleBroken(lazy("Say at least for the first week how much help a newcomer needs."))
    row = db.session.get(SupportPlan, rollout_id, with_for_update=True)
    if row is not None and row.version != version:
        mine, theirs = (str(number) for number in (terms.supporters, row.supporters))
        raise EditedMeanwhile(lazy("Somebody else changed the plan of help meanwhile."), theirs=theirs, mine=mine)
    row = row or SupportPlan(rollout_id=rollout_id)
    row.supporters, row.minutes_each = terms.supporters, terms.minutes_each
    row.minutes_by_week, row.by_name, row.at = list(terms.minutes_by_week), by.name, now
    db.session.add(row)
    db.session.flush()
    log_write("plan_support", f"rollout:{rollout_id}", by=by, now=now, rollout_id=rollout_id, people=terms.supporters)
    return row


def promise_waves(rollout_id: int, *, by: Actor, now: datetime) -> int:
    """Hold the first days as they stand now as what was promised; a promise that was given stays. Returns how many."""
    fresh = [row for row in list_rows(rollout_id) if row.go_live is not None and row.promised is None]
    for row in fresh:
        db.session.add(WavePromise(wave_id=row.id, first_day=row.go_live, by_name=by.name, at=now))
    if fresh:
        db.session.flush()
        log_write("promise_waves", f"rollout:{rollout_id}", by=by, now=now, rollout_id=rollout_id, waves=len(fresh))
    return len(fresh)


def weigh_support(rows: Sequence[WaveRow], terms: SupportTerms) -> list[WeekLoad]:
    """The load of every week in which newcomers of any wave need help."""
    return weigh_weeks(_list_arrivals(rows), terms)


def list_short_weeks(rollout_id: int, wave: WaveRow, terms: SupportTerms) -> list[WeekLoad]:
    """The weeks of a wave in which its newcomers and those of others need more help than there is."""
    weeks = weigh_support(list_rows(rollout_id), terms)
    return [week for week in weeks if week.missing and any(name == wave.name for name, _minutes in week.by_wave)]


def find_better_day(rows: Sequence[WaveRow], wave: WaveRow, terms: SupportTerms) -> date | None:
    """The first day on which the wave finds enough help beside the others; None where it never does."""
    if wave.go_live is None:
        return None
    others = _list_arrivals([row for row in rows if row.id != wave.id])
    return find_fitting_day(Arrival(wave.name, wave.go_live, wave.people), others, terms)


def _list_arrivals(rows: Sequence[WaveRow]) -> list[Arrival]:
    return [Arrival(row.name, row.go_live, row.people) for row in rows if row.go_live is not None]
