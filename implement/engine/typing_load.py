"""How long people type: seconds a field takes by its kind, minutes a day of a role, and what nobody asked for.

Seconds follow the keystroke-level model (Card, Moran and Newell, 1980): think, point, move the hands, strike keys.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil

FIELD_KINDS = (
    "text", "long_text", "number", "money", "date", "choice", "yes_no", "phone", "mail", "person", "link", "file",
)  # fmt: skip


@dataclass(frozen=True)
class Strokes:
    """What one entry takes: moments of thought, pointings with the mouse, moves of the hand, keys."""

    thoughts: int
    pointings: int
    moves: int
    keys: int


@dataclass(frozen=True)
class TypingSettings:
    """The operators of the model in seconds (a person who types, but not for a living), working days in a week, the
    limit of minutes a day (M109), and the strokes we reckon by kind of field.
    """

    think_seconds: Fraction = Fraction(135, 100)
    point_seconds: Fraction = Fraction(110, 100)
    move_seconds: Fraction = Fraction(40, 100)
    key_seconds: Fraction = Fraction(28, 100)
    days_a_week: int = 5
    most_minutes_a_day: int = 120
    strokes: Mapping[str, Strokes] = field(
        default_factory=lambda: {
            "text": Strokes(1, 1, 1, 20),
            "long_text": Strokes(4, 1, 1, 200),
            "number": Strokes(1, 1, 1, 4),
            "money": Strokes(1, 1, 1, 7),
            "date": Strokes(1, 3, 0, 0),
            "choice": Strokes(1, 2, 0, 0),
            "yes_no": Strokes(1, 1, 0, 0),
            "phone": Strokes(1, 1, 1, 13),
            "mail": Strokes(1, 1, 1, 22),
            "person": Strokes(1, 2, 1, 4),
            "link": Strokes(1, 3, 0, 4),
            "file": Strokes(2, 5, 0, 0),
        }
    )

    def seconds(self, kind: str) -> int:
        """Whole seconds for one entry of this kind, rounded up."""
        one = self.strokes[kind]
        pointed = one.pointings * self.point_seconds + one.moves * self.move_seconds
        return ceil(one.thoughts * self.think_seconds + pointed + one.keys * self.key_seconds)


DEFAULT_TYPING = TypingSettings()


@dataclass(frozen=True)
class TypedField:
    """A field that one person of a role fills in so often a week, in so many seconds."""

    role: str
    object: str
    name: str
    entries_a_week: int
    seconds: int


@dataclass(frozen=True)
class RoleLoad:
    """Minutes a day that one person of a role types, by kind of record, and the fields that take most of them."""

    role: str
    minutes_a_day: Fraction
    by_object: tuple[tuple[str, Fraction], ...]
    fields: tuple[tuple[TypedField, Fraction], ...]
    is_too_much: bool


def reckon_load(fields: Iterable[TypedField], settings: TypingSettings = DEFAULT_TYPING) -> list[RoleLoad]:
    """The typing of each role, the most burdened first: entries a week × seconds ÷ 60 ÷ working days (M109)."""
    by_role: dict[str, list[TypedField]] = {}
    for one in fields:
        by_role.setdefault(one.role, []).append(one)
    loads = [_reckon_role(role, typed, settings) for role, typed in by_role.items()]
    return sorted(loads, key=lambda load: (-load.minutes_a_day, load.role))


@dataclass(frozen=True)
class Overload:
    """How many parts of the planned CRM there are by kind, and how many of them nobody asked for (M17)."""

    counts: tuple[tuple[str, int, int], ...]

    @property
    def parts(self) -> int:
        """All parts."""
        return sum(count for _kind, count, _without in self.counts)

    @property
    def without(self) -> int:
        """Parts without a requirement."""
        return sum(without for _kind, _count, without in self.counts)

    @property
    def index(self) -> Fraction | None:
        """The share of parts without a requirement; None where nothing is planned."""
        return Fraction(self.without, self.parts) if self.parts else None


def measure_overload(parts: Iterable[tuple[str, bool]], kinds: Sequence[str]) -> Overload:
    """The index from each part's kind and whether a requirement asks for it, in the order of `kinds`."""
    known = list(parts)
    return Overload(
        tuple(
            (kind, sum(one == kind for one, _asked in known), sum(one == kind and not asked for one, asked in known))
            for kind in kinds
        )
    )


def _reckon_role(role: str, typed: Sequence[TypedField], settings: TypingSettings) -> RoleLoad:
    minutes = [(one, Fraction(one.entries_a_week * one.seconds, 60 * settings.days_a_week)) for one in typed]
    by_object: dict[str, Fraction] = {}
    for one, spent in minutes:
        by_object[one.object] = by_object.get(one.object, Fraction(0)) + spent
    whole = sum(by_object.values(), Fraction(0))
    dearest = tuple(sorted(minutes, key=lambda pair: (-pair[1], pair[0].name)))
    return RoleLoad(role, whole, tuple(by_object.items()), dearest, whole > settings.most_minutes_a_day)
