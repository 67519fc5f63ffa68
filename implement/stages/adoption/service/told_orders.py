"""Orders as the usage log tells of them, for the clocks of an order's chain (M76–M82)."""

from collections.abc import Sequence
from dataclasses import replace

import ibis.expr.types as ir

from implement.engine.backend import Backend
from implement.engine.rehearsal import EventKind, OrdersAsked, OrdersFound
from implement.engine.rehearsal import events as engine
from implement.rollout.service.rollouts import zone_of
from implement.stages.adoption.service.log import LogBasis, gather_log, read_log
from implement.store import Store


def list_kinds(rollout_id: int, store: Store) -> Sequence[tuple[EventKind, int]]:
    """The kinds of event in the log; none without one, and of a log that knows no time of day."""
    basis = _gather(rollout_id, store)
    return (basis and read_log(basis, lambda events, _columns, backend: engine.count_kinds(events, backend))) or []


def find_orders(rollout_id: int, asked: OrdersAsked, store: Store) -> OrdersFound | None:
    """The orders that the log tells of; None without one."""
    zone, basis = zone_of(rollout_id), _gather(rollout_id, store)

    def read(events: ir.Table, _columns: frozenset[str], backend: Backend) -> OrdersFound | None:
        return engine.find_orders(events, asked, zone, backend)

    return read_log(basis, read) if basis else None


def _gather(rollout_id: int, store: Store) -> LogBasis | None:
    """The parts of the log that tell the time of day: against days no clock of minutes can be held."""
    basis = gather_log(rollout_id, store)
    timed = tuple(part for part in basis.parts if part.has_clock) if basis else ()
    return replace(basis, parts=timed) if basis and timed else None
