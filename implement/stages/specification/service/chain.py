"""The chain from finding to requirement to what the CRM gets for it, both ways, and what of it hangs in the air."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select

from implement.db import db
from implement.stages.specification.service.origins import Origin, list_origins
from implement.stages.specification.service.structure import FieldRow, PartRow, list_fields, list_parts
from implement.stages.specification.tables import Requirement, RequirementOrigin
from implement.store import Store

GAPS = ("no_requirement", "no_origin", "no_test", "no_part", "not_asked")


@dataclass(frozen=True)
class ChainedRequirement:
    """A requirement with what it follows from and what the CRM gets for it."""

    id: int
    number: int
    text: str
    priority: str
    acceptance_test: str
    origins: tuple[Origin, ...]
    parts: tuple[PartRow, ...]
    fields: tuple[FieldRow, ...]

    @property
    def gets_nothing(self) -> bool:
        """True when the CRM gets nothing for it, though it is for this time."""
        return self.priority != "wont" and not (self.parts or self.fields)


@dataclass(frozen=True)
class ChainRow:
    """One line of the chain, from either end; each gap holds its own name where the line breaks there, else nothing.

    A line may hold only a finding, only a part of the CRM, only a field.
    """

    at: int
    origin: Origin | None
    requirement: ChainedRequirement | None
    part: PartRow | None = None
    field: FieldRow | None = None

    @property
    def number(self) -> int | None:
        """The number of the requirement."""
        return self.requirement.number if self.requirement else None

    @property
    def no_requirement(self) -> str:
        """A finding or task that nothing follows from."""
        return "no_requirement" if self.origin and not self.requirement else ""

    @property
    def no_origin(self) -> str:
        """A requirement that follows from nothing."""
        return "no_origin" if self.requirement and not self.origin else ""

    @property
    def no_test(self) -> str:
        """A requirement without an acceptance test."""
        return "no_test" if self.requirement and not self.requirement.acceptance_test else ""

    @property
    def no_part(self) -> str:
        """A requirement of this time for which the CRM gets nothing."""
        return "no_part" if self.requirement and self.requirement.gets_nothing else ""

    @property
    def not_asked(self) -> str:
        """A part or a field that nobody asked for."""
        return "not_asked" if self.part or self.field else ""

    @property
    def in_the_air(self) -> str:
        """Any of these."""
        return "in_the_air" if any(getattr(self, gap) for gap in GAPS) else ""

    @property
    def words(self) -> str:
        """Every word of the line, for a search."""
        asked, parts, fields = self.requirement, [self.part] if self.part else [], [self.field] if self.field else []
        said = [self.origin.said] if self.origin else []
        if asked:
            said += [f"R{asked.number}", asked.text]
            parts, fields = [*asked.parts], [*asked.fields]
        return " ".join([*said, *(one.name for one in parts), *(f"{one.object}: {one.name}" for one in fields)])


@dataclass(frozen=True)
class Chain:
    """Everything from findings and tasks to parts of the CRM; `origins` are all there are today."""

    origins: tuple[Origin, ...]
    requirements: tuple[ChainedRequirement, ...]
    parts: tuple[PartRow, ...]
    fields: tuple[FieldRow, ...]

    @property
    def by_origin(self) -> list[tuple[Origin | None, list[ChainedRequirement]]]:
        """From the findings on: each with its requirements, those that follow from nothing last."""
        known = {one.choice: one for one in self.origins}
        known |= {one.choice: one for row in self.requirements for one in row.origins if one.choice not in known}
        following: dict[str, list[ChainedRequirement]] = {choice: [] for choice in known}
        for row in self.requirements:
            for choice in dict.fromkeys(one.choice for one in row.origins):
                following[choice].append(row)
        rows: list[tuple[Origin | None, list[ChainedRequirement]]] = [
            (origin, following[choice]) for choice, origin in known.items()
        ]
        return rows + ([(None, self.without_origin)] if self.without_origin else [])

    @property
    def unasked_findings(self) -> list[Origin]:
        """Findings and tasks from which no requirement follows."""
        taken = {one.choice for row in self.requirements for one in row.origins}
        return [one for one in self.origins if one.choice not in taken]

    @property
    def without_origin(self) -> list[ChainedRequirement]:
        """Requirements that follow from nothing."""
        return [row for row in self.requirements if not row.origins]

    @property
    def without_test(self) -> list[ChainedRequirement]:
        """Requirements of which nobody said how one sees that they are met."""
        return [row for row in self.requirements if not row.acceptance_test]

    @property
    def without_part(self) -> list[ChainedRequirement]:
        """Requirements for which the CRM gets nothing, but for those that are not for this time."""
        return [row for row in self.requirements if row.gets_nothing]

    @property
    def unasked_parts(self) -> list[PartRow]:
        """Functions, widgets and integrations that no requirement asks for."""
        return [one for one in self.parts if not one.requirements]

    @property
    def unasked_fields(self) -> list[FieldRow]:
        """Fields that no requirement asks for."""
        return [one for one in self.fields if one.requirement_id is None]

    @property
    def rows(self) -> list[ChainRow]:
        """Every line, what hangs in the air first, those of one finding together."""
        found = [ChainRow(0, origin, row) for origin, rows in self.by_origin for row in rows]
        found += [ChainRow(0, origin, None) for origin, rows in self.by_origin if not rows]
        found += [ChainRow(0, None, None, part=one) for one in self.unasked_parts]
        found += [ChainRow(0, None, None, field=one) for one in self.unasked_fields]
        ordered = sorted(found, key=lambda row: not row.in_the_air)
        return [replace(row, at=at) for at, row in enumerate(ordered, 1)]

    @property
    def gaps(self) -> int:
        """How much hangs in the air."""
        lists: Sequence[Sequence[object]] = (
            self.unasked_findings, self.without_origin, self.without_test, self.without_part, self.unasked_parts,
            self.unasked_fields,
        )  # fmt: skip
        return sum(len(one) for one in lists)


def read_chain(rollout_id: int, store: Store) -> Chain:
    """The whole chain of a rollout."""
    parts, fields = list_parts(rollout_id), list_fields(rollout_id)
    origins = list_origins(rollout_id, store)
    asked = select(
        Requirement.id, Requirement.number, Requirement.text, Requirement.priority, Requirement.acceptance_test
    ).where(Requirement.rollout_id == rollout_id, Requirement.removed_at.is_(None))
    chosen = _read_chosen(rollout_id, {one.choice: one for one in origins})
    rows = db.session.execute(asked.order_by(Requirement.number)).all()
    parts_of, fields_of = defaultdict[int, list[PartRow]](list), defaultdict[int | None, list[FieldRow]](list)
    for part in parts:
        for asking in dict.fromkeys(asking for asking, _number in part.requirements):
            parts_of[asking].append(part)
    for field in fields:
        fields_of[field.requirement_id].append(field)
    return Chain(
        tuple(origins),
        tuple(
            ChainedRequirement(
                row.id,
                row.number,
                row.text,
                row.priority,
                row.acceptance_test,
                tuple(chosen.get(row.id, ())),
                tuple(parts_of[row.id]),
                tuple(fields_of[row.id]),
            )
            for row in rows
        ),
        parts,
        fields,
    )


def _read_chosen(rollout_id: int, known: Mapping[str, Origin]) -> dict[int, list[Origin]]:
    """What each requirement follows from, as it reads today, else as it read when it was chosen."""
    rows = db.session.scalars(
        select(RequirementOrigin)
        .join(Requirement, Requirement.id == RequirementOrigin.requirement_id)
        .where(Requirement.rollout_id == rollout_id)
        .order_by(RequirementOrigin.id)
    )
    chosen: dict[int, list[Origin]] = {}
    for row in rows:
        gone = Origin(row.kind, row.key, row.said, row.said, "")
        chosen.setdefault(row.requirement_id, []).append(known.get(gone.choice, gone))
    return chosen
