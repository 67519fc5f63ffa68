"""What is in the log and is no person's work: robots, mail sync, imports, test and admin ids, assistants."""

import numpy as np

from tests.evaluators.usage.events import (
    ACTIVITY,
    API,
    CONTACT,
    CREATE,
    DEAL,
    IMPORT,
    LOGIN,
    MANUAL,
    SESSION,
    SYNC,
    UPDATE,
    VIEW,
    Batch,
    batch,
    office_seconds,
)
from tests.evaluators.usage.staff import LOG_DAYS, Random, Staff, Whole, Yes

SYNCED_PER_DAY = 1.2
OTHER_IDS = (
    "u99901",
    "svc-mailsync",
    "admin",
    "TEST",
    "test2",
    "migration",
)  # of these only u99901 and admin are users
ROBOT, SYNC_USER, ADMIN, TEST, TEST_TOO, MIGRATION = range(6)


def noise(staff: Staff, active: Yes, random: Random) -> list[Batch]:
    """All events that no score may count."""
    first_other = staff.size
    return [
        _synced_mails(staff, random),
        _imports(staff, active, random),
        _robot(first_other + ROBOT, 60, MANUAL, random),
        _robot(first_other + SYNC_USER, 25, API, random),
        _visits(first_other + ADMIN, 300, random),
        _visits(first_other + TEST, 80, random),
        _visits(first_other + TEST_TOO, 40, random),
        _load(first_other + MIGRATION, staff, random),
    ]


def _around_the_clock(random: Random, count: int) -> Whole:
    return random.integers(0, 86_400, count)


def _synced_mails(staff: Staff, random: Random) -> Batch:
    there = np.arange(LOG_DAYS) >= np.maximum(staff.go_live, staff.hired)[:, None]
    stays = np.arange(LOG_DAYS) < staff.left[:, None]
    person, day = np.nonzero(there & stays & (random.random((staff.size, LOG_DAYS)) < 0.5))
    copies = random.poisson(SYNCED_PER_DAY * 2, len(person))
    person, day = np.repeat(person, copies), np.repeat(day, copies)
    return batch(person, day, _around_the_clock(random, len(person)), object=ACTIVITY, action=CREATE, source=SYNC,
                 record=2 * 10**9 + np.arange(len(person)))  # fmt: skip


def _imports(staff: Staff, active: Yes, random: Random) -> Batch:
    importers = np.flatnonzero(random.random(staff.size) < 0.06)
    days = np.array([_active_day(active[person], random) for person in importers], dtype=np.int64)
    person, day = np.repeat(importers, 300), np.repeat(days, 300)
    return batch(person, day, office_seconds(random, len(person)), object=CONTACT, action=CREATE, source=IMPORT,
                 record=3 * 10**9 + np.arange(len(person)), filled=5, total=12)  # fmt: skip


def _active_day(active: Yes, random: Random) -> int:
    days = np.flatnonzero(active[:LOG_DAYS])
    return int(random.choice(days)) if len(days) else LOG_DAYS - 1


def _robot(person: int, per_day: int, source: int, random: Random) -> Batch:
    day = np.repeat(np.arange(LOG_DAYS), per_day)
    kind = random.choice([CONTACT, DEAL, ACTIVITY], len(day))
    return batch(np.full(len(day), person), day, _around_the_clock(random, len(day)), object=kind, action=UPDATE,
                 source=source, record=random.integers(0, 10**6, len(day)), filled=3, total=10)  # fmt: skip


def _visits(person: int, count: int, random: Random) -> Batch:
    day = random.integers(0, LOG_DAYS, count)
    logs_in = random.random(count) < 0.2
    return batch(np.full(count, person), day, office_seconds(random, count), object=np.where(logs_in, SESSION, CONTACT),
                 action=np.where(logs_in, LOGIN, VIEW), record=random.integers(0, 10**6, count))  # fmt: skip


def _load(person: int, staff: Staff, random: Random) -> Batch:
    count = 50 * staff.size
    first_day = np.zeros(count, dtype=np.int64)
    return batch(np.full(count, person), first_day, _around_the_clock(random, count), object=CONTACT, action=CREATE,
                 source=IMPORT, record=random.integers(0, 10**8, count))  # fmt: skip


def lend_to_assistants(events: Batch, staff: Staff, active: Yes, random: Random) -> None:
    """A few people's records are entered by a colleague of the team who was there that day, on their behalf."""
    lenders = random.random(staff.size) < 0.03
    mates = np.array([_mate(staff, person) for person in range(staff.size)])
    of_staff = events["person"] < staff.size
    person = np.where(of_staff, events["person"], 0)
    is_record = (events["object"] <= ACTIVITY) & (events["action"] <= UPDATE) & (events["source"] == MANUAL)
    lent = of_staff & is_record & lenders[person] & (random.random(len(person)) < 0.5)
    lent &= active[mates[person], events["day"]] & (mates[person] != person)
    events["behalf"][lent] = person[lent]
    events["person"][lent] = mates[person[lent]]


def _mate(staff: Staff, person: int) -> int:
    mates = np.flatnonzero((staff.team == staff.team[person]) & (np.arange(staff.size) != person))
    return int(mates[person % len(mates)]) if len(mates) else person
