"""The planned CRM: proposed from findings and field sets, edited, weighed, handed on, and chained to findings."""

from dataclasses import replace
from fractions import Fraction
from io import BytesIO

import pytest
import yaml
from python_calamine import CalamineWorkbook
from sqlalchemy.orm import Session

from implement.rollout.service.errors import EditedMeanwhile, RuleBroken
from implement.rollout.tables import User
from implement.stages.specification.service import fields, outline, overload
from implement.stages.specification.service.chain import read_chain
from implement.stages.specification.service.field_list import list_planned_columns, write_field_list
from implement.stages.specification.service.fields import FieldText
from implement.stages.specification.service.proposing import propose_structure
from implement.stages.specification.service.requirements import remove_requirement, take_up_origin
from implement.stages.specification.service.structure import read_structure
from implement.stages.specification.tables import PlannedRole
from implement.store import Store
from implement.web.access import Role
from tests import builders
from tests.rooms.audit_case import an_audit
from tests.rooms.specification_case import NOW, a_requirement, findings_of, origins_of


@pytest.fixture
def rollout_id(session: Session) -> int:
    return builders.a_rollout().id


@pytest.fixture
def carol(rollout_id: int) -> User:
    return builders.a_member(rollout_id, Role.CONSULTANT)


@pytest.fixture
def planned(rollout_id: int, store: Store, carol: User) -> int:
    """The structure of a trading firm without an audit."""
    propose_structure(rollout_id, ["trade"], store=store, by=carol, now=NOW)
    return rollout_id


def a_field(rollout_id: int, name: str = "Fax", **changed: object) -> FieldText:
    one = read_structure(rollout_id)
    said = FieldText(one.objects[0].id, name, "text", False, one.roles[0].id, "", None, "later", None)
    return replace(said, **changed)  # type: ignore[arg-type]


def test_field_sets_follow_the_kind_of_business(planned: int) -> None:  # M16 M65
    one = read_structure(planned)
    names = {field.name for field in one.fields}
    assert names >= {"Telephone", "Delivery addresses", "Next step with date"}
    assert "Frequency of visits" not in names
    assert "Segment" not in names  # nothing found speaks for it
    assert [stage.days for stage in one.stages][:2] == [1, 5]  # M42
    assert one.right(one.roles[0].id, one.objects[0].id) == "own"


def test_findings_speak_for_fields_and_functions(rollout_id: int, store: Store, carol: User) -> None:  # M16
    lost = next(one for one in findings_of(rollout_id) if "unanswered" in one.key)
    row = take_up_origin(rollout_id, lost.choice, store, by=carol, now=NOW)
    propose_structure(rollout_id, [], store=store, by=carol, now=NOW)
    one = read_structure(rollout_id)
    step = next(field for field in one.fields if field.name == "Next step with date")
    assert (step.requirement_number, step.why) == (row.number, lost.said)
    assert [part.requirements for part in one.parts if part.name.startswith("A request becomes")] == [((row.id, 1),)]


def test_records_a_week_come_from_the_audit(rollout_id: int, store: Store, carol: User) -> None:  # M109
    case = an_audit(rollout_id)
    case.answer("requests_month", "420")
    case.answer("salespeople", "35")
    propose_structure(rollout_id, [], store=store, by=carol, now=NOW)
    deal = next(one for one in read_structure(rollout_id).objects if one.name == "Deal")
    assert (deal.records_a_week, deal.estimate) == (3, "420 requests a month, 35 people (audit)")  # 420 × 12 ÷ 52 ÷ 35


def test_what_was_taken_away_stays_away(planned: int, store: Store, carol: User) -> None:
    gone = read_structure(planned).fields[1]
    fields.remove_field(fields.get_field(planned, gone.id), is_back=False, by=carol, now=NOW)
    assert propose_structure(planned, ["trade"], store=store, by=carol, now=NOW).count == 0
    assert gone.name not in {one.name for one in read_structure(planned).fields if one.object_id == gone.object_id}
    fields.remove_field(fields.get_field(planned, gone.id), is_back=True, by=carol, now=NOW)
    assert gone.id in {one.id for one in read_structure(planned).fields}


def test_two_editors_of_a_field_overwrite_nothing(planned: int, carol: User) -> None:
    row = fields.add_field(planned, a_field(planned), by=carol, now=NOW)
    seen = row.version
    fields.change_field(row, a_field(planned, "Telefax"), version=seen, by=carol, now=NOW)
    with pytest.raises(EditedMeanwhile):
        fields.change_field(row, a_field(planned, "Facsimile"), version=seen, by=carol, now=NOW)
    with pytest.raises(RuleBroken):
        fields.add_field(planned, a_field(planned, "Telefax"), by=carol, now=NOW)


def test_what_fields_need_is_not_taken_away(planned: int, carol: User) -> None:
    role = outline.get_outlined(planned, "roles", read_structure(planned).roles[0].id)
    with pytest.raises(RuleBroken):
        outline.remove_outlined(role, "roles", by=carol, now=NOW)
    own = outline.add_outlined(planned, "roles", {"name": "Intern"}, by=carol, now=NOW)
    outline.remove_outlined(own, "roles", by=carol, now=NOW)
    assert "Intern" not in {one.name for one in read_structure(planned).roles}


def test_a_role_of_another_firm_fills_nothing_in(planned: int, carol: User) -> None:
    other = builders.a_rollout(company="Another firm").id
    theirs = outline.add_outlined(other, "roles", {"name": "Spy"}, by=carol, now=NOW)
    assert isinstance(theirs, PlannedRole)
    with pytest.raises(RuleBroken):
        fields.add_field(planned, a_field(planned, filled_by_id=theirs.id), by=carol, now=NOW)


def test_the_load_follows_own_seconds(planned: int, carol: User) -> None:  # M17 M109
    before = overload.weigh(planned)
    assert before.busiest is not None
    assert before.busiest.role == "Salesperson"
    overload.set_norm(planned, "long_text", seconds=3000, source="Stopwatch, ten entries", by=carol, now=NOW)
    after = overload.weigh(planned)
    assert after.busiest is not None
    assert after.busiest.minutes_a_day - before.busiest.minutes_a_day == Fraction((3000 - 63) * 60, 300)
    assert after.busiest.is_too_much


def test_what_nobody_asked_for_is_counted_and_a_removed_requirement_asks_for_nothing(planned: int, carol: User) -> None:
    row = a_requirement(planned, carol)
    field = fields.add_field(planned, a_field(planned, requirement_id=row.id), by=carol, now=NOW)
    asked = overload.weigh(planned).overload
    assert asked.parts - asked.without == 1
    remove_requirement(row, is_back=False, by=carol, now=NOW)
    assert field.id in {one.id for one in overload.weigh(planned).unasked_fields}


def test_the_field_list_is_the_same_in_three_formats(planned: int, carol: User) -> None:  # M16 M19
    fields.add_field(planned, a_field(planned, "=cmd()"), by=carol, now=NOW)
    columns = list_planned_columns(planned)
    plain = yaml.safe_load(write_field_list(planned, "yaml"))
    sheet = CalamineWorkbook.from_filelike(BytesIO(write_field_list(planned, "xlsx"))).get_sheet_by_index(0).to_python()
    text = write_field_list(planned, "csv").decode("utf-8-sig").splitlines()
    names = [(one.object, one.name) for one in columns]
    assert [(one["object"], one["field"]) for one in plain] == names == [(row[0], row[1]) for row in sheet[1:]]
    assert len(text) == len(names) + 1
    assert any("'=cmd()" in line for line in text)
    assert write_field_list(planned, "xlsx") == write_field_list(planned, "xlsx")


def test_a_stage_comes_earlier(planned: int, carol: User) -> None:  # M42
    second = outline.get_outlined(planned, "stages", read_structure(planned).stages[1].id)
    outline.move_stage(second, by=carol, now=NOW)  # type: ignore[arg-type]
    assert read_structure(planned).stages[0].id == second.id


def test_the_chain_holds_both_ways_and_tells_what_hangs_in_the_air(
    rollout_id: int, store: Store, carol: User
) -> None:  # M2 M17
    task, other = origins_of(rollout_id)
    row = a_requirement(rollout_id, carol, task)
    loose = a_requirement(rollout_id, carol, acceptance_test="", priority="wont")
    said = {"name": "Telephone", "kind": "integration", "step": "framework"}
    part = outline.add_outlined(rollout_id, "parts", said, asked_by=[row.id], by=carol, now=NOW)
    outline.add_outlined(rollout_id, "parts", said | {"name": "Weather"}, by=carol, now=NOW)
    one = read_chain(rollout_id, store)
    assert [[asking.number for asking in rows] for _origin, rows in one.by_origin] == [[1], [], [2]]
    assert [entry.id for entry in one.requirements[0].parts] == [part.id]
    assert one.unasked_findings == [other]
    assert (
        [entry.number for entry in one.without_origin] == [entry.number for entry in one.without_test] == [loose.number]
    )
    assert ([entry.name for entry in one.unasked_parts], one.without_part) == (["Weather"], [])
    assert (one.gaps, [entry.number for entry in one.rows]) == (4, [loose.number, None, None, row.number])
