"""A log in numbers: who, to whom, when and which kind of event, each user and each kind named once."""

from collections.abc import Mapping
from dataclasses import dataclass

import ibis
import ibis.expr.datatypes as dt
import ibis.expr.types as ir
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from implement.engine.backend import Backend
from implement.engine.exchange import Exchange
from implement.engine.usage.rules import (
    Rules,
    counted_fields,
    gives_task,
    is_idle,
    is_said_unchanged,
    rules_of_kinds,
    rules_of_records,
    tells_of_record,
)
from implement.engine.usage.settings import DEFAULT_SETTINGS, UsageSettings

NOBODY = -1
INSTANT = dt.Timestamp(scale=6)
DEED = ("object", "action", "source")
GIVES_TASK, IDLE = "gives_task", "idle"
WAYS = 4
"""Each deed comes in four ways: with or without somebody it is done to, and with or without a change."""

Marks = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class CodedLog:
    """A log whose rows lie in a file in scratch: `user` and `target` by their place in `users`, `at`, the `kind` of
    event, the rules that hold for it as a `record` (the first is 1, the second 2, the third 4), fields filled and all.

    `marks` say for each counter which kinds count in it; `record_rules` are the names of those bits.
    """

    users: tuple[str, ...]
    rows: pa.Table
    marks: Mapping[str, Marks]
    record_rules: tuple[str, ...]
    columns: frozenset[str]


def code_log(exchange: Exchange, backend: Backend, settings: UsageSettings = DEFAULT_SETTINGS) -> CodedLog:
    """Write a log down in numbers, in one pass after its users and kinds are known; the embedded engine does it."""
    events, columns = exchange.events, exchange.columns
    assert events is not None
    users = _list_users(events, columns, backend)
    deeds = backend.connection.to_pyarrow(events.select(*DEED).distinct().order_by(*DEED))
    record_rules = rules_of_records(events, columns, settings)
    rows = backend.fetch_mapped(_number(events, columns, users, deeds, record_rules))
    return CodedLog(users, rows, _mark_kinds(deeds, columns, backend), tuple(record_rules), columns)


def _list_users(events: ir.Table, columns: frozenset[str], backend: Backend) -> tuple[str, ...]:
    names = [events.select(name=events[who]).distinct() for who in ("user", "target_user") if _has(who, columns)]
    found = backend.connection.to_pyarrow(ibis.union(*names, distinct=True) if len(names) > 1 else names[0])
    return tuple(sorted(name for name in found["name"].to_pylist() if name is not None))


def _has(who: str, columns: frozenset[str]) -> bool:
    return who == "user" or who in columns


def _number(
    events: ir.Table, columns: frozenset[str], users: tuple[str, ...], deeds: pa.Table, record_rules: Rules
) -> ir.Table:
    """The select that writes numbers for names; what is unknown gets the number after the last."""
    numbers = pa.array(range(len(users)), pa.int32())
    named = {"user": "member", "target_user": "receiver"}
    joined = events
    for who, name in named.items():
        if _has(who, columns):
            people = ibis.memtable(pa.table({name: pa.array(users, pa.string()), f"{name}_number": numbers}))
            joined = joined.left_join(people, joined[who] == people[name])
    said = deeds.rename_columns([f"said_{name}" for name in DEED])
    kinds = ibis.memtable(said.append_column("deed", pa.array(range(len(deeds)), pa.int32())))
    joined = joined.left_join(kinds, [joined[name] == kinds[f"said_{name}"] for name in DEED])
    numbered = {"user": joined.member_number.fill_null(NOBODY), "at": joined.at.cast(INSTANT)}
    numbered["kind"] = _kind(joined, columns, len(deeds))
    if "target_user" in columns:
        numbered["target"] = joined.receiver_number.fill_null(NOBODY)
    bits = [rule.fill_null(False).ifelse(1 << place, 0) for place, rule in enumerate(record_rules.values())]
    if bits:
        held = ibis.ifelse(tells_of_record(joined, columns), sum(bits[1:], start=bits[0]), 0)
        numbered["record"] = held.cast("int8")
    fields = {name: value.cast("float32") for name, value in counted_fields(joined, columns).items()}
    return joined.select(**numbered, **fields)


def _kind(joined: ir.Table, columns: frozenset[str], deeds: int) -> ir.IntegerValue:
    says_unchanged = is_said_unchanged(joined, columns)
    kind = joined.deed.fill_null(deeds) * WAYS
    if says_unchanged is not None:
        kind = kind + says_unchanged.ifelse(2, 0)
    if "target_user" in columns:
        kind = kind + joined.target_user.notnull().ifelse(1, 0)
    return kind.cast("int32")


def _mark_kinds(deeds: pa.Table, columns: frozenset[str], backend: Backend) -> dict[str, Marks]:
    """Ask each rule about each kind of event once, the unknown one included."""
    deed, way = np.divmod(np.arange(WAYS * (len(deeds) + 1), dtype=np.int64), WAYS)
    place = pa.array(deed, mask=deed == len(deeds))
    target = pa.array(np.where(way % 2 == 1, "somebody", ""), pa.string(), mask=way % 2 == 0)
    told = {"is_changed": way < 2, "target_user": target, "kind": WAYS * deed + way}
    kinds = backend.keep_rows(pa.table({**{name: deeds[name].take(place) for name in DEED}, **told}), "kinds")
    says = frozenset({"changed"}) | (columns & {"target_user"})
    rules = rules_of_kinds(kinds, says) | {IDLE: is_idle(kinds, says)}
    if "target_user" in columns:
        rules[GIVES_TASK] = gives_task(kinds)
    asked = kinds.select("kind", **{name: rule.fill_null(False) for name, rule in rules.items()})
    found = backend.connection.to_pyarrow(asked.order_by("kind"))
    return {name: found[name].to_numpy() for name in rules}
