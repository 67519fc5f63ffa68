"""Dates as people and programs write them, one regular expression per order and separator, or with the month's name."""

from dataclasses import dataclass

YEAR = r"(\d{4})"
SHORT_YEAR = r"(\d{2})"
MONTH = r"(0?[1-9]|1[0-2])"
DAY = r"(0?[1-9]|[12]\d|3[01])"
MONTH_STEMS = {
    "01": "jan sty янв", "02": "feb lut фев", "03": "mar mär mrz мар", "04": "apr kwi апр", "05": "may mai maj май мая",
    "06": "jun cze июн", "07": "jul lip июл", "08": "aug sie авг", "09": "sep wrz сен", "10": "oct okt paź окт",
    "11": "nov lis ноя", "12": "dec dez gru дек",
}  # fmt: skip
"""The first three letters of the months in four languages; no stem means two."""
MONTH_OF_STEM = {stem: number for number, stems in MONTH_STEMS.items() for stem in stems.split()}
_STEMS = "|".join("".join(f"[{letter}{letter.upper()}]" for letter in stem) for stem in MONTH_OF_STEM)
MONTH_NAME = rf"((?:{_STEMS})[A-Za-zÀ-ſА-яёЁ]{{0,8}})\.?"
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
    named_month: bool = False

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


def _named_format(order: str) -> DateFormat:
    """5. März 2024, 5 марта 2024 г., 05-Mar-24, March 5, 2024."""
    year = (SHORT_YEAR if "y" in order else YEAR) + r"(?:[ ]?(?:г\.?|года|r\.|roku))?"
    if order.startswith("D"):
        pattern = rf"^{DAY}(?:\.[ ]?|[ ]|-|/){MONTH_NAME}(?:,?[ ]|-|/){year}{TIME}$"
    else:
        pattern = rf"^{MONTH_NAME}[ ]{DAY}(?:st|nd|rd|th)?,?[ ]{year}{TIME}$"
    place = {letter.upper(): group for group, letter in enumerate(order.replace("N", "M"), start=1)}
    name = order.replace("N", " month ").strip()
    return DateFormat(name, pattern, place["Y"], place["M"], place["D"], "y" in order, named_month=True)


_ORDERS = (
    ("YMD", "-"), ("YMD", "/"), ("YMD", "."),
    ("DMY", "."), ("DMY", "-"), ("MDY", "/"), ("DMY", "/"), ("MDY", "-"), ("MDY", "."),
    ("DMy", "."), ("MDy", "/"), ("DMy", "/"), ("DMy", "-"), ("MDy", "-"), ("MDy", "."),
    ("YMD", ""),
)  # fmt: skip
_NAMED = ("DNY", "DNy", "NDY")
DATE_FORMATS = {
    written.name: written
    for written in (*(_date_format(*order) for order in _ORDERS), *(_named_format(order) for order in _NAMED))
}
"""Every known writing by name; where two parse the same values the earlier one is preferred."""
