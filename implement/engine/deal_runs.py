"""How deals were run: from the first entry over each stage to the end, by whom, how full, with how many notes (M31)."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import ibis
import ibis.expr.types as ir

from implement.engine.backend import Backend
from implement.engine.causes.stages import is_lost, is_won

BY_HAND, RECORDING = "manual", ("create", "update", "stage", "assign", "reassign", "complete")
LATE_AFTER_DAYS = 4
LEAST_DAYS_BEFORE = 14
"""Where no log tells when deals were created, one counts as begun in it when the log is older than this by then."""

Row = Mapping[str, object]
COLUMNS = ("record_id", "user", "at", "day", "action", "stage_to", "filled", "total", "text_hash", "effective_day")


@dataclass(frozen=True)
class DealRun:
    """A deal that has ended, from its first entry: stages with days since then, entries that came late, fields filled
    of all at their fullest, different notes, and how often another person took over.

    `owner` recorded most of it; `people` are all who recorded something.
    """

    key: str
    owner: str
    people: frozenset[str]
    began: datetime
    ended: datetime
    is_won: bool
    steps: tuple[tuple[str, float], ...]
    filled: float | None
    notes: int
    late: int
    handovers: int

    @property
    def days(self) -> float:
        """How long it took."""
        return (self.ended - self.began) / timedelta(days=1)

    @property
    def notes_a_week(self) -> float:
        """Notes over its weeks; whatever took less than one counts as one."""
        return self.notes / max(self.days / 7, 1.0)

    @property
    def most_steps_a_day(self) -> int:
        """How many stages were reached on the same day at most; many at once are not recorded as they happened."""
        days = [(self.began + timedelta(days=days)).date() for _name, days in self.steps]
        return max((days.count(day) for day in days), default=0)


def find_deal_runs(events: ir.Table, people: Mapping[str, str], backend: Backend) -> list[DealRun]:
    """The deals that ended in this log; `people` names persons by user as the log writes them, others do not count."""
    known = events.filter(
        events.object == "deal", events.source == BY_HAND, events.action.isin(RECORDING),
        events.record_id.notnull(), events.user.isin(list(people)),
    )  # fmt: skip
    stages = backend.connection.to_pyarrow(known.select("stage_to").distinct())["stage_to"].to_pylist()
    ends = {stage: is_won(stage) for stage in stages if stage and (is_won(stage) or is_lost(stage))}
    if not ends:
        return []
    ended = known.filter(known.stage_to.isin(list(ends))).select("record_id").distinct()
    touched = known.semi_join(ended, "record_id")
    steps, hands = _list_steps(touched, backend), _count_hands(touched, people, backend)
    rows = _keep_whole(_describe(touched, backend), backend.connection.to_pyarrow(events.at.min()).as_py())
    keyed = [(str(row["record_id"]), row) for row in rows]
    runs = [_make_run(row, steps[key], hands[key], ends) for key, row in keyed]
    return sorted(runs, key=lambda run: (run.ended, run.key))


def _keep_whole(rows: Sequence[Row], first_of_log: datetime) -> list[Row]:
    """The deals whose beginning is in the log too."""
    created = [row for row in rows if row["is_created"]]
    since = first_of_log + timedelta(days=LEAST_DAYS_BEFORE)
    return created or [row for row in rows if row["began"] >= since]  # type: ignore[operator]


def _describe(touched: ir.Table, backend: Backend) -> list[Row]:
    """Per deal when it began, whether that was recorded, how full it was, notes, late entries, changes of hand."""
    order = {"group_by": "record_id", "order_by": ["at", "user"]}
    marked = touched.mutate(before=touched.user.lag().over(**order))
    is_late = marked.day > marked.effective_day + ibis.interval(days=LATE_AFTER_DAYS)
    told = marked.group_by("record_id").aggregate(
        began=marked.at.min(),
        is_created=(marked.action == "create").any(),
        filled=(marked.filled / marked.total.nullif(0)).max(),
        notes=marked.text_hash.nunique(),
        late=is_late.fill_null(False).sum(),
        handovers=(marked.before != marked.user).fill_null(False).sum(),
    )
    return _rows(told, backend)


def _list_steps(touched: ir.Table, backend: Backend) -> dict[str, list[tuple[str, datetime]]]:
    """Per deal the stages it reached, each with the first time, in their order."""
    moved = touched.filter(touched.stage_to.notnull(), touched.stage_to != "")
    reached = moved.group_by("record_id", "stage_to").aggregate(at=moved.at.min())
    found = defaultdict[str, list[tuple[str, datetime]]](list)
    for row in _rows(reached.order_by("record_id", "at", "stage_to"), backend):
        found[str(row["record_id"])].append((str(row["stage_to"]), row["at"]))  # type: ignore[arg-type]
    return found


def _count_hands(touched: ir.Table, people: Mapping[str, str], backend: Backend) -> dict[str, dict[str, int]]:
    """Per deal how many entries each person made."""
    counted = touched.group_by("record_id", "user").aggregate(entries=touched.count())
    found = defaultdict[str, dict[str, int]](dict)
    for row in _rows(counted.order_by("record_id", "user"), backend):
        deal, person = found[str(row["record_id"])], people[str(row["user"])]
        deal[person] = deal.get(person, 0) + int(str(row["entries"]))
    return found


def _make_run(
    row: Row, steps: Sequence[tuple[str, datetime]], hands: Mapping[str, int], ends: Mapping[str, bool]
) -> DealRun:
    """The first end counts: what is recorded after it is no part of the run."""
    began: datetime = row["began"]  # type: ignore[assignment]
    stage, ended = next((name, at) for name, at in steps if name in ends)
    passed = [(name, at) for name, at in steps if at <= ended and ends.get(name) is not False]
    led = [(name, (at - began) / timedelta(days=1)) for name, at in passed]
    owner = min(hands, key=lambda person: (-hands[person], person))
    filled = None if row["filled"] is None else min(float(str(row["filled"])), 1.0)
    notes, late, handovers = (int(str(row[name])) for name in ("notes", "late", "handovers"))
    return DealRun(
        str(row["record_id"]), owner, frozenset(hands), began, ended, ends[stage], tuple(led), filled, notes, late,
        handovers,
    )  # fmt: skip


def _rows(table: ir.Table, backend: Backend) -> list[Row]:
    found: list[Row] = backend.connection.to_pyarrow(table).to_pylist()
    return found
