"""Batches of usage events: one array per column, −1 where a column says nothing."""

from typing import TypeAlias

import numpy as np

from tests.evaluators.usage.staff import Random, Real, Whole, Yes

Batch: TypeAlias = dict[str, Whole]

OBJECTS = ("contact", "deal", "activity", "task", "report", "search", "help", "session")
CONTACT, DEAL, ACTIVITY, TASK, REPORT, SEARCH, HELP, SESSION = range(8)
ACTIONS = ("create", "update", "view", "delete", "stage", "assign", "complete", "reassign", "login", "error", "undo")
CREATE, UPDATE, VIEW, DELETE, STAGE, ASSIGN, COMPLETE, REASSIGN, LOGIN, ERROR, UNDO = range(11)
SOURCES = ("manual", "import", "sync", "api")
MANUAL, IMPORT, SYNC, API = range(4)
STAGES = ("lead", "qualified", "offer", "negotiation", "won")
TOTALS = np.array([12, 10, 6])  # fields of a contact, a deal, an activity
COLUMNS = (
    "person", "day", "second", "object", "action", "record", "source", "lag", "filled", "total", "text", "stage_from",
    "stage_to", "target", "hits", "behalf", "changed")  # fmt: skip
NOTHING = -1


def batch(person: Whole, day: Whole, second: Whole, **known: Whole | int) -> Batch:
    """Events of persons at instants; every other column as known, else nothing; the source is manual."""
    count = len(person)
    whole: Batch = {"person": person.astype(np.int64), "day": day.astype(np.int64), "second": second.astype(np.int64)}
    for name in COLUMNS[3:]:
        value = known.get(name, MANUAL if name == "source" else NOTHING)
        whole[name] = np.broadcast_to(np.asarray(value, dtype=np.int64), (count,)).copy()
    return whole


def joined(batches: list[Batch]) -> Batch:
    """All batches as one, in order of time."""
    whole = {name: np.concatenate([one[name] for one in batches]) for name in COLUMNS}
    order = np.lexsort((whole["person"], whole["second"], whole["day"]))
    return {name: column[order] for name, column in whole.items()}


def where(events: Batch, kept: Yes) -> Batch:
    """Only the events that are kept."""
    return {name: column[kept] for name, column in events.items()}


def office_seconds(random: Random, count: int) -> Whole:
    """Instants of a working day, most of them around noon."""
    return np.clip(random.normal(12.6 * 3600, 2.4 * 3600, count), 7 * 3600, 19.5 * 3600).astype(np.int64)


def draw_events(rates: Real, random: Random, spread: float = 3.0) -> tuple[Whole, Whole]:
    """Person and day of each event, from a person × day table of rates; days are uneven as real ones are."""
    uneven = rates * random.gamma(spread, 1 / spread, rates.shape)
    counts = random.poisson(uneven)
    places = np.repeat(np.arange(counts.size), counts.ravel())
    return places // rates.shape[1], places % rates.shape[1]


def next_true(marks: Yes) -> Whole:
    """For each person and day the first marked day from it on; the number of days where none follows."""
    days = np.where(marks, np.arange(marks.shape[1]), marks.shape[1])
    return np.minimum.accumulate(days[:, ::-1], axis=1)[:, ::-1]
