"""Cells of a list as typed columns: texts, days, money, instants; unread is what is there and cannot be read."""

from collections.abc import Mapping, Sequence

import ibis
import ibis.expr.types as ir

from implement.engine.formats import Kind, parsed
from implement.engine.funnel.money import MARK
from implement.engine.funnel.stages import ListPlan, State
from implement.engine.funnel.words import DAYS, STILL_OPEN
from implement.engine.intake import ROW

TEXTS = ("deal", "client", "owner", "reason", "product", "channel", "segment", "currency", "next_step", "lost_at")
MONEY = "decimal(18, 4)"
CLOSED, OPEN = "closed", "open"
READ = {**dict.fromkeys(DAYS, "date"), "amount": MONEY, "answered": "timestamp", "elapsed": "float64"}
"""What is read into which type."""
UNREAD = "unread_"
"""Before the name of a column: true where a cell is there and cannot be read."""


def type_rows(relation: ir.Table, plan: ListPlan) -> ir.Table:
    """The confirmed columns under their own names and types; what the list does not say is NULL throughout."""
    columns: dict[str, ir.Value] = {"row": relation[ROW].cast("int64")}
    columns |= {name: _text(relation, plan, name) for name in TEXTS}
    columns["currency"] = _currency(relation, plan)
    columns |= {name: read_cell(relation, plan, name) for name in READ}
    columns["asked_at"] = (
        read_cell(relation, plan, "opened", "timestamp") if plan.has("answered") else _null("timestamp")
    )
    if plan.has("outcome") and plan.has("stage"):
        columns["lost_at"] = ibis.coalesce(columns["lost_at"], _text(relation, plan, "stage"))
    columns["stage"] = stage_cell(relation, plan.columns) if plan.has("stage") else _stage_by_day(columns["closed"])
    said = [name for name in READ if plan.has(name)]
    columns |= {UNREAD + name: _is_unread(relation[plan.columns[name]], columns[name], plan) for name in said}
    return _judge_stages(relation.select(**columns), plan)


def read_cell(relation: ir.Table, plan: ListPlan, name: str, kind: str = "") -> ir.Value:
    """A day, an amount or an instant; plain cells are cast, others read as their column writes them."""
    kind = kind or READ[name]
    if not plan.has(name):
        return _null(kind)
    cell = relation[plan.columns[name]]
    plain = cell.try_cast(kind)
    profile = plan.profiles.get(plan.columns[name])
    if (
        profile is None
        or profile.kind not in _readable_as(kind)
        or (profile.is_plain and profile.kind is not Kind.TIMESTAMP)
    ):
        return plain
    return parsed(cell, profile).cast("string").try_cast(kind) if kind == MONEY else _as(parsed(cell, profile), kind)


def stage_cell(relation: ir.Table, columns: Mapping[str, str]) -> ir.StringValue:
    """The stage of each row: the outcome where another column says how the deal ended, else the stage itself."""
    named = relation[columns["stage"]].cast("string").strip().coalesce("")
    if not columns.get("outcome"):
        return named
    ended = relation[columns["outcome"]].cast("string").strip().coalesce("")
    return ibis.ifelse((ended == "") | ended.lower().isin(STILL_OPEN), named, ended)


def _currency(relation: ir.Table, plan: ListPlan) -> ir.StringValue:
    """As the list names it: in a column of its own, in the cell of the amount, in that column's name."""
    if plan.has("currency"):
        return _text(relation, plan, "currency")
    if plan.is_marked:
        mark = relation[plan.columns["amount"]].re_extract(MARK, 0).nullif("")
        return ibis.coalesce(mark, plan.currency).nullif("") if plan.currency else mark
    return ibis.literal(plan.currency) if plan.currency else _null("string")


def _is_unread(cell: ir.Value, read: ir.Value, plan: ListPlan) -> ir.BooleanValue:
    said = cell.strip().coalesce("")
    return ibis.ifelse(read.isnull(), ~said.isin(["", *sorted(plan.nothing)]), False)


def _as(value: ir.Value, kind: str) -> ir.Value:
    return value if value.type() == ibis.dtype(kind) else value.try_cast(kind)


def _readable_as(kind: str) -> tuple[Kind, ...]:
    return (Kind.DATE, Kind.TIMESTAMP) if kind in ("date", "timestamp") else (Kind.INTEGER, Kind.DECIMAL)


def _text(relation: ir.Table, plan: ListPlan, name: str) -> ir.StringValue:
    if not plan.has(name):
        return _null("string")
    return relation[plan.columns[name]].cast("string").strip().nullif("").nullif("-")


def _stage_by_day(closed: ir.Value) -> ir.StringValue:
    return ibis.ifelse(closed.notnull(), CLOSED, OPEN)


def _null(kind: str) -> ir.Value:
    return ibis.null(kind)


def _judge_stages(table: ir.Table, plan: ListPlan) -> ir.Table:
    """State and place of each row's stage; a stage that nobody confirmed counts as left out."""
    states = [(stage.name, stage.state.code) for stage in plan.stages]
    return table.mutate(
        state=_look_up(table.stage, states, State.LEFT_OUT.code).cast("int8"),
        place=_look_up(table.stage, [(stage.name, stage.place) for stage in plan.ladder], 0).cast("int16"),
        lost_place=_look_up(table.lost_at, [(stage.name, stage.place) for stage in plan.ladder], 0).cast("int16"),
    )


def _look_up(value: ir.StringValue, pairs: Sequence[tuple[str, object]], otherwise: object) -> ir.Value:
    if not pairs:
        return ibis.literal(otherwise)
    return value.cases(*pairs, else_=otherwise)
