"""Deals of clients who had bought before, and deadlines that were missed."""

from collections.abc import Mapping

import ibis
import ibis.expr.types as ir

from implement.engine.backend import Backend
from implement.engine.funnel.counting import fetch, read_sums, spread_by, tally
from implement.engine.funnel.figures import NOTHING, Deadlines, Repeats, Spread
from implement.engine.funnel.groups import rank_reasons
from implement.engine.funnel.settings import FunnelSettings
from implement.engine.funnel.stages import ListPlan, State


def mark_repeats(table: ir.Table) -> ir.Table:
    """The deals of clients who had bought on a day before this deal began (before it ended, where no day began it)."""
    won = table.filter((table.state == State.WON.value) & table.client.notnull() & table.closed.notnull())
    first = won.group_by("client").aggregate(first_bought=won.closed.min())
    joined = table.inner_join(first, "client")
    return joined.filter(ibis.coalesce(joined.opened, joined.closed) > joined.first_bought)


def mark_missed(table: ir.Table, plan: ListPlan) -> ir.Table:
    """Deals with a day by which something was due, and by how many days they missed it; None: not missed."""
    due = table.filter(table.due.notnull() & (table.state != State.LEFT_OUT.value))
    is_open = due.state == State.OPEN.value
    end = ibis.ifelse(is_open, ibis.literal(plan.as_of), due.closed)
    late = (end.epoch_days() - due.due.epoch_days()).cast("float64")
    return due.mutate(is_still_open=is_open, days_late=ibis.ifelse(late > 0, late, ibis.null("float64")))


def find_repeats(table: ir.Table, plan: ListPlan, backend: Backend, settings: FunnelSettings) -> Repeats:
    """How many clients bought, bought again, and refused a further offer, with their reasons (M13)."""
    has_reason = plan.has("reason")
    won = table.filter((table.state == State.WON.value) & table.client.notnull())
    clients = won.group_by("client").aggregate(deals=won.count())
    (counts,) = fetch(clients.aggregate(n=clients.count(), again=(clients.deals > 1).sum().coalesce(0)), backend)
    marked = mark_repeats(table)
    counted = backend.keep_numbers(tally(marked, ["state", *(["reason"] if has_reason else [])]), "repeats")
    refused = counted.filter(counted.state == State.LOST.value)
    sums = read_sums(fetch(counted, backend), ["state"])
    return Repeats(
        bought=int(str(counts["n"])),
        bought_again=int(str(counts["again"])),
        won=sums.get((State.WON.value,), NOTHING),
        refused=sums.get((State.LOST.value,), NOTHING),
        open=sums.get((State.OPEN.value,), NOTHING),
        reasons=rank_reasons(refused, backend, settings) if has_reason else (),
    )


def find_deadlines(table: ir.Table, plan: ListPlan, backend: Backend, settings: FunnelSettings) -> Deadlines:
    """How many deadlines were missed, by how many days, and in whose deals; a page shows them by role (M14)."""
    due = backend.keep_numbers(mark_missed(table, plan), "due")
    is_missed = due.days_late.notnull()
    totals = {"due": due.count(), "missed": is_missed.sum().coalesce(0)}
    (row,) = fetch(due.aggregate(**totals, still=(is_missed & due.is_still_open).sum().coalesce(0)), backend)
    owners = _count_owners(due, totals, settings) if plan.has("owner") else None
    return Deadlines(
        due=int(str(row["due"])),
        missed=int(str(row["missed"])),
        still_open=int(str(row["still"])),
        days_late=spread_by(due, "days_late", [], backend).get((), Spread()),
        by_owner=tuple(
            (str(one["owner"] or ""), int(str(one["due"])), int(str(one["missed"])))
            for one in (fetch(owners, backend) if owners is not None else ())
        ),
    )


def _count_owners(due: ir.Table, totals: Mapping[str, ir.Scalar], settings: FunnelSettings) -> ir.Table:
    counted = due.group_by("owner").aggregate(**totals)
    return counted.order_by(ibis.desc("due"), "owner").limit(settings.most_owners)
