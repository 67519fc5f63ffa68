"""Value at risk: the money behind deals that were dropped or torn, and the clients that were lost with it."""

from implement.engine.value_at_risk.clients import LostClient, LostClients, find_lost_clients
from implement.engine.value_at_risk.deals import (
    DealAtRisk,
    DealColumns,
    DealsAtRisk,
    count_deals_of_owners,
    find_deals_at_risk,
)
from implement.engine.value_at_risk.outlook import Outlook, find_all_outlooks, find_outlooks
from implement.engine.value_at_risk.sums import Stake, Sums, group_deals, sum_deals

__all__ = [
    "DealAtRisk",
    "DealColumns",
    "DealsAtRisk",
    "LostClient",
    "LostClients",
    "Outlook",
    "Stake",
    "Sums",
    "count_deals_of_owners",
    "find_all_outlooks",
    "find_deals_at_risk",
    "find_lost_clients",
    "find_outlooks",
    "group_deals",
    "sum_deals",
]
