"""Deals from the rows of a list: one row per deal, with state, place on the ladder, money and days.

A list holds each deal once, or is a history that holds a row for each stage a deal came into.
"""

from dataclasses import dataclass

import ibis
import ibis.expr.types as ir
import numpy as np

from implement.engine.backend import Backend, hash_cells
from implement.engine.funnel.cells import TEXTS, UNREAD, type_rows
from implement.engine.funnel.settings import DEFAULT_FUNNEL, FunnelSettings
from implement.engine.funnel.stages import ListPlan, State
from implement.engine.funnel.tallies import days_between, tally_deals
from implement.engine.intake import SourceTable

SECONDS_AN_HOUR = 3600
SAID = (
    *TEXTS, "opened", "closed", "since", "due", "amount", "answered", "asked_at", "elapsed", "stage", "state", "place",
    "lost_place",
)  # fmt: skip
SAID_OF_ALL = ("row", *TEXTS, "stage", "state", "place", "amount", "opened")
KEPT: dict[str, tuple[str, ...]] = {
    "state": (), "place": (), "days": (), "amount": ("amount",), "opened": ("opened",),
    "closed": ("closed",), "due": ("due", "closed"), "answer_hours": ("answered",),
}  # fmt: skip
"""What is looked at deal by deal, each with the columns of which the list must have one to say it."""
NAMED = ("client", "reason", "channel", "segment")
"""The texts among it: kept where the list has them."""


@dataclass(frozen=True)
class Deals:
    """The deals of a list as one table, and the stays in open stages where it is a history.

    `table`: state, place, amount, currency, opened, closed, due, days, answer_hours, and of client, reason, channel and
    segment what the list has. `tallied`: what only adds up, by everything deals are told apart by. `stays`: place,
    days, has_ended, is_won. `repeated` rows say again what another row says, `unread` cells are there and cannot be
    read.
    """

    table: ir.Table
    tallied: ir.Table
    stays: ir.Table | None
    repeated: int
    unread: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Settled:
    """The deals with everything that is known of them; `as_listed` when each row is a deal of its own."""

    table: ir.Table
    typed: ir.Table
    stays: ir.Table | None = None
    as_listed: bool = False


def read_deals(
    source: SourceTable, plan: ListPlan, backend: Backend, settings: FunnelSettings = DEFAULT_FUNNEL
) -> Deals:
    """Settle the deals of a list, tally what only adds up, and keep what is looked at deal by deal."""
    settled = settle_deals(source, plan, backend, settings)
    whole = settled.table if settled.as_listed else backend.keep_numbers(settled.table, "settled")
    tallied = backend.keep_numbers(tally_deals(whole, plan), "tallied")
    table = _keep_lean(whole, plan, backend) if settled.as_listed else whole
    unread = _count_unread(tallied if settled.as_listed else settled.typed, backend)
    if settled.stays is not None:
        return Deals(table, tallied, backend.keep_numbers(settled.stays, "stays"), 0, unread)
    (left,) = _fetch(tallied.aggregate(left=tallied.n.sum().coalesce(0)), backend)
    return Deals(table, tallied, None, source.row_count - left, unread)


def settle_deals(
    source: SourceTable, plan: ListPlan, backend: Backend, settings: FunnelSettings = DEFAULT_FUNNEL
) -> Settled:
    """Type the confirmed columns, settle rows that stand for the same deal, and say what each deal is.

    The table has `row` and every text, NULL where the list does not say it. Cells are read by the embedded engine,
    whichever engine counts.
    """
    typed = backend.adopt(type_rows(source.relation, plan))
    if not plan.has("deal") or _is_key(source.relation, plan.columns["deal"], backend.embedded):
        return Settled(judge_deals(typed, plan), typed, as_listed=True)
    typed = backend.keep_numbers(typed, "typed")
    travelled, deals = _count_travelled(typed, backend)
    if travelled < settings.history_share * deals:
        return Settled(judge_deals(_once(typed), plan), typed)
    last, stays = follow_history(typed, plan)
    table = judge_deals(last, plan)
    won = table.filter(table.state == State.WON.code).select("deal").mutate(is_won=True)
    return Settled(table, typed, stays.left_join(won, "deal").select("place", "days", "has_ended", "is_won"))


def judge_deals(table: ir.Table, plan: ListPlan) -> ir.Table:
    """What each deal is: an open deal's closing day is only expected, a won one has come all the way.

    Days run from the opening to the closing; of open deals from the day their stage began, else from the opening.
    """
    is_open = table.state == State.OPEN.code
    no_day = ibis.null("date")
    begun = ibis.ifelse(is_open, ibis.coalesce(table.since, table.opened), table.opened)
    end = ibis.ifelse(is_open, ibis.literal(plan.as_of), table.closed)
    days = ibis.ifelse(end >= begun, days_between(begun, end), ibis.null("float64"))
    hours = (table.answered.epoch_seconds() - table.asked_at.epoch_seconds()).cast("float64") / SECONDS_AN_HOUR
    return table.select(
        *SAID_OF_ALL,
        *(name for name in table.columns if name.startswith(UNREAD)),
        closed=ibis.ifelse(is_open, no_day, table.closed),
        due=ibis.coalesce(table.due, ibis.ifelse(is_open, table.closed, no_day)),
        reached=_reached(table, plan),
        days=ibis.coalesce(days, table.elapsed),
        is_backwards=(~is_open & (table.closed < table.opened)).fill_null(False),
        answer_hours=ibis.ifelse(hours >= 0, hours, ibis.null("float64")),
    )


def follow_history(typed: ir.Table, plan: ListPlan) -> tuple[ir.Table, ir.Table]:
    """Each deal as its last row says, and how long it stayed in each open stage; a stage entered again counts once."""
    rows = typed.filter(typed.deal.notnull())
    rows = rows.mutate(
        begun=ibis.coalesce(rows.since, rows.opened, rows.closed),
        order=ibis.ifelse(rows.state == State.OPEN.code, rows.place, len(plan.stages) + 1),
    )
    steps = rows.group_by("deal", "stage", "state", "place", "order").aggregate(begun=rows.begun.min())
    way = ibis.window(group_by="deal", order_by=[steps.begun, steps.order, steps.stage])
    steps = steps.mutate(until=steps.begun.lead().over(way), after=steps.stage.lead().over(way))
    passed = steps.filter((steps.state == State.OPEN.code) & steps.begun.notnull())
    days = days_between(passed.begun, ibis.coalesce(passed.until, ibis.literal(plan.as_of)))
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
    over = joined.state != State.OPEN.code
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
        (table.state == State.OPEN.code, table.place),
        (table.state == State.WON.code, len(plan.ladder)),
        (table.state == State.LOST.code, lost),
        else_=0,
    ).cast("int16")


def _keep_lean(table: ir.Table, plan: ListPlan, backend: Backend) -> ir.Table:
    """What is looked at deal by deal; what the list does not say is not written down once for every deal."""
    said = [name for name, needs in KEPT.items() if not needs or any(plan.has(need) for need in needs)]
    said += ["currency"] if plan.names_currency else []
    kept = backend.keep_numbers(table.select(*said, *(name for name in NAMED if plan.has(name))), "deals")
    return kept.mutate(**{name: ibis.null(table[name].type()) for name in (*KEPT, "currency") if name not in said})


def _is_key(relation: ir.Table, column: str, backend: Backend) -> bool:
    """True when no deal stands twice: sorting what the keys hash to costs a third of counting them.

    Two keys of one hash, and a key with blanks around it, are looked at as if they were one.
    """
    keyed = relation.filter(relation[column].notnull())
    key = keyed[column]
    hashes = backend.connection.to_pyarrow(keyed.select(hash=hash_cells([key], backend)))["hash"].to_numpy()
    hashes = np.sort(hashes)
    (untidy,) = _fetch(keyed.aggregate(n=(key.startswith(" ") | key.endswith(" ")).sum().coalesce(0)), backend)
    return not untidy and not bool((hashes[1:] == hashes[:-1]).any())


def _count_unread(table: ir.Table, backend: Backend) -> tuple[tuple[str, int], ...]:
    """Cells that are there and cannot be read, by what they should say."""
    counts = {name: table[name].sum().coalesce(0) for name in table.columns if name.startswith(UNREAD)}
    if not counts:
        return ()
    found = zip(counts, _fetch(table.aggregate(**counts), backend), strict=True)
    return tuple(sorted((name.removeprefix(UNREAD), n) for name, n in found if n))


def _count_travelled(typed: ir.Table, backend: Backend) -> tuple[int, ...]:
    """Deals that stand in more than one stage, and deals."""
    stages = typed.filter(typed.deal.notnull()).group_by("deal").aggregate(stages=typed.stage.nunique())
    return _fetch(stages.aggregate(travelled=(stages.stages > 1).sum().coalesce(0), deals=stages.count()), backend)


def _fetch(totals: ir.Table, backend: Backend) -> tuple[int, ...]:
    (row,) = backend.connection.to_pyarrow(totals).to_pylist()
    return tuple(int(value) for value in row.values())
