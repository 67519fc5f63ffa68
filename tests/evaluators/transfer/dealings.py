"""Deals and activities of the legacy CRM."""

import numpy as np

from tests.evaluators.names import Language
from tests.evaluators.transfer.drawing import (
    ACTIVITY_KINDS,
    OPEN_STAGES,
    PRODUCTS,
    STAGES,
    spoken_in,
    write_notes,
    written_in,
)
from tests.evaluators.transfer.sheets import (
    AMOUNT,
    CHOICE,
    COUNT,
    DATE,
    NAME,
    TEXT,
    TIMESTAMP,
    Firm,
    Random,
    Sheet,
    cells,
    days_between,
    drawn,
    euros,
    minutes_between,
)


def build_deals(random: Random, tongues: list[Language], firm: Firm, count: int) -> Sheet:
    contacts = firm["contacts"]
    buyers = random.integers(0, contacts.row_count, count)
    products, stages = drawn(random, PRODUCTS, count), drawn(random, STAGES, count)
    opened = days_between(random, "2020-01-01", "2024-06-30", count)
    lengths = random.integers(5, 200, count)
    ended = np.array(opened.tolist(), dtype="datetime64[D]") + lengths
    is_open = np.isin(stages.astype(str), OPEN_STAGES)
    spoken = spoken_in(random, tongues, count)
    columns = {
        "deal_id": cells(f"D-{2020 + number % 5}-{number:06}" for number in range(1, count + 1)),
        "account_id": contacts.columns["account_id"][buyers],
        "contact_id": contacts.keys[buyers],
        "title": cells(
            f"{product} – {city} {number}"
            for product, city, number in zip(
                products, written_in(random, spoken, "cities"), random.integers(100, 99_999, count), strict=True
            )
        ),
        "stage": stages,
        "amount": euros(random, 6_000, count),
        "product": products,
        "opened": opened,
        "closed": cells("" if still else str(day) for still, day in zip(is_open, ended, strict=True)),
        "owner_id": drawn(random, tuple(firm["sellers"].keys), count),
        "comment": write_notes(random, spoken, 0.5),
    }
    return Sheet(
        "deals",
        "deal_id",
        columns,
        {"account_id": "accounts", "contact_id": "contacts", "owner_id": "sellers", "product": "products"},
        {"title": NAME, "stage": CHOICE, "amount": AMOUNT, "opened": DATE, "closed": DATE, "comment": TEXT},
    )


def build_activities(random: Random, tongues: list[Language], firm: Firm, count: int) -> Sheet:
    deals = firm["deals"]
    about = random.integers(0, deals.row_count, count)
    without_deal = random.random(count) < 0.5
    people = firm["contacts"].keys[random.integers(0, firm["contacts"].row_count, count)]
    spoken = spoken_in(random, tongues, count)
    kinds = drawn(random, ACTIVITY_KINDS, count)
    columns = {
        "activity_id": cells(str(700_001 + number) for number in range(count)),
        "contact_id": np.where(without_deal, people, deals.columns["contact_id"][about]),
        "deal_id": np.where(without_deal, "", deals.keys[about]).astype(object),
        "kind": kinds,
        "subject": cells(
            f"{position}: {kind} {number}"
            for position, kind, number in zip(
                written_in(random, spoken, "positions"), kinds, random.integers(100, 99_999, count), strict=True
            )
        ),
        "held": minutes_between(random, "2020-01-01", "2025-03-01", count),
        "minutes": cells(str(minutes) for minutes in random.integers(1, 24, count) * 5),
        "owner_id": drawn(random, tuple(firm["sellers"].keys), count),
        "note": write_notes(random, spoken, 0.4),
    }
    return Sheet(
        "activities",
        "activity_id",
        columns,
        {"contact_id": "contacts", "deal_id": "deals", "owner_id": "sellers"},
        {"kind": CHOICE, "subject": NAME, "held": TIMESTAMP, "minutes": COUNT, "note": TEXT},
    )
