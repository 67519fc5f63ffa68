"""Deals of clients who had bought before, and deadlines that were missed."""

from collections.abc import Mapping

import ibis
import ibis.expr.types as ir

from implement.engine.backend import Backend
from implement.engine.funnel.counting import fetch, read_sums, spread_by, tally
from implement.engine.funnel.deals import Deals
from implement.engine.funnel.figures import NOTHING, Deadlines, Repeats, Spread
from implement.engine.funnel.groups import list_reasons
from implement.engine.funnel.settings import FunnelSettings
from implement.engine.funnel.stages import ListPlan, State
from implement.engine.funnel.tallies import days_late


def mark_repeats(table: ir.Table) -> ir.Table:
    """The deals of clients who had bought on a day before this deal began (before it ended, where no day began it)."""
    won = table.filter((table.state == State.WON.code) & table.client.notnull() & table.closed.notnull())
    first = won.group_by("client").aggregate(first_bought=won.closed.min())
    joined = table.inner_join(first, "client")
    return joined.filter(ibis.coalesce(joined.opened, joined.closed) > joined.first_bought)


def find_repeats(table: ir.Table, plan: ListPlan, backend: Backend, settings: FunnelSettings) -> Repeats:
    """How many clients bought, bought again, and refused a further offer, with their reasons (M13)."""
    has_reason = plan.has("reason")
    won = table.filter((table.state == State.WON.code) & table.client.notnull())
    clients = won.group_by("client").aggregate(deals=won.count())
    (counts,) = fetch(clients.aggregate(n=clients.count(), again=(clients.deals > 1).sum().coalesce(0)), backend)
    marked = mark_repeats(table)
    counted = backend.keep_numbers(tally(marked, ["state", *(["reason"] if has_reason else [])]), "repeats")
    refused = counted.filter(counted.state == State.LOST.code)
    sums = read_sums(fetch(counted, backend), ["state"])
    return Repeats(
        bought=int(str(counts["n"])),
        bought_again=int(str(counts["again"])),
        won=sums.get((State.WON.code,), NOTHING),
        refused=sums.get((State.LOST.code,), NOTHING),
        open=sums.get((State.OPEN.code,), NOTHING),
        reasons=list_reasons(refused, backend, settings) if has_reason else (),
    )


def find_deadlines(deals: Deals, plan: ListPlan, backend: Backend, settings: FunnelSettings) -> Deadlines:
    """How many deadlines were missed, by how many days, and in whose deals; a page shows them by role (M14)."""
    tallied = deals.tallied
    counts = {name: tallied[name].sum().coalesce(0).cast("int64") for name in ("due", "missed", "still_missed")}
    (row,) = fetch(tallied.aggregate(**counts), backend)
    late = deals.table.select(days_late=days_late(deals.table, plan))
    return Deadlines(
        due=int(str(row["due"])),
        missed=int(str(row["missed"])),
        still_open=int(str(row["still_missed"])),
        days_late=spread_by(late, "days_late", [], backend).get((), Spread()),
        by_owner=_count_owners(tallied, counts, backend, settings) if plan.has("owner") else (),
    )


def _count_owners(
    tallied: ir.Table, counts: Mapping[str, ir.Scalar], backend: Backend, settings: FunnelSettings
) -> tuple[tuple[str, int, int], ...]:
    counted = tallied.group_by("owner").aggregate(**counts)
    most = counted.filter(counted.due > 0).order_by(ibis.desc("due"), "owner").limit(settings.most_owners)
    return tuple(
        (str(one["owner"] or ""), int(str(one["due"])), int(str(one["missed"]))) for one in fetch(most, backend)
    )
