"""What a transfer can do to one cell: each damage turns a value into the damaged one, or None where it can't."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import TypeAlias

from tests.evaluators.transfer.sheets import (
    AMOUNT,
    CHOICE,
    COUNT,
    DATE,
    MAIL,
    NAME,
    PHONE,
    POSTCODE,
    TEXT,
    TIMESTAMP,
    Cells,
    Random,
)

Damage: TypeAlias = Callable[[str, str, Cells, Random], str | None]  # value, kind, its column, random → damaged value

SHORTEST_TO_CUT = 20
EXCEL_DAY_ZERO = date(1899, 12, 30)
MISREADINGS = (("utf-8", "cp1252"), ("cp1251", "cp1252"), ("cp1250", "cp1252"))
RARE_MISREADINGS = (
    ("utf-8", "cp1251"),
    ("utf-8", "cp850"),
    ("koi8-r", "cp1251"),
    ("cp866", "cp1251"),
    ("cp1252", "cp850"),
)


def truncate(value: str, kind: str, column: Cells, random: Random) -> str | None:
    """The value cut off somewhere in its second half."""
    if len(value) < SHORTEST_TO_CUT:
        return None
    return value[: int(random.integers(max(12, len(value) // 2), len(value) - 3))].rstrip()


def misread(value: str, kind: str, column: Cells, random: Random) -> str | None:
    """The value's bytes read in a wrong encoding (mojibake)."""
    return _misread_as(value, MISREADINGS, random)


def misread_rarely(value: str, kind: str, column: Cells, random: Random) -> str | None:
    """The value read twice wrongly, in a rare encoding, or with its letters replaced by question marks."""
    way = random.random()
    if way < 0.2:
        marked = "".join("?" if ord(letter) > 127 else letter for letter in value)
        return marked if 0 < marked.count("?") - value.count("?") <= len(value) // 2 else None
    if way < 0.4:
        once = _misread_as(value, MISREADINGS[:1], random)
        return _misread_as(once, MISREADINGS[:1], random) if once else None
    return _misread_as(value, RARE_MISREADINGS, random)


def _misread_as(value: str, readings: tuple[tuple[str, str], ...], random: Random) -> str | None:
    for place in random.permutation(len(readings)):
        written, read = readings[place]
        try:
            seen = value.encode(written).decode(read)
        except UnicodeError:
            continue
        if seen != value and seen.isprintable() and seen.strip() == seen and "\xa0" not in seen:
            return seen
    return None


def swap_day_and_month(value: str, kind: str, column: Cells, random: Random) -> str | None:
    """The other reading of a date whose day could be a month."""
    if len(value) < 10 or value[5:7] == value[8:10] or int(value[8:10]) > 12:
        return None
    return f"{value[:4]}-{value[8:10]}-{value[5:7]}{value[10:]}"


def break_number(value: str, kind: str, column: Cells, random: Random) -> str | None:
    """What spreadsheets do to numbers, postcodes, phones and dates."""
    if not value:
        return None
    if kind == AMOUNT:
        return _break_amount(value, random)
    if kind == POSTCODE:
        return value.lstrip("0") if value.startswith("0") and value.isdigit() else None
    if kind == PHONE:
        return f"{int(''.join(mark for mark in value if mark.isdigit())):.5E}"
    if kind == DATE:
        return str((date.fromisoformat(value) - EXCEL_DAY_ZERO).days)
    return None


def _break_amount(value: str, random: Random) -> str | None:
    whole = int(value.split(".", maxsplit=1)[0])
    way = random.integers(0, 3)
    if way == 0:
        return value.replace(".", "")
    if way == 1:
        return f"{whole // 1000}.{whole % 1000:03}" if whole >= 1000 and whole % 10 else None
    return f"{float(value):.2E}" if whole >= 1000 else None


def lose(value: str, kind: str, column: Cells, random: Random) -> str | None:
    """Nothing is left of a value."""
    return "" if value else None


FILLINGS = {
    AMOUNT: ("0", "0.00", "null"), COUNT: ("0",), DATE: ("1900-01-01", "1970-01-01", "2025-01-01", "null"),
    PHONE: ("0", "null", "+49 000 000000"), MAIL: ("null", "noreply@example.com", "0"),
    TEXT: ("null", "0", "no comment"), NAME: ("null", "unknown"), CHOICE: ("null", "0", "unknown")}  # fmt: skip


def fill(value: str, kind: str, column: Cells, random: Random) -> str | None:
    """A blank that became a value."""
    if value or kind not in FILLINGS:
        return None
    return FILLINGS[kind][int(random.integers(0, len(FILLINGS[kind])))]


def change(value: str, kind: str, column: Cells, random: Random) -> str | None:
    """Another believable value of the same kind."""
    if not value:
        return None
    if kind == AMOUNT:
        return f"{float(value) * (1 + random.choice((-1, 1)) * random.uniform(0.07, 0.6)):.2f}".rstrip("0") + "1"
    if kind == COUNT:
        return str(int(value) + 5 * int(random.integers(1, 9)))
    if kind in (DATE, TIMESTAMP):
        return _moved_day(value, random)
    if kind == PHONE:
        return value[:-5] + f"{(int(value[-5:]) + int(random.integers(11_111, 88_888))) % 100_000:05}"
    if kind == MAIL:
        return f"office{random.integers(10, 9999)}@{value.split('@')[1]}"
    if kind == POSTCODE:
        return None
    return _other_of(value, column, random)


def _moved_day(value: str, random: Random) -> str:
    moved = date.fromisoformat(value[:10]) - timedelta(days=int(random.integers(400, 1200)))
    return moved.isoformat() + value[10:]


def _other_of(value: str, column: Cells, random: Random) -> str | None:
    for place in random.integers(0, len(column), 20):
        other = str(column[place])
        if other and other.casefold()[:6] != value.casefold()[:6]:
            return other
    return None


def rewrite(value: str, kind: str, column: Cells, random: Random) -> str | None:
    """The same value in another writing."""
    if not value:
        return None
    if kind == PHONE:
        return value.replace(" ", random.choice(("-", "/", "")))
    if kind == MAIL:
        return value.upper()
    if kind in (NAME, TEXT):
        return value.replace(" ", "  ") if " " in value and random.random() < 0.5 else value + " "
    return None


DAMAGES: dict[str, tuple[Damage, tuple[str, ...]]] = {
    "truncated": (truncate, (NAME, TEXT)),
    "mojibake": (misread, (NAME, TEXT, CHOICE)),
    "date_swapped": (swap_day_and_month, (DATE, TIMESTAMP)),
    "number_format": (break_number, (AMOUNT, POSTCODE, PHONE, DATE)),
    "value_lost": (lose, (NAME, TEXT, CHOICE, AMOUNT, DATE, PHONE, MAIL, POSTCODE, COUNT, TIMESTAMP)),
    "value_filled": (fill, tuple(FILLINGS)),
    "value_changed": (change, (NAME, TEXT, CHOICE, AMOUNT, DATE, PHONE, MAIL, COUNT, TIMESTAMP)),
    "reformatted": (rewrite, (NAME, TEXT, PHONE, MAIL)),
}
SWAPPED_PAIRS = (
    ("contacts", "first_name", "last_name"), ("contacts", "email", "phone"), ("contacts", "city", "position"),
    ("accounts", "phone", "website"), ("accounts", "city", "industry"), ("deals", "opened", "closed"),
    ("deals", "title", "comment"), ("activities", "subject", "note"))  # fmt: skip
