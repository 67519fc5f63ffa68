"""A simulated rollout with its truth: who resists, who is vulnerable, who will be silent."""

from dataclasses import dataclass, field, replace

import numpy as np

from tests.evaluators.usage.events import Batch, joined, where
from tests.evaluators.usage.habits import ORDERS_PER_DAY, Habits, build_habits
from tests.evaluators.usage.noise import lend_to_assistants, noise
from tests.evaluators.usage.presence import ALL_DAYS, Presence, build_presence
from tests.evaluators.usage.staff import (
    BACK_OFFICE,
    LOG_DAYS,
    Mix,
    Random,
    Staff,
    Whole,
    Yes,
    build_staff,
)
from tests.evaluators.usage.work import RECORDS_OF_A_PERSON, Floor, Meetings, work

RETURN_PER_WEEK = 0.05
FAILS_ON = slice(LOG_DAYS - 42, LOG_DAYS - 35)


@dataclass(frozen=True)
class Case:
    """A kind of firm to be judged on."""

    says: str
    mix: Mix = field(default_factory=Mix)
    wide_use: bool = False  # how often people use the system differs widely, and some fall silent
    fails: bool = False  # the system does not answer for a week, six weeks before the end
    moved: float = 0.0  # share of people who changed their team four weeks before the end


CASES = {
    "resistance": Case("18 % resist, full strength"),
    "mild": Case("18 % resist mildly", Mix(strength=0.5)),
    "few": Case("5 % resist", Mix(resisters=0.05)),
    "clean": Case("nobody resists", Mix(resisters=0.0)),
    "outage": Case("18 % resist, the system fails for a week", fails=True),
    "moved": Case("18 % resist, a fifth changed their team", moved=0.2),
    "new_role": Case("18 % resist, a tenth is in a role that is new", Mix(in_new_role=0.1)),
    "clean_outage": Case("nobody resists, the system fails for a week", Mix(resisters=0.0), fails=True),
    "clean_new_role": Case("nobody resists, a tenth is in a new role", Mix(resisters=0.0, in_new_role=0.1)),
    "dormancy": Case("some fall silent, nobody resists", Mix(resisters=0.0, silent_risk_per_week=0.014), wide_use=True),
}


@dataclass(frozen=True)
class Orders:
    """Orders of the firm; `known` where the system knew the deal before."""

    person: Whole
    day: Whole
    known: Yes


@dataclass
class Rollout:
    """All that happened in a firm, and what is true about it."""

    staff: Staff
    presence: Presence
    habits: Habits
    meetings: Meetings
    active: Yes
    lost_records: Whole
    events: Batch
    orders: Orders

    @property
    def vulnerable(self) -> dict[str, Yes]:
        """Groups whose members must not be flagged for who they are."""
        return {
            "part time": self.staff.works_on.sum(axis=1) < 5,
            "absent": self.presence.long_absent,
            "new hires": self.staff.hired > LOG_DAYS - 80,
            "low-use role": self.staff.role == BACK_OFFICE,
        }

    @property
    def next_days(self) -> tuple[Whole, Whole]:
        """Active and present days of each person in the unseen weeks."""
        ahead = slice(LOG_DAYS, ALL_DAYS)
        return self.active[:, ahead].sum(axis=1), self.presence.present[:, ahead].sum(axis=1)


def simulate(case_name: str, size: int, seed: int = 1, event_seed: int | None = None) -> Rollout:
    """A rollout of a case at a size; another event seed lets the same people live the same weeks again."""
    case = CASES[case_name]
    random = np.random.default_rng((seed, size))
    staff = build_staff(size, case.mix, random)
    presence = build_presence(staff, case.mix, random)
    habits = build_habits(staff, random)
    if case.wide_use:
        habits.active[:] = np.clip(random.beta(1.1, 1.3, size), 0.02, 0.98)
    random = np.random.default_rng((seed, size, seed if event_seed is None else event_seed))
    floor = _floor(staff, presence, habits, case.mix, random)
    if case.fails:
        floor.active[:, FAILS_ON] = False
    events = joined([*work(floor, random), *noise(staff, floor.active, random)])
    if case.fails:
        events = where(events, (events["day"] < FAILS_ON.start) | (events["day"] >= FAILS_ON.stop))
    lend_to_assistants(events, staff, floor.active, random)
    orders = _orders(floor, random)
    if case.moved:
        staff = _move(staff, case.moved, np.random.default_rng((seed, size, 7)))
    return Rollout(staff, presence, habits, floor.meetings, floor.active, floor.lost_records, events, orders)


def _move(staff: Staff, share: float, random: Random) -> Staff:
    """The same people, some of them listed in another team and under its head than they worked in until lately."""
    heads = np.flatnonzero(staff.manager < 0)
    moves = (random.random(staff.size) < share) & (staff.manager >= 0)
    team = np.where(moves, random.integers(0, len(heads), staff.size), staff.team)
    return replace(staff, team=team, manager=np.where(moves, heads[team], staff.manager))


def _floor(staff: Staff, presence: Presence, habits: Habits, mix: Mix, random: Random) -> Floor:
    weeks = ALL_DAYS // 7 + 1
    silent = np.zeros((staff.size, weeks), dtype=bool)
    for week in range(1, weeks):
        turns = np.where(silent[:, week - 1], RETURN_PER_WEEK, mix.silent_risk_per_week)
        silent[:, week] = silent[:, week - 1] ^ (random.random(staff.size) < turns)
    silent &= (staff.resists == 0)[:, None] & (mix.resisters == 0)
    quiet = np.repeat(silent, 7, axis=1)[:, :ALL_DAYS]
    active = presence.present & (random.random(presence.present.shape) < habits.active[:, None]) & ~quiet
    teams = int(staff.team.max()) + 1
    meetings = Meetings(random.integers(0, 5, teams), random.integers(9, 16, teams))
    lost = np.arange(staff.size) * 100_000 + random.integers(RECORDS_OF_A_PERSON, RECORDS_OF_A_PERSON + 50, staff.size)
    return Floor(staff, habits, presence, active, meetings, lost)


def _orders(floor: Floor, random: Random) -> Orders:
    per_day = ORDERS_PER_DAY[floor.staff.role][:, None] * floor.presence.exposure[:, :LOG_DAYS]
    counts = random.poisson(per_day)
    places = np.repeat(np.arange(counts.size), counts.ravel())
    person, day = places // LOG_DAYS, places % LOG_DAYS
    known = random.random(len(person)) < floor.habits.known_orders[person]
    return Orders(person, day, known)
