"""What a run has in common with earlier ones, asked of the findings in the table engine."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from implement.db import db
from implement.engine.backend import open_backend
from implement.engine.comparison import IDENTITY, count_shared, find_same
from implement.engine.lean import at_hand
from implement.stages.transfer.service.findings import MEMORY_MB
from implement.stages.transfer.service.identities import name_record
from implement.stages.transfer.tables import Case, CaseSighting, Discrepancy, TransferRun
from implement.store import Store


@dataclass(frozen=True)
class Seen:
    """A case as a run sees it: the discrepancy, how many findings, and the place of a single record's finding."""

    discrepancy: Discrepancy
    findings: int
    place: int | None = None


def count_shared_findings(
    run: TransferRun, sightings: Iterable[CaseSighting], *, store: Store
) -> dict[tuple[int, int], int]:
    """Per case and discrepancy of the run (by number): how many of its findings the case had when it was sighted."""
    asked = (
        select(CaseSighting.case_id, Discrepancy.number, TransferRun.findings_sha256)
        .join(Discrepancy, Discrepancy.id == CaseSighting.discrepancy_id)
        .join(TransferRun, TransferRun.id == CaseSighting.run_id)
        .where(CaseSighting.id.in_([one.id for one in sightings]))
    )
    runs: dict[str, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    for case_id, number, sha256 in db.session.execute(asked):
        runs[sha256 or ""][number].append(case_id)
    shared: dict[tuple[int, int], int] = defaultdict(int)
    for sha256, cases in runs.items():
        for was, number, rows in _count_shared(sha256, tuple(cases), run.findings_sha256 or "", store):
            for case_id in cases[was]:
                shared[case_id, number] += rows
    return shared


def _count_shared(before: str, numbers: Sequence[int], after: str, store: Store) -> list[tuple[int, int, int]]:
    with open_backend(memory_mb=MEMORY_MB) as backend:
        old, new = (backend.read_parquet(store.path(sha256)) for sha256 in (before, after))
        found = backend.connection.to_pyarrow(count_shared(old.filter(old["discrepancy"].isin(numbers)), new))
    return [(row["was"], row["discrepancy"], row["rows"]) for row in found.to_pylist()]


def find_records_again(
    run: TransferRun, cases: Sequence[Case], discrepancies: Sequence[Discrepancy], *, store: Store
) -> dict[int, list[Seen]]:
    """The cases of single records whose findings the run found too."""
    if not cases:
        return {}
    by_number = {one.number: one for one in discrepancies}
    names = zip(*(name_record(_as_finding(case)) for case in cases), strict=True)
    named = {"case": [case.id for case in cases], **dict(zip(IDENTITY, map(list, names), strict=True))}
    wanted = at_hand(named, {"case": "int64", **dict.fromkeys(IDENTITY, "string")})
    with open_backend(memory_mb=MEMORY_MB) as backend:
        findings = backend.read_parquet(store.path(run.findings_sha256 or ""))
        same = find_same(findings, wanted).select("case", "place", "discrepancy").order_by("place")
        rows = backend.connection.to_pyarrow(same).to_pylist()
    first = {row["case"]: row for row in reversed(rows)}
    return {case: [Seen(by_number[row["discrepancy"]], 1, row["place"])] for case, row in first.items()}


def _as_finding(case: Case) -> Mapping[str, str | int | None]:
    return {"table": case.table_name, "class": case.fate, "field": case.field, "source_id": case.source_id,
            "target_id": case.target_id}  # fmt: skip
