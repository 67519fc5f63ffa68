"""When a rule holds: a closed set of claims about settled answers, never an expression to be executed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from implement.engine.checklist.answers import AnswerValue, Reply

Settled = Mapping[str, AnswerValue]


@dataclass(frozen=True)
class Chosen:
    """One of these options was chosen."""

    item_id: str
    options: tuple[str, ...]


@dataclass(frozen=True)
class NotChosen:
    """The question was answered, and none of these options was chosen."""

    item_id: str
    options: tuple[str, ...]


@dataclass(frozen=True)
class Within:
    """A level or number lies within limits; a limit of None does not bind."""

    item_id: str
    at_least: Fraction | None = None
    at_most: Fraction | None = None
    above: Fraction | None = None
    below: Fraction | None = None


@dataclass(frozen=True)
class NotKnown:
    """The person asked said that nobody knows."""

    item_id: str


@dataclass(frozen=True)
class AllOf:
    """Every part holds."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True)
class AnyOf:
    """At least one part holds."""

    parts: tuple["Condition", ...]


Claim = Chosen | NotChosen | Within | NotKnown
Condition = Claim | AllOf | AnyOf


def items_behind(condition: Condition, settled: Settled) -> tuple[str, ...]:
    """The questions whose answers make the condition hold, in its order; empty where it does not hold."""
    if isinstance(condition, AllOf):
        found = [items_behind(part, settled) for part in condition.parts]
        return _joined(found) if all(found) else ()
    if isinstance(condition, AnyOf):
        return _joined([items_behind(part, settled) for part in condition.parts])
    value = settled.get(condition.item_id)
    return (condition.item_id,) if value is not None and _claim_holds(condition, value) else ()


def claims_of(condition: Condition) -> tuple[Claim, ...]:
    """All single claims of a condition."""
    if isinstance(condition, AllOf | AnyOf):
        return tuple(claim for part in condition.parts for claim in claims_of(part))
    return (condition,)


def items_surely_known(condition: Condition) -> frozenset[str]:
    """The questions that have a known answer whenever the condition holds, so that a wording may quote them."""
    if isinstance(condition, NotKnown):
        return frozenset()
    if isinstance(condition, AllOf):
        return frozenset().union(*(items_surely_known(part) for part in condition.parts))
    if isinstance(condition, AnyOf):
        return frozenset.intersection(*(items_surely_known(part) for part in condition.parts))
    return frozenset({condition.item_id})


def _joined(groups: list[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(item_id for group in groups for item_id in group))


def _claim_holds(claim: Claim, value: AnswerValue) -> bool:
    if isinstance(claim, NotKnown):
        return value is Reply.NOT_KNOWN
    if isinstance(value, Reply):
        return False
    if isinstance(claim, Within):
        return isinstance(value, int | Decimal) and _lies_within(claim, Fraction(value))
    chosen = value if isinstance(value, tuple) else (value,)
    return bool(set(chosen) & set(claim.options)) == isinstance(claim, Chosen)


def _lies_within(claim: Within, value: Fraction) -> bool:
    limits: tuple[tuple[Fraction | None, Callable[[Fraction], bool]], ...] = (
        (claim.at_least, lambda limit: value >= limit),
        (claim.at_most, lambda limit: value <= limit),
        (claim.above, lambda limit: value > limit),
        (claim.below, lambda limit: value < limit),
    )
    return all(limit is None or keeps(limit) for limit, keeps in limits)
