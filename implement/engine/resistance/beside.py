"""What other tables tell about a user: orders the CRM knew before booking, searches for records that were lost."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import ibis.expr.types as ir

from implement.engine.backend import Backend
from implement.engine.exchange import DEFAULT_ZONE, Exchange
from implement.engine.exchange.events import plain_id
from implement.engine.exchange.instants import local_stamps, recognise_instants

LOST_WORDS = (
    "lost", "missing", "dropped", "failed", "error", "not migrated", "rejected", "verloren", "fehlt", "fehlerhaft",
    "nicht übernommen", "utracony", "utracone", "brak", "zgubiony", "потерян", "потеряно", "отсутствует", "ошибка",
)  # fmt: skip
_SAMPLED = 2000


@dataclass(frozen=True)
class LostSearches:
    """Per user the days of vain searches for lost records, and how many vain searches and such there were."""

    counts: Mapping[str, Mapping[str, int]]
    days: Mapping[str, tuple[date, ...]]


def count_known_orders(
    exchange: Exchange, backend: Backend, first_day: date, last_day: date
) -> dict[str, dict[str, int]] | None:
    """Orders booked in a span and those whose deal the CRM knew, per user; None without a table of orders."""
    orders = exchange.orders
    if orders is None or not {"user", "date", "crm_deal_id"} <= set(orders.columns):
        return None
    sample = backend.connection.to_pyarrow(orders.select("date").limit(_SAMPLED))["date"].to_pylist()
    form = recognise_instants(None if value is None else str(value) for value in sample)
    day = local_stamps(orders.date, form, DEFAULT_ZONE, (last_day.year, last_day.year)).date()
    dated = orders.select(user=plain_id(orders.user), day=day, deal=plain_id(orders.crm_deal_id))
    kept = dated.filter((dated.day >= first_day) & (dated.day <= last_day) & dated.user.notnull())
    counted = kept.group_by("user").aggregate(orders=kept.count(), known_orders=kept.count(where=kept.deal.notnull()))
    return {row.pop("user"): row for row in backend.connection.to_pyarrow(counted).to_pylist()}


def find_lost_searches(events: ir.Table, exchange: Exchange, backend: Backend) -> LostSearches | None:
    """Find who searched in vain for records that the migration lost; None without the tables that tell."""
    migration = exchange.migration
    if migration is None or "status" not in migration.columns or not {"hits", "record_id"} <= exchange.columns:
        return None
    migration = backend.adopt(migration)
    lost = migration.filter(migration.status.cast("string").strip().lower().isin(LOST_WORDS))
    lost = lost.select(lost_id=lost.record_id.cast("string").strip()).distinct()
    vain = events.filter((events.object == "search") & (events.hits == 0) & (events.source == "manual"))
    joined = vain.left_join(lost, vain.record_id == lost.lost_id)
    by_day = joined.group_by("user", "day").aggregate(
        searches=joined.count(), lost=joined.count(where=joined.lost_id.notnull())
    )
    rows = backend.connection.to_pyarrow(by_day.order_by("user", "day")).to_pylist()
    counts: dict[str, dict[str, int]] = {}
    days: dict[str, tuple[date, ...]] = {}
    for row in rows:
        own = counts.setdefault(row["user"], {"searches": 0, "lost": 0})
        own["searches"] += row["searches"]
        own["lost"] += row["lost"]
        if row["lost"]:
            days[row["user"]] = (*days.get(row["user"], ()), row["day"])
    return LostSearches(counts, days)
