"""What only adds up, in one pass: deals by everything they are told apart by, with money, gaps and deadlines."""

from collections.abc import Mapping, Sequence

import ibis
import ibis.expr.types as ir

from implement.engine.funnel.cells import UNREAD
from implement.engine.funnel.stages import ListPlan, State

PLACED = ("stage", "state", "place", "reached")
TOLD_APART = ("owner", "reason", "product", "channel", "segment")
LACKING = ("client", "next_step", "opened", "closed", "amount", "owner", "reason")
ENDED = (State.WON.code, State.LOST.code)
FIRST, LAST = "first_closed", "last_closed"


def tally_deals(table: ir.Table, plan: ListPlan) -> ir.Table:
    """One row per stage, reach, currency and every text by which deals are told apart; the rest are sums.

    `n` deals, `valued` of them with `money`, `backwards`, `due`, `missed`, `still_missed`, `no_…` for each gap, and the
    first and last day on which one ended.
    """
    texts = [name for name in TOLD_APART if plan.has(name)]
    is_missed = _is_missed(table, plan)
    counted = {
        "valued": table.amount.notnull() & (table.amount != 0),
        "backwards": table.is_backwards,
        "due": _is_due(table),
        "missed": is_missed,
        "still_missed": is_missed & (table.state == State.OPEN.code),
    } | {name: table[name] for name in table.columns if name.startswith(UNREAD)}
    counted |= {f"no_{name}": table[name].isnull() for name in LACKING if plan.has(name) and name != "amount"}
    ended = ibis.ifelse(table.state.isin(ENDED), table.closed, ibis.null("date"))
    return table.group_by(*PLACED, "currency", *texts).aggregate(
        n=table.count(), money=table.amount.sum(), **_sum_each(counted), **{FIRST: ended.min(), LAST: ended.max()}
    )


def add_tallies(tallied: ir.Table, keys: Sequence[str]) -> ir.Table:
    """The same by fewer keys, and by currency."""
    days = {FIRST: tallied[FIRST].min(), LAST: tallied[LAST].max(), "money": tallied.money.sum()}
    named = {*PLACED, "currency", *TOLD_APART, *days}
    counts = {name: tallied[name] for name in tallied.columns if name not in named}
    return tallied.group_by(*keys, "currency").aggregate(**days, **_sum_each(counts))


def days_late(table: ir.Table, plan: ListPlan) -> ir.FloatingValue:
    """By how many days a deal missed the day by which something was due; NULL where it missed none (M14)."""
    return ibis.ifelse(_is_missed(table, plan), days_between(table.due, _end_of(table, plan)), ibis.null("float64"))


def days_between(first: ir.DateValue, last: ir.DateValue) -> ir.FloatingValue:
    """Whole days from one day to another."""
    return last.delta(first, unit="day").cast("float64")


def _end_of(table: ir.Table, plan: ListPlan) -> ir.DateValue:
    return ibis.ifelse(table.state == State.OPEN.code, ibis.literal(plan.as_of), table.closed)


def _is_missed(table: ir.Table, plan: ListPlan) -> ir.BooleanValue:
    return (_is_due(table) & (_end_of(table, plan) > table.due)).fill_null(False)


def _is_due(table: ir.Table) -> ir.BooleanValue:
    return table.due.notnull() & (table.state != State.LEFT_OUT.code)


def _sum_each(counts: Mapping[str, ir.Column]) -> dict[str, ir.Scalar]:
    return {name: value.sum().coalesce(0).cast("int64") for name, value in counts.items()}
