"""One object of a plan while it is being checked: each key is asked for by its kind, and every fault is kept."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache

from implement.engine.pay.faults import PlanFault
from implement.engine.pay.scan import Json, Repeating

MOST_MINOR = 10**15
MOST_COUNT = 10**6
FAULTS_LISTED = 200_000
LONGEST_DECIMAL = 29
DECIMAL = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,12})?")
STAND_IN = Fraction(1)  # keeps every bound, so that one fault does not become two
ABSENT = object()


class NoDecimal(ValueError):
    """Text that is no decimal number of a plan."""


class TooManyFaults(Exception):
    """More faults than anybody reads; what is left of the plan is not looked at."""


@lru_cache(maxsize=65_536)
def read_decimal(text: str) -> Fraction:
    """The exact value of a decimal number as plans write it."""
    if not DECIMAL.fullmatch(text):
        raise NoDecimal(text)
    whole, _, rest = text.partition(".")
    return Fraction(int(whole + rest), 10 ** len(rest))


@dataclass
class FaultBook:
    """The faults of a plan, with the person being read."""

    person: str = ""
    faults: list[PlanFault] = field(default_factory=list)

    def add(self, key: str, code: str, *values: object) -> None:
        """Keep one fault of the person being read."""
        if len(self.faults) == FAULTS_LISTED:
            raise TooManyFaults
        self.faults.append(PlanFault(self.person, key, code, tuple(str(value) for value in values)))


class Entry:
    """One object; `way` leads to it from the person, such as `items[2].`.

    A key that is missing or of the wrong kind leaves a fault and gives a stand-in, so that all others are checked too;
    what was read counts only while `is_sound`.
    """

    __slots__ = ("_before", "_is_object", "book", "fields", "way")

    def __init__(self, value: Json, allowed: frozenset[str], way: str, book: FaultBook) -> None:
        self.book, self.way, self._before = book, way, len(book.faults)
        self._is_object = isinstance(value, dict)
        self.fields: dict[str, Json] = value if isinstance(value, dict) else {}
        if not self._is_object:
            book.add(way.rstrip("."), "not_an_object")
        elif not allowed.issuperset(self.fields):
            for name in self.fields:
                if name not in allowed:
                    self.fault(name, "unknown")
        if isinstance(value, Repeating):
            for name in value.repeated:
                self.fault(name, "repeated")

    @property
    def is_sound(self) -> bool:
        """True while nothing in this entry was found wrong."""
        return len(self.book.faults) == self._before

    def has(self, key: str) -> bool:
        """True when the key is given, whatever it holds."""
        return key in self.fields

    def fault(self, key: str, code: str, *values: object) -> None:
        """Keep a fault of one key."""
        self.book.add(self.way + key, code, *values)

    def decimal(self, key: str) -> Fraction:
        """A decimal number of either sign."""
        value = self.fields.get(key, ABSENT)
        if type(value) is str and len(value) <= LONGEST_DECIMAL:
            try:
                return read_decimal(value)
            except NoDecimal:
                pass
        self._wrong(key, "not_decimal")
        return STAND_IN

    def amount(self, key: str) -> Fraction:
        """A decimal number that is not negative."""
        number = self.decimal(key)
        if number.numerator < 0:
            self.fault(key, "negative")
        return number

    def share(self, key: str) -> Fraction:
        """A decimal number from 0 to 1."""
        number = self.amount(key)
        if number.numerator > number.denominator:
            self.fault(key, "too_large", 1)
        return number

    def above_zero(self, key: str) -> Fraction:
        """A decimal number above 0."""
        number = self.decimal(key)
        if number.numerator <= 0:
            self.fault(key, "not_above_zero")
        return number

    def whole(self, key: str, most: int, least: int = 0) -> int:
        """A whole number within bounds."""
        value = self.fields.get(key, ABSENT)
        if type(value) is not int:
            self._wrong(key, "not_whole")
            return least
        if value > most:
            self.fault(key, "too_large", most)
        elif value < least:
            self.fault(key, "too_small" if least else "negative", least)
        return value

    def flag(self, key: str) -> bool:
        """True or false."""
        value = self.fields.get(key, ABSENT)
        if type(value) is not bool:
            self._wrong(key, "not_a_flag")
        return value is True

    def text(self, key: str) -> str:
        """Text that says something."""
        value = self.fields.get(key, ABSENT)
        if type(value) is not str:
            self._wrong(key, "not_a_text")
            return ""
        if not value.strip():
            self.fault(key, "blank")
        return value

    def choice(self, key: str, choices: Iterable[str]) -> str:
        """One of the words that are known here; the first of them stands in."""
        known = list(choices)
        value = self.fields.get(key, ABSENT)
        if type(value) is str and value in known:
            return value
        self._wrong(key, "no_choice", ", ".join(known))
        return known[0]

    def entries(self, key: str, *, least: int = 0) -> list[Json]:
        """A list with at least so many entries, none or one."""
        value = self.fields.get(key, ABSENT)
        if not isinstance(value, list):
            self._wrong(key, "not_a_list")
            return []
        if len(value) < least:
            self.fault(key, "no_entries")
        return value

    def pairs(self, key: str) -> list[tuple[Fraction, Fraction]]:
        """A list of pairs of decimal numbers, at least one, the second of each not negative."""
        pairs = []
        for place, value in enumerate(self.entries(key, least=1)):
            try:
                first, second = (read_decimal(text) for text in _two_texts(value))
            except NoDecimal:
                self.fault(f"{key}[{place}]", "not_a_pair")
                continue
            if second.numerator < 0:
                self.fault(f"{key}[{place}]", "second_negative")
            pairs.append((first, second))
        return pairs

    def entry(self, key: str, allowed: frozenset[str]) -> "Entry":
        """An object inside this one."""
        return Entry(self.fields[key], allowed, f"{self.way}{key}.", self.book)

    def _wrong(self, key: str, code: str, *values: object) -> None:
        if key in self.fields:
            self.fault(key, code, *values)
        elif self._is_object:
            self.fault(key, "missing")


def _two_texts(value: Json) -> list[str]:
    if not isinstance(value, list) or len(value) != 2:
        raise NoDecimal
    if not all(isinstance(text, str) and len(text) <= LONGEST_DECIMAL for text in value):
        raise NoDecimal
    return value
