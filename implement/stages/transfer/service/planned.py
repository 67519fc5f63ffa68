"""The specification's field list beside the tables at hand: what fills each field, what was not planned (M19)."""

from collections.abc import Sequence
from dataclasses import dataclass

from implement.engine.mapping.planned import find_sources
from implement.stages.specification.service.field_list import list_planned_columns
from implement.stages.transfer.service.files import SOURCE, TARGET
from implement.stages.transfer.service.sides import TableAtHand, describe_side


@dataclass(frozen=True)
class PlanLine:
    """A planned field, the old column whose name fits, and the CRM's; empty where none does."""

    object: str
    name: str
    is_required: bool
    source: str
    target: str


@dataclass(frozen=True)
class PlanHeld:
    """The field list against both sides; `unplanned` are columns of the CRM that no planned field names."""

    lines: tuple[PlanLine, ...]
    unplanned: tuple[str, ...]

    @property
    def filled(self) -> int:
        """Fields for which an old column fits."""
        return sum(bool(one.source) for one in self.lines)

    @property
    def required_without(self) -> tuple[PlanLine, ...]:
        """Fields that must be filled in and have no old column: people will type them after the transfer."""
        return tuple(one for one in self.lines if one.is_required and not one.source)


def hold_plan(rollout_id: int, tables: Sequence[TableAtHand]) -> PlanHeld:
    """Hold the field list against the tables at hand, by names in four languages; empty before there is a list."""
    planned = list_planned_columns(rollout_id)
    fields = [(one.object, one.name) for one in planned]
    source, target = describe_side(tables, SOURCE), describe_side(tables, TARGET)
    if not fields:
        return PlanHeld((), ())
    old, new = find_sources(fields, source), find_sources(fields, target)
    lines = (
        PlanLine(one.object, one.name, one.is_required, _name(before.column), _name(after.column))
        for one, before, after in zip(planned, old, new, strict=True)
    )
    met = {one.column for one in new}
    there = [(table, column) for table, columns in target.items() for column in columns]
    unplanned = (_name(one) for one in there if one not in met)
    return PlanHeld(tuple(lines), tuple(unplanned))


def _name(place: tuple[str, str] | None) -> str:
    return ".".join(place) if place else ""
