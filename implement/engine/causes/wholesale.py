"""Patterns of a whole table: another file, every value of a column replaced, a parent table that vanished."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from implement.engine.causes.background import Background
from implement.engine.causes.coded import Changes
from implement.engine.causes.conditions import Condition


def are_nearly_all(findings: int, around: Background) -> bool:
    """Say whether so many findings concern nearly every record of the table."""
    settings = around.settings
    return findings >= max(2 * settings.least_findings, settings.nearly_all * around.table.row_count)


def wholesale_conditions(fate: str, column: str, changes: Changes) -> list[Condition]:
    """What befell nearly every record of the table at once."""
    everywhere = np.arange(len(changes))
    if fate == "dropped":
        return [Condition("other_file", "", (), everywhere, 0)]
    if fate in ("value_changed", "wrong_relation") and not is_mapping(changes):
        return [Condition("all_replaced", column, (), everywhere, 0)]
    return []


def is_mapping(changes: Changes) -> bool:
    """Say whether most of the values that occur again became the same other value each time."""
    ones, _, times = changes.met
    most = np.zeros(len(changes.ones.values), dtype=np.int64)
    np.maximum.at(most, ones, times)
    return bool(2 * most[most > 1].sum() > len(changes))


def name_vanished(found: Sequence[Condition], around: Background) -> list[Condition]:
    """Where records refer to parents that did not arrive and nearly no parent did, say that the table vanished."""
    return [_vanished(one, around) if one.code == "parent_gone" else one for one in found]


def _vanished(condition: Condition, around: Background) -> Condition:
    parents = sum(one.row_count for one, _ in around.parents[condition.column] if one.name == condition.parent)
    gone = len(around.gone.get((condition.column, condition.parent), frozenset()))
    return replace(condition, code="parent_vanished") if gone >= around.settings.nearly_all * parents else condition
