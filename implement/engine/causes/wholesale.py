"""Patterns of a whole table: another file, every value of a column replaced, a parent table that vanished."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from implement.engine.causes.background import Background
from implement.engine.causes.conditions import Condition

Pairs = Sequence[tuple[str, str]]


def are_nearly_all(findings: int, around: Background) -> bool:
    """Say whether so many findings concern nearly every record of the table."""
    settings = around.settings
    return findings >= max(2 * settings.least_findings, settings.nearly_all * around.table.row_count)


def wholesale_conditions(fate: str, column: str, pairs: Pairs) -> list[Condition]:
    """What befell nearly every record of the table at once."""
    everywhere = np.arange(len(pairs))
    if fate == "dropped":
        return [Condition("other_file", "", (), everywhere, 0)]
    if fate in ("value_changed", "wrong_relation") and not is_mapping(pairs):
        return [Condition("all_replaced", column, (), everywhere, 0)]
    return []


def is_mapping(pairs: Pairs) -> bool:
    """Say whether most of the values that occur again became the same other value each time."""
    became: dict[str, Counter[str]] = defaultdict(Counter)
    for one, other in pairs:
        became[one][other] += 1
    steady = sum(max(others.values()) for others in became.values() if max(others.values()) > 1)
    return 2 * steady > len(pairs)


def name_vanished(found: Sequence[Condition], around: Background) -> list[Condition]:
    """Where records refer to parents that did not arrive and nearly no parent did, say that the table vanished."""
    return [_vanished(one, around) if one.code == "parent_gone" else one for one in found]


def _vanished(condition: Condition, around: Background) -> Condition:
    parents = around.parents[condition.column][0].row_count
    gone = len(around.gone.get(condition.column, frozenset()))
    return replace(condition, code="parent_vanished") if gone >= around.settings.nearly_all * parents else condition
