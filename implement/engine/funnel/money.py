"""In which currency amounts are that stand without a column of their own for it, and one name for each currency."""

import re
from collections.abc import Iterable

SIGNS = {
    "€": "EUR", "zł": "PLN", "zl": "PLN", "₽": "RUB", "руб.": "RUB", "руб": "RUB", "р.": "RUB", "rur": "RUB",
    "₴": "UAH", "₸": "KZT", "£": "GBP", "$": "USD", "us$": "USD", "fr.": "CHF", "kč": "CZK",
}  # fmt: skip
CODES = ("EUR", "USD", "GBP", "CHF", "PLN", "RUB", "UAH", "KZT", "BYN", "CZK", "SEK", "NOK", "DKK", "HUF", "RON", "TRY")
WORDS = (
    ("евро", "EUR"), ("euro", "EUR"), ("us dollar", "USD"), ("us-dollar", "USD"), ("доллар сша", "USD"),
    ("российский рубль", "RUB"), ("рубль", "RUB"), ("рубли", "RUB"), ("złoty", "PLN"), ("polski złoty", "PLN"),
    ("злотый", "PLN"), ("гривна", "UAH"), ("тенге", "KZT"), ("schweizer franken", "CHF"),
)  # fmt: skip
NAMES = SIGNS | dict(WORDS) | {code.lower(): code for code in CODES}
MARK = r"US\$|[$€£₽₴₸]|zł|zl|Kč|Fr\.|руб\.?|р\.|RUR|" + "|".join(CODES)
_MARK = re.compile(rf"(?<!\w)(?:{MARK})(?!\w)|(?<=\d)(?:{MARK})(?!\w)|(?<!\w)(?:{MARK})(?=\d)", re.IGNORECASE)


def name_currency(said: str) -> str:
    """The three letters of a currency, however it is written; what is not known stays in capitals."""
    said = " ".join(said.split())
    return NAMES.get(said.lower(), said.upper())


def find_currency(name: str) -> str:
    """The currency that the name of a column says: of “Volumen (EUR)” EUR; nothing where it says none."""
    found = _MARK.search(name)
    return name_currency(found.group()) if found else ""


def is_marked(amounts: Iterable[str]) -> bool:
    """True when an amount names its currency in the cell."""
    return any(_MARK.search(one) for one in amounts)
