"""Keep what a run found: every finding as Parquet in the store, its sums in SQL."""

import hashlib
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Protocol

import pyarrow as pa
import pyarrow.parquet as pq
from babel.numbers import get_currency_precision

from implement.db import db
from implement.engine.causes import Cause
from implement.engine.mapping import Mapping as TransferMapping
from implement.engine.reconcile import Reconciliation, TableTotals, ValueAtRisk, is_harmful
from implement.engine.value_at_risk import Outlook
from implement.rollout.service.rollouts import get_rollout
from implement.stages.transfer.tables import Discrepancy, RunRisk, RunTotal, TransferRun
from implement.store import Store

ROWS_AT_ONCE = 50_000
Key = tuple[str, str, str, str, bool]


class Sha256(Protocol):
    """A digest under way."""

    def update(self, content: bytes, /) -> None: ...
    def hexdigest(self) -> str: ...


@dataclass
class Group:
    """Findings that share table, class, field and cause; `number` counts from 1 in the order they first come."""

    number: int
    key: Key
    findings: int = 0
    digest: Sha256 = field(default_factory=hashlib.sha256)


@dataclass(frozen=True)
class KeptFindings:
    """The findings in the store, and the groups they fall into."""

    sha256: str
    rows: int
    groups: tuple[Group, ...]


def keep_findings(found: Reconciliation, *, store: Store) -> KeptFindings:
    """Number and group the findings, and keep them as one Parquet file in their final order."""
    groups: dict[Key, Group] = {}
    numbers = [_group(row, groups) for row in _rows(found.findings)]
    table = found.findings.append_column("place", pa.array(range(1, len(numbers) + 1), pa.int64()))
    table = table.append_column("discrepancy", pa.array(numbers, pa.int32()))
    return KeptFindings(_put(table, store), len(numbers), tuple(groups.values()))


def record_results(
    run: TransferRun,
    mapping: TransferMapping,
    found: Reconciliation,
    kept: KeptFindings,
    likely: Mapping[str, Sequence[Outlook]],
) -> None:
    """Write the sums of a run down; `likely` says by table what open deals at risk without a value may bring."""
    causes = {(cause.table, cause.fate, cause.field, cause.sentence): cause for cause in found.causes}
    discrepancies = [_discrepancy(run.id, group, causes) for group in kept.groups]
    totals = [_total(run.id, one, mapping) for one in found.tables]
    currency = get_rollout(run.rollout_id).currency
    db.session.add_all([*discrepancies, *totals])
    for risk in found.value_at_risk:
        db.session.add_all(_risks(run.id, risk, currency, likely_minor(likely.get(risk.table, ()), currency)))
    run.findings_sha256, run.findings = kept.sha256, kept.rows
    run.harmful = sum(one.findings for one in discrepancies if one.is_harmful)
    run.source_rows = sum(one.source_rows for one in totals)
    run.arrived = sum(one.arrived for one in totals)


def to_minor(amount: Decimal, currency: str) -> int:
    """An amount in minor units of its currency, rounded half up."""
    return int(amount.scaleb(get_currency_precision(currency)).quantize(Decimal(1), ROUND_HALF_UP))


def _rows(findings: pa.Table) -> Iterator[tuple[str, ...]]:
    names = ["table", "class", "field", "cause", "source_id", "target_id", "source_value", "target_value"]
    for batch in findings.select(names).to_batches(max_chunksize=ROWS_AT_ONCE):
        yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)


def _group(row: tuple[str, ...], groups: dict[Key, Group]) -> int:
    """Count the finding in its group and let it change the group's fingerprint; returns the group's number."""
    table, fate, column, cause, *rest = row
    key = (table, fate, column, cause, not rest[0] and not rest[1])
    group = groups.get(key)
    if group is None:
        group = groups[key] = Group(len(groups) + 1, key)
        group.digest.update("\0".join((table, fate, column)).encode())
    group.findings += 1
    group.digest.update(("\n" + "\0".join(rest)).encode())
    return group.number


def _put(table: pa.Table, store: Store) -> str:
    with tempfile.TemporaryDirectory(prefix="implement-findings-") as folder:
        path = Path(folder) / "findings.parquet"
        pq.write_table(table, path, row_group_size=ROWS_AT_ONCE, compression="zstd")
        with path.open("rb") as stream:
            return store.put(stream).sha256


def _discrepancy(run_id: int, group: Group, causes: Mapping[tuple[str, str, str, str], Cause]) -> Discrepancy:
    table, fate, column, said, is_whole = group.key
    row = Discrepancy(
        run_id=run_id, number=group.number, table_name=table, fate=fate, field=column, findings=group.findings,
        is_harmful=is_harmful(fate), is_whole=is_whole, said=said, fingerprint=group.digest.hexdigest(),
    )  # fmt: skip
    cause = causes.get((table, fate, column, said))
    if cause is not None:
        row.code, row.column_name, row.cause_values = cause.code, cause.column, list(cause.values)
        row.parent_name, row.of_findings = cause.parent, cause.findings
        row.share_inside, row.share_outside = cause.share_inside, cause.share_outside
    return row


def _total(run_id: int, total: TableTotals, mapping: TransferMapping) -> RunTotal:
    known = mapping.table(total.table)
    return RunTotal(
        run_id=run_id, table_name=total.table, target_name=total.target,
        left_behind=known.left_behind if known else "", source_rows=total.source_rows, target_rows=total.target_rows,
        arrived=total.arrived, unchanged=total.unchanged, changed=total.changed, merged=total.classes.get("merged", 0),
    )  # fmt: skip


def likely_minor(outlooks: Sequence[Outlook], currency: str) -> int | None:
    """What deals without a value come to in minor units; None where that is not known, or currencies would be mixed."""
    if not outlooks or any(one.currency not in ("", currency) for one in outlooks):
        return None
    return to_minor(sum((one.amount for one in outlooks), Decimal()), currency)


def _risks(run_id: int, risk: ValueAtRisk, currency: str, likely: int | None) -> Iterable[RunRisk]:
    sums = [("open", risk.stage_column, 0, "", risk.open), ("won", risk.stage_column, 0, "", risk.won)]
    for column, values in risk.by.items():
        sums += [("by", column, place, value, money) for place, (value, money) in enumerate(values.items())]
    for kind, column, place, value, money in sums:
        yield RunRisk(
            run_id=run_id, table_name=risk.table, kind=kind, column_name=column, position=place, value=value,
            records=money.records, without_value=money.without_value,
            amount_minor=to_minor(money.amount, currency), likely_minor=likely if kind == "open" else None,
        )  # fmt: skip
