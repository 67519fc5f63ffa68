"""Accounts and contacts of the legacy CRM, a few of them entered twice."""

import numpy as np

from tests.evaluators.names import Language, transliterate
from tests.evaluators.transfer.drawing import INDUSTRIES, phones, postcodes, spoken_in, write_notes, written_in
from tests.evaluators.transfer.sheets import (
    AMOUNT,
    CHOICE,
    DATE,
    MAIL,
    NAME,
    PHONE,
    POSTCODE,
    TEXT,
    Firm,
    Random,
    Sheet,
    blanked,
    cells,
    days_between,
    drawn,
    euros,
)

TWIN_SHARE = 0.02


def build_accounts(random: Random, tongues: list[Language], firm: Firm, count: int) -> Sheet:
    spoken = spoken_in(random, tongues, count)
    owners, trades, forms = (written_in(random, spoken, pool) for pool in ("last_names", "trades", "legal_forms"))
    names = cells(f"{owner} {trade} {form}" for owner, trade, form in zip(owners, trades, forms, strict=True))
    hosts = [transliterate(owner).lower().replace("'", "") for owner in owners]
    sites = cells(f"www.{host}-{number}.example" for number, host in enumerate(hosts))
    columns = {
        "account_id": cells(f"K{number:06}" for number in range(1001, 1001 + count)),
        "name": names,
        "industry": drawn(random, INDUSTRIES, count),
        "postcode": postcodes(random, spoken),
        "city": written_in(random, spoken, "cities"),
        "phone": phones(random, spoken, 0.05),
        "website": blanked(random, sites, 0.15),
        "revenue": blanked(random, euros(random, 800_000, count), 0.12),
        "founded": days_between(random, "1950-01-01", "2015-01-01", count),
        "owner_id": drawn(random, tuple(firm["sellers"].keys), count),
    }
    sheet = Sheet(
        "accounts",
        "account_id",
        columns,
        {"owner_id": "sellers"},
        {
            "name": NAME,
            "industry": CHOICE,
            "postcode": POSTCODE,
            "city": NAME,
            "phone": PHONE,
            "website": TEXT,
            "revenue": AMOUNT,
            "founded": DATE,
        },
    )
    return _with_twins(random, sheet, {"founded": "1950-01-01"}, "revenue")


def build_contacts(random: Random, tongues: list[Language], firm: Firm, count: int) -> Sheet:
    spoken = spoken_in(random, tongues, count)
    first, last = written_in(random, spoken, "first_names"), written_in(random, spoken, "last_names")
    mails = cells(
        f"{transliterate(given)}.{transliterate(family)}{number}@firm{number % 977}.example".lower().replace("'", "")
        for number, (given, family) in enumerate(zip(first, last, strict=True))
    )
    columns = {
        "contact_id": cells(str(10_001 + number) for number in range(count)),
        "account_id": blanked(random, drawn(random, tuple(firm["accounts"].keys), count), 0.04),
        "first_name": first,
        "last_name": last,
        "email": blanked(random, mails, 0.08),
        "phone": phones(random, spoken, 0.12),
        "position": blanked(random, written_in(random, spoken, "positions"), 0.2),
        "postcode": postcodes(random, spoken),
        "city": written_in(random, spoken, "cities"),
        "created": days_between(random, "2012-01-01", "2024-12-31", count),
        "owner_id": drawn(random, tuple(firm["sellers"].keys), count),
        "note": write_notes(random, spoken, 0.35),
    }
    sheet = Sheet(
        "contacts",
        "contact_id",
        columns,
        {"account_id": "accounts", "owner_id": "sellers"},
        {
            "first_name": NAME,
            "last_name": NAME,
            "email": MAIL,
            "phone": PHONE,
            "position": CHOICE,
            "postcode": POSTCODE,
            "city": NAME,
            "created": DATE,
            "note": TEXT,
        },
    )
    return _with_twins(random, sheet, {"created": "2012-01-01"}, "note")


def _with_twins(random: Random, sheet: Sheet, days: dict[str, str], sometimes_blank: str) -> Sheet:
    """Let a few records at the end be second entries of earlier ones: same person or firm, another day, a blank."""
    count = sheet.row_count
    twins = min(count // 4, max(20, int(count * TWIN_SHARE)))
    originals = random.choice(count - twins, twins, replace=False)
    places = np.arange(count - twins, count)
    for name, column in sheet.columns.items():
        if name != sheet.key and name not in days:
            column[places] = column[originals]
    column = sheet.columns[sometimes_blank]
    column[places[random.random(twins) < 0.5]] = ""
    return sheet
