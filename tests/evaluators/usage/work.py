"""A firm's work in the system: records, views, deals through their stages, tasks, searches, trouble."""

from dataclasses import dataclass

import numpy as np

from tests.evaluators.usage.events import (
    ACTIVITY,
    ASSIGN,
    COMPLETE,
    CONTACT,
    CREATE,
    DEAL,
    ERROR,
    HELP,
    LOGIN,
    REASSIGN,
    REPORT,
    SEARCH,
    SESSION,
    STAGE,
    TASK,
    TOTALS,
    UNDO,
    UPDATE,
    VIEW,
    Batch,
    batch,
    draw_events,
    next_true,
    office_seconds,
    where,
)
from tests.evaluators.usage.habits import Habits
from tests.evaluators.usage.presence import Presence, is_month_end, weekday_of
from tests.evaluators.usage.staff import DATA_ALLERGY, HEAD, LOG_DAYS, Random, Real, Staff, Whole, Yes

TASKS_PER_DAY = 0.3
SEARCHES_PER_DAY = 0.45
RECORDS_OF_A_PERSON = 400
PACE_AFTER_LOSS = 0.25
MEETING_EVE_SECONDS = 3 * 3600


@dataclass(frozen=True)
class Meetings:
    """Each team's weekday (0 = Monday) and hour."""

    weekday: Whole
    hour: Whole


@dataclass(frozen=True)
class Floor:
    """All that the events of a firm are drawn from."""

    staff: Staff
    habits: Habits
    presence: Presence
    active: Yes  # person × day, the days with any event
    meetings: Meetings
    lost_records: Whole  # per person, one record that the migration lost

    def rates(self, per_day: Real) -> Real:
        """Person × logged day, so that a person's total follows exposure while work falls on active days only."""
        share = np.clip(self.habits.active, 0.05, 1.0)[:, None]
        pace = per_day[:, None] * self.presence.exposure / share * self.active
        fallen = np.arange(pace.shape[1]) > self.habits.falls_at[:, None]
        return np.asarray((pace * np.where(fallen, PACE_AFTER_LOSS, 1.0))[:, :LOG_DAYS])


def work(floor: Floor, random: Random) -> list[Batch]:
    """Everything people did by hand."""
    steps = (logins, records, views, stages, tasks, searches, trouble, reports, no_change_edits)
    return [events for step in steps for events in step(floor, random)]


def logins(floor: Floor, random: Random) -> list[Batch]:
    """One log-in or two on every active day."""
    person, day = np.nonzero(floor.active[:, :LOG_DAYS])
    again = random.random(len(person)) < 0.3
    morning = (7.2 * 3600 + random.exponential(1800, len(person))).astype(np.int64)
    noon = (12.8 * 3600 + random.exponential(1800, int(again.sum()))).astype(np.int64)
    first = batch(person, day, morning, object=SESSION, action=LOGIN)
    return [first, batch(person[again], day[again], noon, object=SESSION, action=LOGIN)]


def records(floor: Floor, random: Random) -> list[Batch]:
    """Contacts, deals and activities entered by hand, with their effective dates, filled fields and notes."""
    habits = floor.habits
    month_end = is_month_end(np.arange(LOG_DAYS))
    weight = np.where(month_end, habits.month_end[:, None], 1.0)
    weight /= ((habits.month_end * 4 + 26.4) / 30.4)[:, None]
    person, day = draw_events(floor.rates(habits.records) * weight, random)
    second = office_seconds(random, len(person))
    eve = _move_to_meeting_eve(floor, person, day, second, random)
    kind = np.where(random.random(len(person)) < habits.non_deal[person], ACTIVITY, DEAL)
    kind = np.where((kind == ACTIVITY) & (random.random(len(person)) < 0.25), CONTACT, kind)
    late = random.random(len(person)) < habits.late[person]
    lag = np.where(late, random.integers(5, 26, len(person)), np.minimum(4, random.geometric(0.6, len(person)) - 1))
    lag = np.where(eve & ~late, random.integers(0, 5, len(person)), lag)
    total = TOTALS[kind]
    entered = batch(
        person, day, second, object=kind, action=np.where(random.random(len(person)) < 0.6, CREATE, UPDATE),
        record=_record_numbers(person, kind, random), lag=np.where(kind == ACTIVITY, lag, -1), total=total,
        filled=random.binomial(total, habits.complete[person]), text=_texts(habits, person, kind, random))  # fmt: skip
    return [entered]


def _move_to_meeting_eve(floor: Floor, person: Whole, day: Whole, second: Whole, random: Random) -> Yes:
    """Move some records, in place, into the hours before the team's meeting of the same week."""
    team = floor.staff.team[person]
    weekday, hour = floor.meetings.weekday[team], floor.meetings.hour[team]
    meeting_day = day - weekday_of(day) + weekday
    reachable = (meeting_day >= 0) & (meeting_day < LOG_DAYS)
    there = floor.active[person, np.clip(meeting_day, 0, LOG_DAYS - 1)] & reachable
    moved = there & (random.random(len(person)) < floor.habits.meeting_eve[person])
    day[moved] = meeting_day[moved]
    eve = hour[moved] * 3600 - random.integers(60, MEETING_EVE_SECONDS - 60, int(moved.sum()))
    second[moved] = eve
    return np.asarray(moved)


def _record_numbers(person: Whole, kind: Whole, random: Random) -> Whole:
    own = person * 100_000 + random.integers(0, RECORDS_OF_A_PERSON, len(person))
    return np.where(kind == ACTIVITY, 10**9 + np.arange(len(person)), own)


def _texts(habits: Habits, person: Whole, kind: Whole, random: Random) -> Whole:
    repeated = random.random(len(person)) < habits.copy[person]
    stock = person * 10 + random.integers(0, 3, len(person))
    texts = np.where(repeated, stock, 10**8 + np.arange(len(person)))
    return np.where(kind == DEAL, -1, texts)


def views(floor: Floor, random: Random) -> list[Batch]:
    """Contacts and deals looked at."""
    person, day = draw_events(floor.rates(floor.habits.views), random)
    kind = np.where(random.random(len(person)) < 0.6, CONTACT, DEAL)
    seen = person * 100_000 + random.integers(0, RECORDS_OF_A_PERSON, len(person))
    return [batch(person, day, office_seconds(random, len(person)), object=kind, action=VIEW, record=seen)]


def stages(floor: Floor, random: Random) -> list[Batch]:
    """Deals led through four stages, day by day, or all at once."""
    person, first_day = draw_events(floor.rates(floor.habits.deals), random)
    following = next_true(floor.active)
    jumps = random.random(len(person)) < floor.habits.jump[person]
    number = 5 * 10**8 + np.arange(len(person))
    day, second, steps = first_day, office_seconds(random, len(person)), []
    for stage in range(4):
        steps.append(batch(person, day, second, object=DEAL, action=STAGE, record=number, stage_from=stage,
                           stage_to=stage + 1))  # fmt: skip
        later = np.minimum(following.shape[1] - 1, day + random.integers(2, 15, len(person)))
        day = np.where(jumps, day, following[person, later])
        second = np.where(jumps, second + 40, office_seconds(random, len(person)))
    return [where(step, step["day"] < LOG_DAYS) for step in steps]


def tasks(floor: Floor, random: Random) -> list[Batch]:
    """Tasks given by heads; done, handed on, or left lying."""
    staff, following = floor.staff, next_true(floor.active)
    given_pace = np.where(staff.manager >= 0, np.clip(floor.habits.steer[staff.manager] / 1.4, 0.15, 2.0), 0.0)
    exposure = floor.presence.exposure[:, :LOG_DAYS] * (TASKS_PER_DAY * given_pace)[:, None]
    person, day = draw_events(exposure, random)
    head = staff.manager[person]
    given = following[head, day]
    number = 7 * 10**8 + np.arange(len(person))
    assigned = batch(head, given, office_seconds(random, len(person)), object=TASK, action=ASSIGN, record=number,
                     target=person)  # fmt: skip
    answered = following[person, np.minimum(following.shape[1] - 1, given + random.geometric(0.3, len(person)))]
    luck = random.random(len(person))
    hands_on = luck < floor.habits.handed_on[person]
    does = ~hands_on & (random.random(len(person)) < floor.habits.done[person])
    mate = staff.manager[person]
    answers = batch(person, answered, office_seconds(random, len(person)), object=TASK, record=number,
                    action=np.where(does, COMPLETE, REASSIGN), target=np.where(does, -1, mate))  # fmt: skip
    answers = where(answers, does | hands_on)
    return [where(one, one["day"] < LOG_DAYS) for one in (assigned, answers)]


def searches(floor: Floor, random: Random) -> list[Batch]:
    """Searches, a few without a hit; and those for records that the migration lost, just before a change of pace."""
    person, day = draw_events(floor.rates(np.full(floor.staff.size, SEARCHES_PER_DAY)), random)
    hits = np.where(random.random(len(person)) < 0.05, 0, random.integers(1, 30, len(person)))
    sought = person * 100_000 + random.integers(0, RECORDS_OF_A_PERSON, len(person))
    usual = batch(
        person, day, office_seconds(random, len(person)), object=SEARCH, action=VIEW, record=sought, hits=hits
    )
    grieved = np.repeat(np.flatnonzero(floor.staff.resists == DATA_ALLERGY), 3)
    before = next_true(floor.active)[grieved, floor.habits.falls_at[grieved] - random.integers(0, 8, len(grieved))]
    lost = batch(grieved, before, office_seconds(random, len(grieved)), object=SEARCH, action=VIEW,
                 record=floor.lost_records[grieved], hits=0)  # fmt: skip
    return [usual, where(lost, lost["day"] < LOG_DAYS)]


def trouble(floor: Floor, random: Random) -> list[Batch]:
    """Help pages, errors, undone steps."""
    person, day = draw_events(floor.rates(floor.habits.struggle), random)
    way = random.integers(0, 3, len(person))
    return [batch(person, day, office_seconds(random, len(person)), object=np.array([HELP, DEAL, ACTIVITY])[way],
                  action=np.array([VIEW, ERROR, UNDO])[way])]  # fmt: skip


def reports(floor: Floor, random: Random) -> list[Batch]:
    """Reports read, mostly by heads."""
    per_day = np.where(floor.staff.role == HEAD, floor.habits.steer, 0.05)
    person, day = draw_events(floor.rates(per_day), random)
    return [batch(person, day, office_seconds(random, len(person)), object=REPORT, action=VIEW)]


def no_change_edits(floor: Floor, random: Random) -> list[Batch]:
    """Records saved without any change."""
    person, day = draw_events(floor.rates(floor.habits.no_change), random)
    own = person * 100_000 + random.integers(0, RECORDS_OF_A_PERSON, len(person))
    return [
        batch(person, day, office_seconds(random, len(person)), object=CONTACT, action=UPDATE, record=own, changed=0)
    ]
