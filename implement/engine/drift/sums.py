"""Figures over what happened since the cutover: by field, by week, by owner and author, and in how few hands."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import pyarrow as pa

from implement.engine.drift.findings import LOSSES

FEW_PEOPLE = 3
FEW_SHARE = 0.5


@dataclass(frozen=True)
class DriftCount:
    """So many findings share table, change, field, owner, author and week; people as the export names them."""

    table: str
    change: str
    field: str
    owner: str
    author: str
    week: date | None
    findings: int

    @property
    def is_loss(self) -> bool:
        """True where something is no longer there."""
        return self.change in LOSSES


@dataclass(frozen=True)
class FewHands:
    """The smallest number of people who account for most of the losses whose author is known."""

    people: tuple[str, ...]
    losses: int
    known: int


def count_drift(findings: pa.Table) -> list[DriftCount]:
    """The findings counted by all that they are summed by, in a fixed order."""
    counts = Counter[tuple[str, str, str, str, str, date | None]]()
    names = ["table", "change", "field", "owner", "owner_name", "changed_by", "changed_by_name", "changed_on"]
    for batch in findings.select(names).to_batches(max_chunksize=50_000):
        columns = [column.to_pylist() for column in batch.columns]
        for table, change, field, owner, owner_name, by, by_name, on in zip(*columns, strict=True):
            counts[table, change, field, owner_name or owner, by_name or by, first_day_of_week(on)] += 1
    ordered = sorted(counts.items(), key=lambda entry: tuple(str(part) for part in entry[0]))
    return [DriftCount(*key, count) for key, count in ordered]


def first_day_of_week(day: date | None) -> date | None:
    """The Monday of the week."""
    return day - timedelta(days=day.weekday()) if day else None


def find_few_hands(counts: Iterable[DriftCount]) -> FewHands | None:
    """At most three people behind at least half of the losses with a known author; None where they are many."""
    losses = Counter[str]()
    for one in counts:
        if one.is_loss and one.author:
            losses[one.author] += one.findings
    known = losses.total()
    ranked = sorted(losses.items(), key=lambda entry: (-entry[1], entry[0]))
    taken = 0
    for place, (_person, count) in enumerate(ranked[:FEW_PEOPLE], start=1):
        taken += count
        if taken >= FEW_SHARE * known:
            return FewHands(tuple(person for person, _count in ranked[:place]), taken, known)
    return None


def sum_groups(losses: Iterable[DriftCount], group_of: Mapping[str, str], whose: str = "author") -> dict[str, int]:
    """Findings by the group (team, role) of their author or owner; those of nobody in a group are left out."""
    sums = Counter[str]()
    for one in losses:
        group = group_of.get(getattr(one, whose), "")
        if group:
            sums[group] += one.findings
    return dict(sums)
