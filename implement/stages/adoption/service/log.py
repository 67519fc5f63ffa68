"""The log of a rollout as later rooms read it: events of some days, each once, never by name."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

import ibis.expr.types as ir

from implement.engine.backend import Backend, open_backend
from implement.rollout.service.usage import span_of_usage
from implement.stages.adoption.log_parts import PartFile, join_log
from implement.stages.adoption.service.parts import list_parts
from implement.store import Store

Read = TypeVar("Read")


@dataclass(frozen=True)
class LogBasis:
    """Which files hold the log, and which days it covers; gathered in the database, read without it."""

    parts: tuple[PartFile, ...]
    first_day: date
    last_day: date


def gather_log(rollout_id: int, store: Store) -> LogBasis | None:
    """The log of a rollout; None before any usage is known."""
    span, parts = span_of_usage(rollout_id), list_parts(rollout_id, store)
    if span is None or not parts:
        return None
    first = max(span[0], min(part.first_day for part in parts))
    return LogBasis(tuple(parts), first, min(span[1], max(part.last_day for part in parts)))


def read_log(basis: LogBasis, read: Callable[[ir.Table, frozenset[str], Backend], Read]) -> Read | None:
    """Hand the typed events and the columns the log has to a reader; None where the parts hold none."""
    with open_backend() as backend:
        exchange = join_log(basis.parts, basis.first_day, basis.last_day, backend)
        return None if exchange.events is None else read(exchange.events, exchange.columns, backend)
