"""Dates as people and programs write them, one regular expression per order and separator."""

from dataclasses import dataclass

YEAR = r"(\d{4})"
SHORT_YEAR = r"(\d{2})"
MONTH = r"(0?[1-9]|1[0-2])"
DAY = r"(0?[1-9]|[12]\d|3[01])"
TIME = (
    r"(?:(?:T|[ ]+|,[ ]*)([01]?\d|2[0-4])[:.]([0-5]\d)(?:[:.]([0-5]\d|60)(?:[.,](\d+))?)?"
    r"[ ]?([AaPp]\.?[Mm]\.?)?[ ]?(Z|UTC|[+-]\d{2}(?::?\d{2})?)?)?"
)
OFFSET = r":[0-5]\d(?:[.,]\d+)?[ ]?[+-](?:0[1-9]|1\d|00:?[1-9])"
HOUR, MINUTE, SECOND, FRACTION, HALF, ZONE = 4, 5, 6, 7, 8, 9


@dataclass(frozen=True)
class DateFormat:
    """One way to write a date: `pattern` captures the parts, `year`, `month`, `day` say which group is which."""

    name: str
    pattern: str
    year: int
    month: int
    day: int
    short_year: bool = False

    @property
    def day_pattern(self) -> str:
        """The pattern of a day without a time."""
        return self.pattern.replace(TIME, "")


def _date_format(order: str, separator: str) -> DateFormat:
    parts = {"Y": YEAR, "y": SHORT_YEAR, "M": MONTH, "D": DAY}
    mark = {"": "", "-": "[ ]?-[ ]?", ".": r"\.[ ]?", "/": "[ ]?/[ ]?"}[separator]
    if not separator:
        parts |= {"Y": r"(19\d{2}|20\d{2})", "M": r"(0[1-9]|1[0-2])", "D": r"(0[1-9]|[12]\d|3[01])"}
    pattern = "^" + mark.join(parts[letter] for letter in order) + TIME + "$"
    place = {letter.upper(): group for group, letter in enumerate(order, start=1)}
    return DateFormat(separator.join(order), pattern, place["Y"], place["M"], place["D"], "y" in order)


_ORDERS = (
    ("YMD", "-"), ("YMD", "/"), ("YMD", "."),
    ("DMY", "."), ("DMY", "-"), ("MDY", "/"), ("DMY", "/"), ("MDY", "-"), ("MDY", "."),
    ("DMy", "."), ("MDy", "/"), ("DMy", "/"), ("DMy", "-"), ("MDy", "-"), ("MDy", "."),
    ("YMD", ""),
)  # fmt: skip
DATE_FORMATS = {written.name: written for written in (_date_format(*order) for order in _ORDERS)}
"""Every known writing by name; where two parse the same values the earlier one is preferred."""
SERIALS = ("excel", "epoch_s", "epoch_ms")
