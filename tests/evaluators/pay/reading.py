"""A plan read from JSON into exact fractions, with every fault by person and key."""

import json
import re
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TypeAlias

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"
Part: TypeAlias = dict[str, Json]

DECIMAL = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,12})?")
MOST_MINOR, MOST_COUNT, DEEPEST = 10**15, 10**6, 20
PERSON_KEYS = ("id", "variable_minor", "items")
PERSON_EXTRAS = ("presence", "ramp", "team", "reductions", "gates", "kickers", "commission")
ITEM_KEYS = ("kpi", "weight_bp", "target", "actual", "lower_is_better", "curve")


@dataclass(frozen=True, order=True)
class PlanFault:
    """One thing wrong: whose it is (empty: the plan's own) and under which key."""

    person: str
    key: str


class RepeatedKey(Exception):
    """A JSON object names the same key twice."""


@dataclass
class Reader:
    """Collects the faults met while the parts of one person are read."""

    person: str = ""
    faults: set[PlanFault] = field(default_factory=set)

    def refuse(self, key: str) -> None:
        """Note a fault under a key."""
        self.faults.add(PlanFault(self.person, key))

    def keys(self, part: Json, needed: tuple[str, ...], extras: tuple[str, ...], key: str) -> Part:
        """The part as an object with all needed and no unknown keys."""
        if not isinstance(part, dict):
            self.refuse(key)
            return {}
        for name in needed:
            if name not in part:
                self.refuse(name)
        for name in part:
            if name not in needed and name not in extras:
                self.refuse(name)
        return part

    def decimal(self, part: Part, key: str, most: Fraction | None = None, signed: bool = False) -> Fraction:
        """An exact decimal, not negative unless signed; zero where refused."""
        return self.number(part[key], key, most, signed) if key in part else Fraction(0)

    def number(self, value: Json, key: str, most: Fraction | None = None, signed: bool = False) -> Fraction:
        """A decimal string as a fraction."""
        if not isinstance(value, str) or not DECIMAL.fullmatch(value):
            self.refuse(key)
            return Fraction(0)
        number = Fraction(value)
        if (number < 0 and not signed) or (most is not None and number > most):
            self.refuse(key)
        return number

    def whole(self, part: Part, key: str, most: int, least: int = 0) -> int:
        """A whole number within bounds; the least where refused."""
        value = part.get(key, least)
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            self.refuse(key)
            return least
        return value

    def text(self, part: Part, key: str, choices: tuple[str, ...] = ()) -> str:
        """A text that is not empty, one of the choices if there are any."""
        value = part.get(key, choices[0] if choices else "?")
        if not isinstance(value, str) or not value or (choices and value not in choices):
            self.refuse(key)
            return "?"
        return value

    def yes(self, part: Part, key: str) -> bool:
        """A truth value."""
        value = part.get(key, False)
        if not isinstance(value, bool):
            self.refuse(key)
        return value is True

    def listed(self, part: Part, key: str) -> list[Json]:
        """A list; empty where absent or refused."""
        value = part.get(key, [])
        if not isinstance(value, list):
            self.refuse(key)
            return []
        return value


def _once(pairs: list[tuple[str, Json]]) -> Part:
    if len({key for key, _ in pairs}) < len(pairs):
        raise RepeatedKey
    return dict(pairs)


def _no_constant(name: str) -> Json:
    raise ValueError(name)


def load(text: str) -> Json:
    """JSON without repeated keys and NaN; ValueError, RecursionError or RepeatedKey otherwise."""
    loaded: Json = json.loads(text, object_pairs_hook=_once, parse_constant=_no_constant)
    return loaded
