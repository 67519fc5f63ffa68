"""Columns that name several records in a cell, as the mapping's pages show and keep them. M29"""

from dataclasses import replace

import pytest

from implement.engine.mapping import LISTED, ColumnMapping, Reference, TableMapping
from implement.stages.transfer.mapping_forms import describe_column, name_parent
from implement.stages.transfer.service.editing import ColumnEdit, Parent, edit_columns

TEAM = Reference("team", "users", "user_id", "id")
TABLE = TableMapping(
    "deals",
    "opportunities",
    columns=(ColumnMapping("owner", "owner"), ColumnMapping("team", "members", LISTED)),
    references=(Reference("owner", "users", "user_id", "id"),),
    listed=(TEAM,),
)
EDIT = ColumnEdit("team", "members", LISTED, parents=(("users", "user_id", "id"),))


def test_the_page_shows_whom_a_list_names() -> None:
    line = describe_column(TABLE, TABLE.columns[1])
    assert (line["kind"], line["parents"]) == (LISTED, [name_parent(("users", "user_id", "id"))])


def test_an_edit_that_changes_nothing_keeps_the_list() -> None:
    assert edit_columns(TABLE, [EDIT], []) == TABLE


@pytest.mark.parametrize(("kind", "listed"), [(LISTED, (TEAM,)), ("text", ())])
def test_how_a_column_is_compared_says_whether_it_lists(kind: str, listed: tuple[Reference, ...]) -> None:
    edited = edit_columns(TABLE, [replace(EDIT, kind=kind)], [])
    assert edited.listed == listed
    assert (TEAM in edited.references) is not bool(listed)


ABOUT = (Reference("about", "firms", "nr", "uid"), Reference("about", "deals", "nr", "id"))
TASKS = TableMapping("tasks", "todos", columns=(ColumnMapping("about", "subject"),), references=ABOUT)
BOTH = ("firms", "nr", "uid"), ("deals", "nr", "id")


@pytest.mark.parametrize(("chosen", "kept"), [(BOTH, ABOUT), (BOTH[1:], ABOUT[1:]), ((), ())])
def test_a_column_keeps_those_of_its_parents_that_are_chosen(
    chosen: tuple[Parent, ...], kept: tuple[Reference, ...]
) -> None:
    assert describe_column(TASKS, TASKS.columns[0])["parents"] == list(map(name_parent, BOTH))
    edit = ColumnEdit("about", "subject", "text", parents=chosen)
    assert edit_columns(TASKS, [edit], []).references == kept
