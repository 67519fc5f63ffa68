"""Who takes over the clients of somebody who leaves: whole clients, most money first, to whoever has least (M129)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from implement.engine.portfolio import CrmDeal
from implement.engine.value_at_risk.deals import OPEN


@dataclass(frozen=True)
class ClientShare:
    """A client of somebody with their open deals there; money by currency, deals without a value counted apart."""

    client: str
    deal_keys: tuple[str, ...]
    amounts: tuple[tuple[str, Decimal], ...]
    without_value: int

    @property
    def size(self) -> Decimal:
        """How much there is in the currency with most: only to order clients by."""
        return max((amount for _currency, amount in self.amounts), default=Decimal(0))


def list_open_clients(deals: Iterable[CrmDeal], owner: str) -> tuple[ClientShare, ...]:
    """The clients with which somebody has open deals, those with most money first."""
    mine: dict[str, list[CrmDeal]] = defaultdict(list)
    for deal in deals:
        if deal.owner == owner and deal.state == OPEN:
            mine[deal.client].append(deal)
    shares = [_share(client, found) for client, found in mine.items()]
    return tuple(sorted(shares, key=lambda one: (-one.size, -len(one.deal_keys), one.client)))


def count_open_deals(deals: Iterable[CrmDeal]) -> dict[str, int]:
    """How many open deals each owner has."""
    counts: dict[str, int] = defaultdict(int)
    for deal in deals:
        if deal.owner and deal.state == OPEN:
            counts[deal.owner] += 1
    return dict(counts)


def propose_receivers(shares: Iterable[ClientShare], loads: Mapping[str, int]) -> dict[str, str]:
    """For each client the receiver with the fewest open deals at that moment, what was proposed before counted in."""
    carried, proposed = dict(loads), dict[str, str]()
    for share in shares:
        if not carried:
            break
        receiver = min(carried, key=lambda one: (carried[one], one))
        proposed[share.client] = receiver
        carried[receiver] += len(share.deal_keys)
    return proposed


def find_still_owned(deals: Iterable[CrmDeal], owner: str, keys: Iterable[str]) -> frozenset[str]:
    """Which of these deals an export still has open under the old owner."""
    asked = set(keys)
    return frozenset(d.key for d in deals if d.owner == owner and d.state == OPEN and d.key in asked)


def _share(client: str, deals: list[CrmDeal]) -> ClientShare:
    amounts: dict[str, Decimal] = {}
    for deal in deals:
        if deal.amount is not None:
            amounts[deal.currency] = amounts.get(deal.currency, Decimal(0)) + deal.amount
    without = sum(deal.amount is None for deal in deals)
    return ClientShare(client, tuple(deal.key for deal in deals), tuple(sorted(amounts.items())), without)
