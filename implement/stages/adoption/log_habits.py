"""Habits that only the events of the last weeks can tell, with the lists that stand beside them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import ibis
import pyarrow as pa

from implement.engine.backend import Backend
from implement.engine.exchange import Exchange, Meeting, Person, Workforce
from implement.engine.resistance import DEFAULT_RESISTANCE, NO_HABITS, Habits, count_habits
from implement.stages.adoption.log_parts import PartFile, join_log, keep_joined


@dataclass(frozen=True)
class Beside:
    """What lists beside the log tell of habits: teams' meetings, orders, keys of lost records; None is not known.

    `people` are users as the log writes them, each with the team; orders are user, day and deal.
    """

    people: tuple[Person, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    orders: Sequence[tuple[str, date, str]] | None = None
    lost_keys: pa.ChunkedArray | None = None

    def join(self, exchange: Exchange) -> Exchange:
        """The log with these lists beside it."""
        orders, keys = self.orders, self.lost_keys
        return replace(
            exchange,
            workforce=Workforce(self.people, meetings=self.meetings),
            orders=None if orders is None else ibis.memtable(_orders_table(orders)),
            migration=None if keys is None else ibis.memtable(_lost_table(keys)),
        )


def count_habits_in(parts: Sequence[PartFile], as_of: date, backend: Backend, beside: Beside) -> Habits:
    """Count the habits of the last weeks that the days cannot show, from every part that holds them."""
    settings = DEFAULT_RESISTANCE.habits
    first_day = as_of - timedelta(days=settings.long_window_days - 1)
    touched = [part for part in parts if part.first_day <= as_of and part.last_day >= first_day]
    if not touched:
        return NO_HABITS
    log = keep_joined(join_log(touched, first_day, as_of, backend.embedded), touched, backend)
    return count_habits(beside.join(log), backend, as_of, settings)


def _orders_table(orders: Sequence[tuple[str, date, str]]) -> pa.Table:
    users, days, deals = zip(*orders, strict=True) if orders else ((), (), ())
    columns = {"user": pa.array(users, pa.string()), "date": pa.array(days, pa.date32())}
    return pa.table({**columns, "crm_deal_id": pa.array(deals, pa.string())})


def _lost_table(keys: pa.ChunkedArray) -> pa.Table:
    return pa.table({"record_id": keys, "status": pa.array(["lost"] * len(keys), pa.string())})
