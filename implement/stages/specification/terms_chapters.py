"""What the specification adds to the terms of reference: requirements, functions, structure, effort, order of work."""

from collections.abc import Sequence
from datetime import date

from flask import current_app

from implement.engine.document import Block, Bullets, Grid, Paragraph
from implement.rollout.registries import Registries, TermsSection
from implement.rollout.service.people import list_members
from implement.stages.specification.service.chain import ChainedRequirement, read_chain
from implement.stages.specification.service.overload import weigh
from implement.stages.specification.service.requirements import PRIORITIES, RequirementLine, list_lines
from implement.stages.specification.service.structure import (
    KIND_LABELS,
    LEVEL_LABELS,
    PART_LABELS,
    STEP_LABELS,
    FieldRow,
    Structure,
    read_structure,
)
from implement.stages.specification.structure_page import say_burden
from implement.web.texts import _, lazy, number

PLACES = {"requirements": 30, "functions": 40, "structure": 50, "effort": 55, "order": 80}


def register(registries: Registries) -> None:
    """Add the chapters of this room."""
    registries.terms_sections += [
        TermsSection(PLACES["requirements"], "requirements", lazy("Requirements"), gather_requirements),
        TermsSection(PLACES["functions"], "functions", lazy("Functions and integrations"), gather_functions),
        TermsSection(PLACES["structure"], "structure", lazy("Records, fields, stages and rights"), gather_structure),
        TermsSection(PLACES["effort"], "effort", lazy("Effort of typing"), gather_effort),
        TermsSection(PLACES["order"], "order", lazy("Order of work"), gather_order),
    ]


def gather_requirements(rollout_id: int, today: date) -> Sequence[Block] | None:
    """Every requirement with test, owner, users, needs and what it follows from."""
    chain = read_chain(rollout_id, current_app.extensions["implement_store"])
    lines = {one.id: one for one in list_lines(rollout_id)}
    names = {user_id: name for user_id, name, *_rest in list_members(rollout_id)}
    said: list[Block] = []
    for row in chain.requirements:
        said.append(Paragraph(f"R{row.number} · {PRIORITIES[row.priority]}", is_heading=True))
        said += [Paragraph(row.text), Bullets(tuple(_describe(row, lines[row.id], names)))]
    return said or None


def _describe(row: ChainedRequirement, line: RequirementLine, names: dict[int, str]) -> list[str]:
    missing = _("not said")
    owner = names.get(line.owner_id or 0, missing)
    return [
        _("Acceptance test: %(said)s", said=row.acceptance_test or missing),
        _("Owner: %(said)s", said=owner),
        _("Who uses it: %(said)s", said=line.used_by or missing),
        _("What it needs to know: %(said)s", said=line.needs or missing),
        *(_("Follows from: %(said)s", said=origin.said) for origin in row.origins),
    ]


def gather_functions(rollout_id: int, today: date) -> Sequence[Block] | None:
    """Functions, widgets and integrations with the requirements that ask for them."""
    parts = read_chain(rollout_id, current_app.extensions["implement_store"]).parts
    headings = (_("Name"), _("What it is"), _("Step"), _("Requirements"))
    rows = tuple(
        (
            one.name,
            str(PART_LABELS[one.kind]),
            str(STEP_LABELS[one.step]),
            ", ".join(f"R{asking}" for _id, asking in one.requirements),
        )
        for one in parts
    )
    return [Grid(headings, rows)] if rows else None


def gather_structure(rollout_id: int, today: date) -> Sequence[Block] | None:
    """The fields of each kind of record, the stages of a deal, and the rights (M16, M42)."""
    one = read_structure(rollout_id)
    if not one.objects:
        return None
    said: list[Block] = []
    for record in one.objects:
        said += [Paragraph(record.name, is_heading=True), _list_fields(one.fields_of(record.id))]
    stages = tuple((row.name, number(row.days), row.done_when) for row in one.stages)
    said += [Paragraph(_("Stages of a deal"), is_heading=True)]
    said += [Grid((_("Stage"), _("At most so many days"), _("It is left when")), stages)]
    return [*said, Paragraph(_("Rights"), is_heading=True), _list_rights(one)]


def _list_fields(fields: Sequence[FieldRow]) -> Block:
    headings = (_("Field"), _("Kind"), _("Required"), _("Filled in by"), _("Read by"), _("Requirement"), _("Step"))
    rows = (
        (
            one.name,
            str(KIND_LABELS[one.kind]),
            _("yes") if one.is_required else _("no"),
            one.filled_by or _("the CRM itself"),
            one.read_by or _("nobody"),
            f"R{one.requirement_number}" if one.requirement_number else "",
            str(STEP_LABELS[one.step]),
        )
        for one in fields
    )
    return Grid(headings, tuple(rows))


def _list_rights(one: Structure) -> Block:
    rows = (
        (role.name, *(str(LEVEL_LABELS[one.right(role.id, record.id)]) for record in one.objects)) for role in one.roles
    )
    return Grid((_("Role"), *(record.name for record in one.objects)), tuple(rows))


def gather_effort(rollout_id: int, today: date) -> Sequence[Block] | None:
    """What nobody asked for, and minutes of typing a day by role (M17, M109)."""
    burden = weigh(rollout_id)
    if not burden.loads:
        return None
    rows = tuple((load.role, number(load.minutes_a_day, 0)) for load in burden.loads)
    return [Paragraph(say_burden(burden)), Grid((_("Role"), _("Minutes a day")), rows)]


def gather_order(rollout_id: int, today: date) -> Sequence[Block] | None:
    """Basic framework, short test, transfer (M18, M19)."""
    chain = read_chain(rollout_id, current_app.extensions["implement_store"])
    if not chain.requirements:
        return None
    tried = (row for row in chain.requirements if row.priority == "must" and row.acceptance_test)
    framework = (one.name for one in chain.parts if one.step == "framework")
    return [
        Paragraph(_("1 Basic framework"), is_heading=True),
        Paragraph(_("Built in full before anybody tests.")),
        Bullets(tuple(framework)),
        Paragraph(_("2 Short test"), is_heading=True),
        Bullets(tuple(f"R{row.number}: {row.acceptance_test}" for row in tried)),
        Paragraph(_("3 Transfer"), is_heading=True),
        Paragraph(_("Only what passed the test is filled with records, by the field list.")),
    ]
