"""The figures of a month's export, and what moved since the month before."""

from datetime import date, timedelta

import ibis
import ibis.expr.types as ir

from implement.engine.backend import Backend
from implement.engine.client_base.figures import BaseFigures, ChannelFigures, Movement, SegmentMove
from implement.engine.funnel import State
from implement.engine.funnel.counting import Row, fetch, sum_by
from implement.engine.funnel.figures import NOTHING

YEAR = timedelta(days=365)
MOST_GROUPS = 40


def measure_base(
    table: ir.Table, names: ir.Table, backend: Backend, *, first_day: date, last_day: date, listed: bool
) -> BaseFigures:
    """Count the base of an export: `table` are its deals, `names` its clients (M39, M40, M48)."""
    month = _deals_of_month(table, first_day, last_day)
    sums = sum_by(month.filter(month.ended_within), ["state"], backend)
    (opened,) = fetch(month.aggregate(n=month.begun_within.sum().coalesce(0).cast("int64")), backend)
    buyers = _count_buyers(table, first_day, last_day, backend)
    (clients,) = fetch(names.aggregate(n=names.count()), backend)
    return BaseFigures(
        first_day=first_day,
        last_day=last_day,
        clients=_count(clients, "n"),
        listed=listed,
        bought=_count(buyers, "bought"),
        active=_count(buyers, "active"),
        asleep=_count(buyers, "bought") - _count(buyers, "active"),
        buyers=_count(buyers, "buyers"),
        new_buyers=_count(buyers, "fresh"),
        opened=_count(opened, "n"),
        won=sums.get((State.WON.code,), NOTHING),
        lost=sums.get((State.LOST.code,), NOTHING),
        segments=_list_segments(names, backend),
        channels=_list_channels(month, backend) if "channel" in table.columns else (),
    )


def compare_bases(before: ir.Table, after: ir.Table, backend: Backend) -> Movement:
    """Which clients stayed, came and went between two exports, and which changed their segment."""
    old, new = before.rename(old="segment"), after.rename(new="segment", name="client")
    both = old.outer_join(new, old.client == new.name)
    (row,) = fetch(
        both.aggregate(
            stayed=(both.client.notnull() & both.name.notnull()).sum().coalesce(0).cast("int64"),
            new=both.client.isnull().sum().coalesce(0).cast("int64"),
            gone=both.name.isnull().sum().coalesce(0).cast("int64"),
        ),
        backend,
    )
    moved = both.filter(both.client.notnull() & both.name.notnull() & (both.old != both.new))
    counted = moved.group_by("old", "new").aggregate(n=moved.count()).order_by(ibis.desc("n"), "old", "new")
    moves = tuple(
        SegmentMove(str(one["old"]), str(one["new"]), _count(one, "n"))
        for one in fetch(counted.limit(MOST_GROUPS), backend)
    )
    return Movement(_count(row, "stayed"), _count(row, "new"), _count(row, "gone"), moves)


def _deals_of_month(table: ir.Table, first_day: date, last_day: date) -> ir.Table:
    begun = table.opened.between(first_day, last_day).fill_null(False)
    ended = table.closed.between(first_day, last_day).fill_null(False)
    return table.mutate(begun_within=begun, ended_within=ended).filter(begun | ended)


def _count_buyers(table: ir.Table, first_day: date, last_day: date, backend: Backend) -> Row:
    won = table.filter(
        (table.state == State.WON.code) & table.client.notnull() & (table.closed <= ibis.literal(last_day))
    )
    clients = won.group_by("client").aggregate(
        first=won.closed.min(), last=won.closed.max(), within=(won.closed >= ibis.literal(first_day)).sum()
    )
    totals = clients.aggregate(
        bought=clients.count(),
        active=(clients["last"] > ibis.literal(last_day - YEAR)).sum().coalesce(0).cast("int64"),
        buyers=(clients.within > 0).sum().coalesce(0).cast("int64"),
        fresh=(clients["first"] >= ibis.literal(first_day)).sum().coalesce(0).cast("int64"),
    )
    return fetch(totals, backend)[0]


def _list_segments(names: ir.Table, backend: Backend) -> tuple[tuple[str, int], ...]:
    counted = names.group_by("segment").aggregate(n=names.count()).order_by(ibis.desc("n"), "segment")
    return tuple((str(row["segment"]), _count(row, "n")) for row in fetch(counted.limit(MOST_GROUPS), backend))


def _list_channels(month: ir.Table, backend: Backend) -> tuple[ChannelFigures, ...]:
    begun = month.filter(month.begun_within)
    counted = begun.group_by("channel").aggregate(n=begun.count())
    opened = {str(row["channel"] or ""): _count(row, "n") for row in fetch(counted, backend)}
    ended = sum_by(month.filter(month.ended_within), ["channel", "state"], backend)
    values = sorted({*opened, *(str(key[0]) for key in ended)}, key=lambda value: (-opened.get(value, 0), value))
    return tuple(
        ChannelFigures(
            value,
            opened.get(value, 0),
            ended.get((value, State.WON.code), NOTHING),
            ended.get((value, State.LOST.code), NOTHING),
        )
        for value in values[:MOST_GROUPS]
    )


def _count(row: Row, name: str) -> int:
    return int(str(row[name] or 0))
