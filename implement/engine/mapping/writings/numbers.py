"""Numbers with either decimal sign, marks of thousands and of currencies."""

import re
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from implement.engine.mapping.writings.remembered import CELLS_REMEMBERED

_PLAIN_WHOLE = re.compile(r"[1-9][0-9]{0,27}")
_PLAIN_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?")
CURRENCY = re.compile(
    r"(?:€|R?\$|£|₽|₴|₸|₺|¥|zł|руб\.?|грн\.?|Kč|kr\.?|Ft|Fr\.|USD|EUR|PLN|RUB|CHF|GBP|UAH|KZT|BYN|CZK|SEK|NOK|DKK|HUF|%)"
)
_TAIL = re.compile(r"\D+$")


@lru_cache(maxsize=CELLS_REMEMBERED)
def read_number(cell: str, comma: bool) -> str | None:
    """Read a number as canonical text; `comma` says that the comma is the decimal sign.

    Books write the minus behind an amount: `3.837,12-`.
    """
    if _PLAIN_WHOLE.fullmatch(cell):
        return cell
    text = CURRENCY.sub("", cell).replace("\u00a0", "").replace("\u202f", "").replace(" ", "").replace("'", "")
    text = text.replace(".", "").replace(",", ".") if comma else text.replace(",", "")
    if text[-1:] == "-" and text[0].isdigit():
        text = f"-{text[:-1]}"
    if not _PLAIN_NUMBER.fullmatch(text):
        return None
    return plain_number(text)


def plain_number(text: str) -> str | None:
    """Write a plain number without needless zeros and exponent."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    if number == 0:
        return "0"
    return f"{number.normalize():f}" if abs(number.adjusted()) < 60 else None


def decimal_comma(cells: Iterable[str]) -> bool:
    """Say whether a column of numbers writes decimals with a comma."""
    commas = points = 0
    for cell in [cell for cell in cells if "," in cell or "." in cell]:
        if not cell[-1:].isdigit():
            cell = _TAIL.sub("", cell)
        comma, point = cell.rfind(","), cell.rfind(".")
        if comma > point and len(cell) - comma - 1 != 3:
            commas += 1
        elif (point > comma and len(cell) - point - 1 != 3) or cell.count(",") > 1:
            points += 1
        elif comma > point >= 0 or cell.count(".") > 1:
            commas += 1
        elif comma == -1 and point >= 0:
            points += 0
    return commas > points
