"""Answers under which a condition holds, found from the condition itself: a new pack is tested without new code."""

from decimal import Decimal
from fractions import Fraction

from implement.engine.checklist import AnswerKind, AnswerValue, Item, Pack, Reply
from implement.engine.checklist.conditions import AllOf, AnyOf, Chosen, Claim, Condition, NotChosen, NotKnown, Within


def satisfying(condition: Condition, pack: Pack) -> dict[str, AnswerValue]:
    """Answers under which a condition holds."""
    if isinstance(condition, AllOf):
        return _merge([satisfying(part, pack) for part in condition.parts])
    if isinstance(condition, AnyOf):
        return satisfying(condition.parts[0], pack)
    return {condition.item_id: _value_for(condition, pack.item(condition.item_id))}


def _merge(parts: list[dict[str, AnswerValue]]) -> dict[str, AnswerValue]:
    merged: dict[str, AnswerValue] = {}
    for part in parts:
        for item_id, value in part.items():
            before = merged.get(item_id)
            merged[item_id] = before + value if isinstance(before, tuple) and isinstance(value, tuple) else value
    return merged


def _value_for(claim: Claim, item: Item) -> AnswerValue:
    if isinstance(claim, NotKnown):
        return Reply.NOT_KNOWN
    if isinstance(claim, Chosen | NotChosen):
        fitting = [option.id for option in item.options if (option.id in claim.options) == isinstance(claim, Chosen)]
        return (fitting[0],) if item.multiple else fitting[0]
    return _number_for(claim, item)


def _number_for(claim: Within, item: Item) -> AnswerValue:
    limits = [claim.at_least, claim.at_most, None if claim.above is None else claim.above + 1]
    number = next((limit for limit in limits if limit is not None), Fraction(0))
    return int(number) if item.kind is AnswerKind.SCALE else Decimal(int(number))


def denying(condition: Condition, pack: Pack) -> dict[str, AnswerValue]:
    """Answers to the same questions under which a condition does not hold."""
    if isinstance(condition, AllOf):
        return {**satisfying(condition, pack), **denying(condition.parts[0], pack)}
    if isinstance(condition, AnyOf):
        return {key: value for part in reversed(condition.parts) for key, value in denying(part, pack).items()}
    item = pack.item(condition.item_id)
    return {item.id: _other_value_for(condition, item)}


def _other_value_for(claim: Claim, item: Item) -> AnswerValue:
    if isinstance(claim, NotKnown):
        return 4 if item.kind is AnswerKind.SCALE else item.options[0].id if item.options else Decimal(1)
    if isinstance(claim, Chosen):
        return _value_for(NotChosen(claim.item_id, claim.options), item)
    if isinstance(claim, NotChosen):
        return _value_for(Chosen(claim.item_id, claim.options), item)
    number = _beyond(claim)
    return int(number) if item.kind is AnswerKind.SCALE else Decimal(int(number))


def _beyond(claim: Within) -> Fraction:
    if claim.at_most is not None:
        return claim.at_most + 1
    if claim.below is not None:
        return claim.below
    return claim.above if claim.above is not None else (claim.at_least or Fraction(0)) - 1
