"""The deals behind a figure: picked by what they are, page by page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import ibis
import ibis.expr.types as ir

from implement.engine.backend import Backend
from implement.engine.funnel.counting import Row, fetch
from implement.engine.funnel.deals import settle_deals
from implement.engine.funnel.figures import LossMap
from implement.engine.funnel.groups import REST
from implement.engine.funnel.lossmap import norm_of
from implement.engine.funnel.money import name_currency
from implement.engine.funnel.stages import ListPlan, State
from implement.engine.funnel.tallies import days_late
from implement.engine.funnel.whose import mark_repeats
from implement.engine.intake import SourceTable

PICKS = ("all", "open", "won", "lost", "unplaced", "over_norm", "repeat", "refused", "missed", "lacking", "backwards")
VALUES = ("reason", "product", "channel", "segment")


@dataclass(frozen=True)
class Pick:
    """Which deals: one of `PICKS`, in a stage, with a value of a column, lacking something, come to a place."""

    what: str = "all"
    stage: str | None = None
    field: str = ""
    value: str = ""
    lacks: str = ""
    place: int | None = None


@dataclass(frozen=True)
class DealRow:
    """A deal as a page lists it; whose it is, no page says."""

    row: int
    deal: str
    client: str
    stage: str
    state: str
    amount: Decimal | None
    currency: str
    opened: date | None
    closed: date | None
    due: date | None
    days: float | None
    reason: str
    product: str


def list_deals(
    source: SourceTable, plan: ListPlan, found: LossMap, pick: Pick, backend: Backend, *, limit: int, offset: int
) -> tuple[int, list[DealRow]]:
    """How many deals are meant, and some of them, the dearest first."""
    table = pick_deals(settle_deals(source, plan, backend).table, plan, found, pick)
    (total,) = fetch(table.aggregate(n=table.count()), backend)
    ordered = table.order_by(ibis.desc(ibis.coalesce(table.amount, 0)), ibis.desc("days"), "row")
    rows = fetch(ordered.limit(limit, offset=offset).select(*DealRow.__dataclass_fields__), backend)
    return int(str(total["n"])), [_read(row) for row in rows]


def _read(row: Row) -> DealRow:
    said = row | {name: row[name] or "" for name in ("deal", "client", "stage", "currency", "reason", "product")}
    state = next(state for state in State if state.code == row["state"])
    said["currency"] = name_currency(str(said["currency"]))
    return DealRow(**(said | {"state": state.value}))  # type: ignore[arg-type]


def pick_deals(table: ir.Table, plan: ListPlan, found: LossMap, pick: Pick) -> ir.Table:
    """The deals that are meant, as counted in the loss map."""
    picked = _pick(table, plan, found, pick)
    if pick.stage is not None:
        picked = picked.filter(picked.stage == pick.stage)
    if pick.place is not None:
        picked = picked.filter(picked.reached == pick.place)
    if pick.field in VALUES:
        picked = picked.filter(_has_value(picked, found, pick))
    return picked


def _pick(table: ir.Table, plan: ListPlan, found: LossMap, pick: Pick) -> ir.Table:
    if pick.what in ("open", "won", "lost"):
        return table.filter(table.state == State(pick.what).code)
    if pick.what == "unplaced":
        return table.filter((table.state == State.LOST.code) & (table.reached == 0))
    if pick.what == "over_norm":
        norms = {stage.place: (stage.norm_days, stage.norm_from) for stage in found.stages}
        return table.filter((table.state == State.OPEN.code) & (table.days > norm_of(table, norms)))
    if pick.what in ("repeat", "refused"):
        repeats = mark_repeats(table)
        return repeats.filter(repeats.state == State.LOST.code) if pick.what == "refused" else repeats
    if pick.what == "missed":
        return table.filter(days_late(table, plan).notnull())
    if pick.what == "lacking" and pick.lacks in table.columns:
        return table.filter(_lacks(table, pick.lacks))
    return table.filter(table.is_backwards) if pick.what == "backwards" else table


def _lacks(table: ir.Table, name: str) -> ir.BooleanValue:
    """What counts as lacking for the figure: only open deals need a next step, only ended ones a closing day."""
    lacking = table[name].isnull() | (table[name] == 0) if name == "amount" else table[name].isnull()
    if name == "next_step":
        return lacking & (table.state == State.OPEN.code)
    if name == "closed":
        return lacking & table.state.isin([State.WON.code, State.LOST.code])
    if name == "reason":
        return lacking & (table.state == State.LOST.code)
    return lacking & (table.state != State.LEFT_OUT.code)


def _has_value(table: ir.Table, found: LossMap, pick: Pick) -> ir.BooleanValue:
    """The value itself, none, or everything beyond the largest groups."""
    cell = table[pick.field]
    if pick.value == REST:
        return cell.notnull() & ~cell.isin(list(_named(found, pick.field)) or [""])
    return cell == pick.value if pick.value else cell.isnull()


def _named(found: LossMap, field: str) -> Sequence[str]:
    if field == "reason":
        return [value for value, _sums in found.reasons if value not in ("", REST)]
    return [one.value for one in found.group(field) if one.value and not one.is_rest]
