"""HR's month end: what the newest run pays, what was disputed, which targets came late, what pay and targets say."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import cast

from implement.control.incentives.service.runs import RunRow, get_run, list_runs
from implement.store import Store

Entry = Mapping[str, object]


@dataclass(frozen=True)
class KpiResult:
    """One KPI of one entry of a run: was the target met, was anything paid for it, was the target late?"""

    entry: str
    kpi: str
    is_met: bool
    paid_minor: int


@dataclass(frozen=True)
class PaidAndMet:
    """How many results there are, how many were paid without the target met, and met without pay."""

    results: int
    paid_unmet: int
    met_unpaid: int
    late_targets: int


def find_newest(rollout_id: int) -> RunRow | None:
    """The newest run that pays and was computed."""
    runs = [row for row in list_runs(rollout_id) if row.kind == "regular" and row.state != "draft"]
    return runs[0] if runs else None


def compare_paid_and_met(rollout_id: int, run_id: int, *, store: Store) -> PaidAndMet:
    """Hold what was paid for each KPI against whether its target was met, from what was frozen."""
    run = get_run(rollout_id, run_id)
    return _compare(run.plan_sha256, run.basis_sha256, run.pay_sha256, store)


def list_results(plan: bytes, pay: bytes) -> Iterator[KpiResult]:
    """Every KPI of every entry with an actual; decided ones have none and are left out."""
    paid = {str(person["id"]): _parts(person) for person in _people(pay)}
    for person in _people(plan):
        for item in cast(list[Entry], person["items"]):
            if item.get("actual") is not None:
                minor = paid[str(person["id"])].get(f"plan:{item['kpi']}", 0)
                yield KpiResult(str(person["id"]), str(item["kpi"]), _is_met(item), minor)


@lru_cache(maxsize=16)
def _compare(plan_sha256: str, basis_sha256: str, pay_sha256: str, store: Store) -> PaidAndMet:
    plan, basis, pay = (store.path(one).read_bytes() for one in (plan_sha256, basis_sha256, pay_sha256))
    results = list(list_results(plan, pay))
    unmet = sum(1 for one in results if one.paid_minor and not one.is_met)
    unpaid = sum(1 for one in results if one.is_met and not one.paid_minor)
    return PaidAndMet(len(results), unmet, unpaid, _count_late(json.loads(basis)))


def _count_late(found: object) -> int:
    """Figures of the basis whose target came late, however deep they stand."""
    if isinstance(found, dict):
        return (found.get("is_late") is True) + sum(_count_late(one) for one in found.values())
    return sum(_count_late(one) for one in found) if isinstance(found, list) else 0


def _is_met(item: Entry) -> bool:
    target, actual = Fraction(str(item["target"])), Fraction(str(item["actual"]))
    return actual <= target if item.get("lower_is_better") else actual >= target


def _people(content: bytes) -> list[Entry]:
    return cast(list[Entry], json.loads(content)["people"])


def _parts(person: Entry) -> dict[str, int]:
    return {str(part["name"]): int(str(part["minor"])) for part in cast(list[Entry], person["parts"])}
