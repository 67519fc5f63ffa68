"""What a person says of a column beside its counterpart: zones, years, beginnings, parents, tables of their own. M29"""

from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import func, select

from implement.db import db
from implement.engine.mapping import LookedUp, Mapping, TableMapping, mapping_from_yaml
from implement.stages.transfer.mapping_forms import name_parent, name_place
from implement.stages.transfer.tables import MappingVersion
from tests.fixtures.members import VisitorAs
from tests.fixtures.visitors import Visitor
from tests.rooms.test_transfer_moved import room as moved_room
from tests.rooms.test_transfer_pages import count_queries
from tests.rooms.transfer_case import a_mapped_case
from tests.rooms.transfer_case import read_at_once as read_at_once

pytestmark = pytest.mark.usefixtures("read_at_once")
guests = moved_room
COLUMNS, TARGET = "main form:not(.form)", "form[action$='/target']"
CONTACTS_BY_ID, CONTACTS_BY_NAME = (name_parent(("contacts", name, name)) for name in ("contact_id", "name"))
DEALS_BY_ID = name_parent(("deals", "deal_id", "deal_id"))


@pytest.fixture
def deals(app: Flask) -> str:
    """The page of the deals, whose days of closing stand in the fifth column and owners in the sixth."""
    with app.test_request_context():
        case = a_mapped_case()
        db.session.commit()
        return f"/rollouts/{case.rollout_id}/transfer/mapping/1/tables/2"


@pytest.fixture
def carol(visitor_as: VisitorAs) -> Visitor:
    """The consultant of the only rollout."""
    return visitor_as("consultant", rollout_id=1)


def _read(carol: Visitor, version: int) -> Mapping:
    return mapping_from_yaml(carol.get(f"/rollouts/1/transfer/mapping/{version}/mapping.yaml").content.decode())


def _count_versions(app: Flask) -> int | None:
    with app.app_context():
        return db.session.scalar(select(func.count(MappingVersion.id)))


def _deals(carol: Visitor, version: int) -> TableMapping:
    found = _read(carol, version).table("deals")
    assert found
    return found


def test_zone_and_first_year_of_dates_are_set(deals: str, carol: Visitor) -> None:
    said = {"columns-4-kind": "date", "columns-4-source_zone": "Europe/Berlin", "columns-4-target_first_year": "1930"}
    carol.submit(carol.get(deals), said, form=COLUMNS)
    closed = _deals(carol, 2).column("closed")
    assert closed and (closed.source_writing.zone, closed.target_writing.first_year) == ("Europe/Berlin", 1930)
    assert closed.note == "set by hand"
    page = carol.get(deals.replace("/1/tables", "/2/tables"))
    assert page.one("[name=columns-4-source_zone]")["value"] == "Europe/Berlin"


@pytest.mark.parametrize(
    ("typed", "prefixes", "mark"),
    [("CRM-", "crm", "CRM-"), ("+49, 0", "49|0", ""), ("0,+49", "49|0", ""), (" ", "", "")],
)
def test_what_stands_before_values_is_set_as_it_is_typed(
    deals: str, carol: Visitor, typed: str, prefixes: str, mark: str
) -> None:
    said = {"columns-5-kind": "loose", "columns-5-target_beginnings": typed}
    carol.submit(carol.get(deals), said, form=COLUMNS)
    owner = _deals(carol, 2).column("owner")
    assert owner and (owner.target_writing.prefixes, owner.target_writing.mark) == (prefixes, mark)


REFUSED = [
    ({"columns-4-kind": "date", "columns-4-source_zone": "Berlin"}, "There is no zone Berlin."),
    ({"columns-4-kind": "date", "columns-4-target_zone": "+2"}, "There is no zone +2."),
    ({"columns-4-kind": "date", "columns-4-source_first_year": "30"}, "a year in four digits"),
    ({"columns-3-source_first_year": "1930"}, "This is told of dates alone"),
    ({"columns-5-kind": "loose", "columns-5-source_beginnings": "+"}, "there are none in +."),
    ({"columns-5-kind": "text", "columns-5-source_beginnings": "0"}, "letters and digits alone are compared: choose"),
    ({"columns-1-kind": "listed", "columns-1-parents": [CONTACTS_BY_ID, DEALS_BY_ID]}, "A list names records of one"),
    ({"columns-1-parents": [name_parent(("strangers", "id", ""))]}, ""),
]


@pytest.mark.parametrize(("said", "sentence"), REFUSED)
def test_what_cannot_be_meant_is_said_at_its_field_and_nothing_is_saved(
    app: Flask, deals: str, carol: Visitor, said: dict[str, object], sentence: str
) -> None:
    page = carol.submit(carol.get(deals), {"columns-3-values": "old = new", **said}, form=COLUMNS, status=422)
    assert any(sentence in text for text in page.words("details[open] .error"))
    assert _count_versions(app) == 1


def test_a_column_names_a_record_of_any_of_several_parents(deals: str, carol: Visitor) -> None:
    said = {"columns-1-parents": [CONTACTS_BY_ID, DEALS_BY_ID]}
    carol.submit(carol.get(deals), said, form=COLUMNS)
    named = {(one.parent, one.parent_column) for one in _deals(carol, 2).references if one.column == "contact"}
    assert named == {("contacts", "contact_id"), ("deals", "deal_id")}


def test_the_parents_that_are_named_stand_first(deals: str, carol: Visitor) -> None:
    offered = [str(one["value"]) for one in carol.get(deals).all("[name=columns-1-parents]")]
    assert (offered[0], len(offered)) == (CONTACTS_BY_ID, len({*offered}))


def test_a_list_of_records_is_said_by_how_it_is_compared(deals: str, carol: Visitor) -> None:
    said = {"columns-1-kind": "listed", "columns-1-parents": [CONTACTS_BY_NAME]}
    carol.submit(carol.get(deals), said, form=COLUMNS)
    table = _deals(carol, 2)
    assert [(one.column, one.parent, one.parent_column) for one in table.listed] == [("contact", "contacts", "name")]
    assert not [one for one in table.references if one.column == "contact"]


@pytest.mark.parametrize("form", [COLUMNS, TARGET])
def test_what_is_saved_unchanged_is_the_same(guests: str, carol: Visitor, form: str) -> None:
    carol.submit(carol.get(f"{guests}/mapping/1/tables/1"), form=form)
    (saved,), (proposed,) = (_read(carol, version).tables for version in (2, 1))
    ordered = [saved.column(one.source) for one in proposed.columns]
    assert replace(saved, columns=()) == replace(proposed, columns=())
    assert ordered == list(proposed.columns)


def test_a_table_of_their_own_is_taken_back_with_the_counterparts_there_and_set_again(
    guests: str, carol: Visitor
) -> None:
    carol.submit(carol.get(f"{guests}/mapping/1/tables/1"), {"moved-0-place": ""}, form=TARGET)
    without = _read(carol, 2).tables[0]
    gone = {one.target for one in without.columns if one.source in ("house", "town")}
    assert (without.looked_up, gone) == ((), {None})
    said = {"moved-0-column": "lodging_id", "moved-0-place": name_place("lodgings", "lodging_id")}
    carol.submit(carol.get(f"{guests}/mapping/2/tables/1"), said, form=TARGET)
    assert _read(carol, 3).tables[0].looked_up == (LookedUp("lodging_id", "lodgings", "lodging_id"),)
    carol.submit(carol.get(f"{guests}/mapping/3/tables/1"), {"columns-3-target": "lodging_id.title"}, form=COLUMNS)
    house = _read(carol, 4).tables[0].column("house")
    assert house and house.target == "lodging_id.title"


def test_one_column_names_rows_of_one_table(app: Flask, guests: str, carol: Visitor) -> None:
    said = {"moved-1-column": "lodging_id", "moved-1-place": name_place("lodgings", "title")}
    page = carol.submit(carol.get(f"{guests}/mapping/1/tables/1"), said, form=TARGET, status=422)
    assert any("This column is said to name rows twice." in text for text in page.words("form.form .error"))
    assert _count_versions(app) == 1


def test_what_somebody_else_said_meanwhile_is_not_overwritten(
    app: Flask, deals: str, carol: Visitor, visitor_as: VisitorAs
) -> None:
    lead, seen = visitor_as("lead", rollout_id=1), carol.get(deals)
    for_dates = {"columns-4-kind": "date", "columns-4-source_zone": "Asia/Tokyo"}
    lead.submit(lead.get(deals), for_dates, form=COLUMNS)
    carol.submit(seen, for_dates | {"columns-4-source_zone": "Europe/Berlin"}, form=COLUMNS, status=409)
    assert _count_versions(app) == 2


def test_the_page_of_a_table_counts_its_questions_to_the_database(app: Flask, deals: str, carol: Visitor) -> None:
    carol.get(deals)
    with count_queries(app) as asked:
        carol.get(deals)
    assert len(asked) <= 15
