"""Clients go over whole, the most money first, to whoever has the fewest open deals."""

from decimal import Decimal

from implement.engine.handover import (
    count_open_deals,
    find_still_owned,
    list_open_clients,
    propose_receivers,
)
from implement.engine.portfolio import CrmDeal


def a_deal(key: str, client: str, owner: str = "Bob", amount: int | None = 100, state: str = "open") -> CrmDeal:
    worth = None if amount is None else Decimal(amount)
    return CrmDeal("deals", key, client, owner, state.title(), state, "EUR", worth, None)


DEALS = [
    a_deal("1", "Acme", amount=50),
    a_deal("2", "Acme", amount=None),
    a_deal("3", "Big", amount=900),
    a_deal("4", "Big", amount=70, state="won"),
    a_deal("5", "Tiny", amount=10),
    a_deal("6", "Other", "Ann"),
]


def test_open_clients_come_by_money_and_a_missing_value_is_counted_apart() -> None:  # M129
    shares = list_open_clients(DEALS, "Bob")
    assert [(one.client, one.deal_keys, one.without_value) for one in shares] == [
        ("Big", ("3",), 0),
        ("Acme", ("1", "2"), 1),
        ("Tiny", ("5",), 0),
    ]
    assert shares[1].amounts == (("EUR", Decimal(50)),)


def test_whoever_has_least_receives_next() -> None:
    shares = list_open_clients(DEALS, "Bob")
    assert propose_receivers(shares, {"ann": 1, "joe": 0}) == {"Big": "joe", "Acme": "ann", "Tiny": "joe"}
    assert propose_receivers(shares, {}) == {}


def test_load_counts_open_deals_only() -> None:
    assert count_open_deals(DEALS) == {"Bob": 4, "Ann": 1}


def test_what_is_closed_or_has_a_new_owner_is_no_longer_with_the_old_one() -> None:
    later = [a_deal("1", "Acme", "Ann"), a_deal("2", "Acme"), a_deal("3", "Big", state="lost"), a_deal("9", "New")]
    assert find_still_owned(later, "Bob", ["1", "2", "3"]) == {"2"}
