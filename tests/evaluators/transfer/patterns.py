"""Faults with a cause: many findings that share one condition, as real transfers make them."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from tests.evaluators.transfer.arrivals import Arrival, Arrivals
from tests.evaluators.transfer.fates import twin_rows
from tests.evaluators.transfer.sheets import Random, Rows

CHUNK_SHARE = 0.05
LOST_STAGE = "Negotiation"
MERGED_INDUSTRIES = ("textile", "metal", "construction")
COMMON_INDUSTRY = "manufacturing"


@dataclass(frozen=True)
class Pattern:
    """One cause: the class of its findings and words of which a fair sentence about it holds at least one."""

    name: str
    table: str
    fault: str
    words: tuple[str, ...]


def plant_patterns(arrivals: Arrivals, random: Random) -> list[Pattern]:
    """Plant every known cause, each in rows that no other has touched."""
    return [
        drop_stage(arrivals["deals"]),
        lose_chunk(arrivals["activities"], random),
        vanish_seller_accounts(arrivals),
        reassign_owner(arrivals, random),
        invent_closing_days(arrivals["deals"]),
        unite_industries(arrivals["accounts"]),
        cut_notes(arrivals["contacts"]),
    ]


def _drop_all(arrival: Arrival, rows: Rows, pattern: str) -> None:
    twins = twin_rows(arrival)
    for row in rows.tolist():
        if row not in twins and arrival.alive[row]:
            arrival.drop(row, pattern)


def drop_stage(deals: Arrival) -> Pattern:
    """All deals of one stage never arrive."""
    _drop_all(deals, np.flatnonzero(deals.columns["stage"] == LOST_STAGE), "stage")
    return Pattern("stage", "deals", "dropped", (LOST_STAGE,))


def lose_chunk(activities: Arrival, random: Random) -> Pattern:
    """A run of consecutive activities is lost, as when one file of an import fails."""
    length = max(60, int(activities.row_count * CHUNK_SHARE))
    start = int(random.integers(0, activities.row_count - length))
    _drop_all(activities, np.arange(start, start + length), "chunk")
    first, last = activities.sheet.keys[start], activities.sheet.keys[start + length - 1]
    return Pattern("chunk", "activities", "dropped", (str(first), str(last), "consecutive", "chunk", "contiguous"))


def vanish_seller_accounts(arrivals: Arrivals) -> Pattern:
    """All accounts of one seller never arrive."""
    accounts = arrivals["accounts"]
    owners, counts = np.unique(accounts.points["owner_id"], return_counts=True)
    owner = int(owners[np.argmax(counts)])
    _drop_all(accounts, np.flatnonzero(accounts.points["owner_id"] == owner), "seller's accounts")
    sellers = arrivals["sellers"].sheet
    words = (str(sellers.keys[owner]), str(sellers.columns["name"][owner]))
    return Pattern("seller's accounts", "accounts", "dropped", words)


def reassign_owner(arrivals: Arrivals, random: Random) -> Pattern:
    """Most deals of one salesperson now belong to four others."""
    deals, sellers = arrivals["deals"], arrivals["sellers"].sheet
    owners, counts = np.unique(deals.points["owner_id"][deals.alive], return_counts=True)
    owner = int(owners[np.argmax(counts)])
    rows = np.flatnonzero((deals.points["owner_id"] == owner) & deals.alive)
    rows = rows[random.random(len(rows)) < 0.96]
    others = random.choice([one for one in range(sellers.row_count) if one != owner], 4, replace=False)
    deals.points["owner_id"][rows] = random.choice(others, len(rows))
    for row in rows.tolist():
        deals.pattern_of[row, "owner_id"] = "owner"
        deals.spoiled_fields.add((row, "owner_id"))
        deals.busy[row] = True
    words = (str(sellers.keys[owner]), str(sellers.columns["name"][owner]))
    return Pattern("owner", "deals", "wrong_relation", words)


def invent_closing_days(deals: Arrival) -> Pattern:
    """Blank closing dates are filled with consecutive days."""
    rows = np.flatnonzero((deals.columns["closed"] == "") & deals.alive & ~deals.busy)
    for number, row in enumerate(rows.tolist()):
        deals.columns["closed"][row] = (date(2014, 1, 1) + timedelta(days=number)).isoformat()
        deals.spoil(row, "value_filled", ("closed",), "days")
    return Pattern("days", "deals", "value_filled", ("consecutive", "closed"))


def unite_industries(accounts: Arrival) -> Pattern:
    """Three industries become one: the difference between them is gone."""
    for industry in MERGED_INDUSTRIES:
        for row in np.flatnonzero((accounts.columns["industry"] == industry) & accounts.alive).tolist():
            accounts.columns["industry"][row] = COMMON_INDUSTRY
            accounts.spoil(row, "value_changed", ("industry",), "industries")
            accounts.busy[row] = False
    return Pattern("industries", "accounts", "value_changed", (COMMON_INDUSTRY, "industry"))


def cut_notes(contacts: Arrival) -> Pattern:
    """All notes longer than the new system's field are cut at its length."""
    for row, note in enumerate(contacts.columns["note"].tolist()):
        if len(note) > 100 and contacts.alive[row]:
            contacts.columns["note"][row] = note[:100].rstrip()
            contacts.spoil(row, "truncated", ("note",), "notes")
            contacts.busy[row] = False
    return Pattern("notes", "contacts", "truncated", ("100", "note"))


def map_products(arrivals: Arrivals) -> set[tuple[str, str]]:
    """Rename one product and all stages, one to one: a mapping, not a fault."""
    new_stages = {
        "Lead": "10 new",
        "Qualified": "20 checked",
        "Offer": "30 offered",
        "Won": "90 won",
        "Lost": "99 lost",
    }
    stages = arrivals["deals"].columns["stage"]
    for old, new in new_stages.items():
        stages[stages == old] = new
    products = arrivals["products"].columns
    products["product"][products["product"] == "GTXPro"] = "GTX Pro"
    return {("deals", "stage"), ("deals", "product"), ("products", "product")}
