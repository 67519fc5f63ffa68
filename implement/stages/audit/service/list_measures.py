"""What a list of deals tells for the baseline: repeat purchases, retention, new clients, revenue, answers."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal

from implement.engine.backend import Backend
from implement.engine.funnel import Deals, LossMap, State
from implement.engine.funnel.money import name_currency
from implement.engine.portfolio import CrmDeal
from implement.engine.promises import (
    Measured,
    measure_monthly_revenue,
    measure_new_clients,
    measure_repeat_share,
    measure_retention,
)

WON = State.WON.value
FROM_DEALS: Mapping[str, Callable[[Iterable[CrmDeal]], Measured | None]] = {
    "repeat_share": measure_repeat_share,
    "retention": measure_retention,
    "new_clients": measure_new_clients,
    "monthly_revenue": measure_monthly_revenue,
}
RESPONSE_HOURS = "response_hours"
LEAST_ANSWERS = 10


def measure_deals(deals: Deals, losses: LossMap, backend: Backend) -> tuple[tuple[str, Measured], ...]:
    """Every measure of the baseline that these deals can tell."""
    won = _list_won(deals, backend)
    found = {name: measure(won) for name, measure in FROM_DEALS.items()}
    found[RESPONSE_HOURS] = _measure_answers(losses)
    return tuple((name, one) for name, one in found.items() if one is not None)


def _list_won(deals: Deals, backend: Backend) -> list[CrmDeal]:
    table = deals.table
    if "client" not in table.columns:
        return []
    won = table.filter((table.state == State.WON.code) & table.client.notnull() & table.closed.notnull())
    rows = backend.connection.to_pyarrow(won.select("client", "currency", "amount", "closed"))
    cells = (rows.column(name).to_pylist() for name in ("client", "currency", "amount", "closed"))
    return [_deal(*one) for one in zip(*cells, strict=True)]


def _deal(client: str, currency: str | None, amount: Decimal | None, closed: date) -> CrmDeal:
    return CrmDeal("", "", client, "", WON, WON, name_currency(currency or ""), amount, closed)


def _measure_answers(losses: LossMap) -> Measured | None:
    """Hours from the request to the first answer: the middle, and the half that lies around it."""
    hours = losses.answer_hours
    if hours.n < LEAST_ANSWERS or hours.low is None or hours.middle is None or hours.high is None:
        return None
    last = losses.totals.last_day or losses.as_of
    return Measured(hours.middle, hours.low, hours.high, hours.n, losses.totals.first_day or last, last)
