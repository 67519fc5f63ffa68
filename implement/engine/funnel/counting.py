"""Counts and sums over deals, in as few passes as there are questions."""

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal

import ibis.expr.types as ir
import numpy as np
import numpy.typing as npt

from implement.engine.backend import Backend
from implement.engine.funnel.figures import Spread, add_sums
from implement.engine.funnel.money import name_currency
from implement.engine.value_at_risk.sums import Sums

Row = dict[str, object]
Key = tuple[object, ...]
Floats = npt.NDArray[np.float64]
Counts = npt.NDArray[np.int64]
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
    """The quartiles of a column for each combination of whole-number keys.

    Days are few, however many deals: how often each stands there is counted first.
    """
    known = table.filter(table[value].notnull())
    counted = known.group_by(*keys, value).aggregate(n=known.count()).order_by(*keys, value)
    rows = backend.connection.to_pyarrow(counted)
    columns = {name: rows[name].to_numpy() for name in (*keys, value, "n")}
    changes = [columns[name][1:] != columns[name][:-1] for name in keys]
    starts = np.flatnonzero(np.logical_or.reduce(changes)) + 1 if changes else np.arange(0)
    parts = [part for part in np.split(np.arange(rows.num_rows), starts) if part.size]
    return {
        tuple(int(columns[name][part[0]]) for name in keys): _spread_of(columns[value][part], columns["n"][part])
        for part in parts
    }


def _spread_of(values: Floats, counts: Counts) -> Spread:
    """The quartiles of ascending values that stand there so often, between two of them in proportion."""
    until, n = counts.cumsum(), int(counts.sum())
    places = [part * (n - 1) for part in WITHIN]
    around = [values[np.searchsorted(until, [math.floor(at), math.ceil(at)], side="right")] for at in places]
    return Spread(n, *(float(low + (high - low) * (at % 1)) for (low, high), at in zip(around, places, strict=True)))


def _sums_of(row: Row) -> Sums:
    n, valued = int(str(row["n"])), int(str(row["valued"]))
    currency = name_currency(str(row["currency"] or ""))
    amounts = ((currency, Decimal(str(row["money"]))),) if valued else ()
    return Sums(n, n - valued, amounts)
