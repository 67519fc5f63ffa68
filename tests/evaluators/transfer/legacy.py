"""A legacy CRM of an invented firm: accounts, contacts, deals, activities, products and sellers."""

from collections.abc import Sequence

import numpy as np

from tests.evaluators.names import LANGUAGES, Language
from tests.evaluators.transfer.dealings import build_activities, build_deals
from tests.evaluators.transfer.drawing import (
    PRODUCTS,
    SERIES,
    spoken_in,
    written_in,
)
from tests.evaluators.transfer.parties import build_accounts, build_contacts
from tests.evaluators.transfer.sheets import (
    AMOUNT,
    CHOICE,
    DATE,
    NAME,
    Firm,
    Random,
    Sheet,
    cells,
    days_between,
    drawn,
    euros,
)


def build_firm(size: int, seed: int = 1, languages: Sequence[str] = ("de", "pl", "ru", "en")) -> Firm:
    """A firm with `size` contacts, a fifth as many accounts, half as many deals, three times as many activities."""
    random = np.random.default_rng(seed)
    tongues = [LANGUAGES[code] for code in languages]
    firm: Firm = {"sellers": _sellers(random, tongues, 12 + size // 2000), "products": _products(random)}
    firm["accounts"] = build_accounts(random, tongues, firm, max(40, size // 5))
    firm["contacts"] = build_contacts(random, tongues, firm, size)
    firm["deals"] = build_deals(random, tongues, firm, max(40, size // 2))
    firm["activities"] = build_activities(random, tongues, firm, size * 3)
    return firm


def _sellers(random: Random, tongues: list[Language], count: int) -> Sheet:
    spoken = spoken_in(random, tongues, count)
    names = cells(
        f"{first} {last}"
        for first, last in zip(
            written_in(random, spoken, "first_names"), written_in(random, spoken, "last_names"), strict=True
        )
    )
    return Sheet(
        "sellers",
        "seller_id",
        {
            "seller_id": cells(f"S{number:03}" for number in range(1, count + 1)),
            "name": names,
            "team": drawn(random, ("North", "South", "East", "West"), count),
            "hired": days_between(random, "2009-01-01", "2022-01-01", count),
        },
        kinds={"name": NAME, "team": CHOICE, "hired": DATE},
    )


def _products(random: Random) -> Sheet:
    return Sheet(
        "products",
        "product",
        {"product": cells(PRODUCTS), "series": cells(SERIES), "price": euros(random, 900, len(PRODUCTS))},
        kinds={"series": CHOICE, "price": AMOUNT},
        natural_key=True,
    )
