"""Counts and sums over deals, in as few passes as there are questions."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal

import ibis.expr.types as ir

from implement.engine.backend import Backend
from implement.engine.funnel.figures import Spread, add_sums
from implement.engine.value_at_risk.sums import Sums

Row = dict[str, object]
Key = tuple[object, ...]
WITHIN = (0.25, 0.5, 0.75)
UNNAMED = ""


def fetch(table: ir.Table, backend: Backend) -> list[Row]:
    """The rows of a small table."""
    rows: list[Row] = backend.connection.to_pyarrow(table).to_pylist()
    return rows


def sum_by(table: ir.Table, keys: Sequence[str], backend: Backend) -> dict[Key, Sums]:
    """Deals and money for each combination of keys; empty text where a key is absent."""
    return read_sums(fetch(tally(table, keys), backend), keys)


def tally(table: ir.Table, keys: Sequence[str]) -> ir.Table:
    """The same as a table: one row per combination and currency."""
    is_valued = table.amount.notnull() & (table.amount != 0)
    return table.group_by(*keys, "currency").aggregate(
        n=table.count(), valued=is_valued.sum().coalesce(0).cast("int64"), money=table.amount.sum()
    )


def read_sums(rows: Iterable[Row], keys: Sequence[str]) -> dict[Key, Sums]:
    """Sums by key from the rows of a tally."""
    found: dict[Key, list[Sums]] = defaultdict(list)
    for row in rows:
        key = tuple(UNNAMED if row[name] is None else row[name] for name in keys)
        found[key].append(_sums_of(row))
    return {key: add_sums(*parts) for key, parts in found.items()}


def spread_by(table: ir.Table, value: str, keys: Sequence[str], backend: Backend) -> dict[Key, Spread]:
    """The quartiles of a column for each combination of keys."""
    known = table.filter(table[value].notnull())
    quartiles = {f"q{place}": known[value].quantile(part) for place, part in enumerate(WITHIN)}
    grouped = (known.group_by(*keys) if keys else known).aggregate(n=known.count(), **quartiles)
    return {
        tuple(row[name] for name in keys): Spread(int(str(row["n"])), *(_number(row[f"q{i}"]) for i in range(3)))
        for row in fetch(grouped, backend)
    }


def _sums_of(row: Row) -> Sums:
    n, valued = int(str(row["n"])), int(str(row["valued"]))
    currency = str(row["currency"] or "").upper()
    amounts = ((currency, Decimal(str(row["money"]))),) if valued else ()
    return Sums(n, n - valued, amounts)


def _number(value: object) -> float | None:
    return None if value is None else float(str(value))
