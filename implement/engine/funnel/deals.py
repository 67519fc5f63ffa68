"""Deals from the rows of a list: one row per deal, with state, place on the ladder, money and days.

A list holds each deal once, or is a history that holds a row for each stage a deal came into.
"""

from dataclasses import dataclass, replace

import ibis
import ibis.expr.types as ir

from implement.engine.backend import Backend
from implement.engine.funnel.cells import TEXTS, type_rows
from implement.engine.funnel.settings import DEFAULT_FUNNEL, FunnelSettings
from implement.engine.funnel.stages import ListPlan, State
from implement.engine.intake import SourceTable

SECONDS_AN_HOUR = 3600
SAID = (
    *TEXTS, "opened", "closed", "since", "due", "amount", "answered", "asked_at", "elapsed", "stage", "state", "place",
    "lost_place",
)  # fmt: skip
SAID_OF_ALL = ("row", *TEXTS, "stage", "state", "place", "amount", "opened")
KEPT = (
    "stage", "state", "place", "reached", "amount", "currency", "opened", "closed", "due", "days", "answer_hours",
    "is_backwards",
)  # fmt: skip
COUNTED = ("client", "owner", "reason", "product", "channel", "segment", "next_step")


@dataclass(frozen=True)
class Deals:
    """The deals of a list as one table, and the stays in open stages where it is a history.

    `table`: stage, state, place, reached (0: not known), amount, currency, opened, closed, due, days, answer_hours,
    is_backwards, and those texts that the list has. `stays`: place, days, has_ended, is_won. `repeated` rows say again
    what another row says.
    """

    table: ir.Table
    stays: ir.Table | None = None
    repeated: int = 0


def read_deals(
    source: SourceTable, plan: ListPlan, backend: Backend, settings: FunnelSettings = DEFAULT_FUNNEL
) -> Deals:
    """Settle the deals of a list and keep of them what is counted."""
    deals = settle_deals(source, plan, backend, settings)
    kept = backend.keep_numbers(deals.table.select(*KEPT, *(name for name in COUNTED if plan.has(name))), "deals")
    if deals.stays is not None:
        return replace(deals, table=kept, stays=backend.keep_numbers(deals.stays, "stays"))
    (left,) = _fetch(kept.aggregate(left=kept.count()), backend)
    return replace(deals, table=kept, repeated=source.row_count - left)


def settle_deals(
    source: SourceTable, plan: ListPlan, backend: Backend, settings: FunnelSettings = DEFAULT_FUNNEL
) -> Deals:
    """Type the confirmed columns, settle rows that stand for the same deal, and say what each deal is.

    The table has `row` and every text, NULL where the list does not say it.
    """
    relation = backend.adopt(source.relation)
    typed = type_rows(relation, plan)
    if not plan.has("deal"):
        return Deals(judge_deals(typed, plan))
    key = relation[plan.columns["deal"]]
    padded = (key.startswith(" ") | key.endswith(" ")).sum().coalesce(0)
    keyed, deals, untidy = _fetch(relation.aggregate(keyed=key.count(), deals=key.nunique(), untidy=padded), backend)
    if keyed == deals and not untidy:
        return Deals(judge_deals(typed, plan))
    typed = backend.keep_numbers(typed, "typed")
    if _count_travelled(typed, backend) < settings.history_share * deals:
        return Deals(judge_deals(_once(typed), plan))
    last, stays = follow_history(typed, plan)
    table = judge_deals(last, plan)
    won = table.filter(table.state == State.WON.value).select("deal").mutate(is_won=True)
    return Deals(table, stays.left_join(won, "deal").select("place", "days", "has_ended", "is_won"))


def judge_deals(table: ir.Table, plan: ListPlan) -> ir.Table:
    """What each deal is: an open deal's closing day is only expected, a won one has come all the way.

    Days run from the opening to the closing; of open deals from the day their stage began, else from the opening.
    """
    is_open = table.state == State.OPEN.value
    no_day = ibis.null("date")
    closed = ibis.ifelse(is_open, no_day, table.closed)
    begun = ibis.ifelse(is_open, ibis.coalesce(table.since, table.opened), table.opened)
    days = _days_between(begun, ibis.ifelse(is_open, ibis.literal(plan.as_of), closed))
    hours = (table.answered.epoch_seconds() - table.asked_at.epoch_seconds()).cast("float64") / SECONDS_AN_HOUR
    return table.select(
        *SAID_OF_ALL,
        closed=closed,
        due=ibis.coalesce(table.due, ibis.ifelse(is_open, table.closed, no_day)),
        reached=_reached(table, plan),
        days=ibis.coalesce(ibis.ifelse(days >= 0, days, ibis.null("float64")), table.elapsed),
        is_backwards=(~is_open & (table.closed < table.opened)).fill_null(False),
        answer_hours=ibis.ifelse(hours >= 0, hours, ibis.null("float64")),
    )


def follow_history(typed: ir.Table, plan: ListPlan) -> tuple[ir.Table, ir.Table]:
    """Each deal as its last row says, and how long it stayed in each open stage; a stage entered again counts once."""
    rows = typed.filter(typed.deal.notnull())
    rows = rows.mutate(
        begun=ibis.coalesce(rows.since, rows.opened, rows.closed),
        order=ibis.ifelse(rows.state == State.OPEN.value, rows.place, len(plan.stages) + 1),
    )
    steps = rows.group_by("deal", "stage", "state", "place", "order").aggregate(begun=rows.begun.min())
    way = ibis.window(group_by="deal", order_by=[steps.begun, steps.order, steps.stage])
    steps = steps.mutate(until=steps.begun.lead().over(way), after=steps.stage.lead().over(way))
    passed = steps.filter((steps.state == State.OPEN.value) & steps.begun.notnull())
    days = _days_between(passed.begun, ibis.coalesce(passed.until, ibis.literal(plan.as_of)))
    stays = passed.select("deal", "place", days=days, has_ended=passed.until.notnull())
    return _join_last(rows, steps.filter(steps.after.isnull())), stays.filter(stays.days >= 0)


def _join_last(rows: ir.Table, last: ir.Table) -> ir.Table:
    """One row per deal: the stage that came last; of texts and amounts the greatest that any of its rows says."""
    texts = {name: rows[name].max() for name in TEXTS if name != "deal"}
    said = rows.group_by("deal").aggregate(
        row=rows.row.min(),
        **texts,
        **{name: rows[name].max() for name in ("amount", "due", "elapsed", "closed")},
        **{name: rows[name].min() for name in ("answered", "asked_at")},
        opened=ibis.coalesce(rows.opened.min(), rows.begun.min()),
        lost_place=rows.place.max(),
    )
    ends = last.select("deal", "stage", "state", "place", since=last.begun)
    joined = said.inner_join(ends, "deal")
    over = joined.state != State.OPEN.value
    closed = ibis.coalesce(joined.closed, ibis.ifelse(over, joined.since, ibis.null("date")))
    return joined.mutate(closed=closed)


def _once(typed: ir.Table) -> ir.Table:
    """Rows that say the same of the same deal, once; rows without a key are deals of their own."""
    keyed = typed.filter(typed.deal.notnull())
    once = keyed.group_by(*SAID).aggregate(row=keyed.row.min())
    loose = typed.filter(typed.deal.isnull())
    return once.union(loose.select(*once.columns))


def _reached(table: ir.Table, plan: ListPlan) -> ir.IntegerValue:
    assumed = next((stage.place for stage in plan.ladder if stage.name == plan.lost_in), 0)
    lost = ibis.ifelse(table.lost_place > 0, table.lost_place, assumed)
    return ibis.cases(
        (table.state == State.OPEN.value, table.place),
        (table.state == State.WON.value, len(plan.ladder)),
        (table.state == State.LOST.value, lost),
        else_=0,
    ).cast("int64")


def _days_between(first: ir.DateValue, last: ir.DateValue) -> ir.FloatingValue:
    return (last.epoch_days() - first.epoch_days()).cast("float64")


def _count_travelled(typed: ir.Table, backend: Backend) -> int:
    """Deals that stand in more than one stage."""
    stages = typed.filter(typed.deal.notnull()).group_by("deal").aggregate(stages=typed.stage.nunique())
    return _fetch(stages.aggregate(travelled=(stages.stages > 1).sum().coalesce(0)), backend)[0]


def _fetch(totals: ir.Table, backend: Backend) -> tuple[int, ...]:
    (row,) = backend.connection.to_pyarrow(totals).to_pylist()
    return tuple(int(value) for value in row.values())
