"""Sums over deals: open and won apart, currencies never added up, deals without a value counted apart."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal

from implement.engine.value_at_risk.deals import OPEN, WON, DealAtRisk


@dataclass(frozen=True)
class Sums:
    """Money over some deals, by currency in alphabetical order; deals without a value are in no sum."""

    deals: int
    without_value: int
    amounts: tuple[tuple[str, Decimal], ...]

    def amount(self, currency: str) -> Decimal:
        """The sum in one currency."""
        return dict(self.amounts).get(currency, Decimal(0))


@dataclass(frozen=True)
class Stake:
    """The deals at risk that share a client, an owner or a stage; `rows` are their rows in the source."""

    value: str
    open: Sums
    won: Sums
    rows: tuple[int, ...]


def sum_deals(deals: Iterable[DealAtRisk]) -> Sums:
    """Add the deals up."""
    amounts: dict[str, Decimal] = {}
    count = without = 0
    for deal in deals:
        count += 1
        if deal.amount is None:
            without += 1
        else:
            amounts[deal.currency] = amounts.get(deal.currency, Decimal(0)) + deal.amount
    return Sums(count, without, tuple(sorted(amounts.items())))


def group_deals(deals: Iterable[DealAtRisk], tell: Callable[[DealAtRisk], str]) -> tuple[Stake, ...]:
    """Group the deals by what `tell` says of each, the most open money first.

    Sums of different currencies cannot be ordered: the currency of most deals decides, then the number of deals.
    """
    groups: dict[str, list[DealAtRisk]] = defaultdict(list)
    for deal in deals:
        groups[tell(deal)].append(deal)
    stakes = [_stake(value, found) for value, found in groups.items()]
    main = main_currency(deal for found in groups.values() for deal in found)
    return tuple(sorted(stakes, key=lambda stake: (*rank(stake.open, stake.won, main), stake.value)))


def main_currency(deals: Iterable[DealAtRisk]) -> str:
    """The currency of most deals with a value."""
    counts = Counter(deal.currency for deal in deals if deal.amount is not None)
    return min(counts, key=lambda currency: (-counts[currency], currency), default="")


def rank(open_sums: Sums, won: Sums, currency: str) -> tuple[Decimal, int, Decimal, int]:
    """The order of what is at risk: open money, then open deals, then won money and deals."""
    return -open_sums.amount(currency), -open_sums.deals, -won.amount(currency), -won.deals


def _stake(value: str, deals: list[DealAtRisk]) -> Stake:
    parts = [sum_deals(deal for deal in deals if deal.state == state) for state in (OPEN, WON)]
    return Stake(value, parts[0], parts[1], tuple(deal.source_row for deal in deals))
