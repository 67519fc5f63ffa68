"""Tables keep money in minor units, aware instants and named constraints."""

from collections.abc import Callable

import pytest
from sqlalchemy import CheckConstraint, Column, DateTime, Float, Integer, MetaData, Numeric, Table
from sqlalchemy.types import TypeEngine

from implement.db import NAMING, Instant
from tests.house import tables

FindTables = Callable[[MetaData], list[str]]

BREACHES = [
    (tables.find_unclear_money, "amount", Integer()),
    (tables.find_unclear_money, "variable_pay", Numeric()),
    (tables.find_unclear_money, "amount_minor", Float()),
    (tables.find_naive_instants, "signed_at", DateTime()),
    (tables.find_naive_instants, "signature", Instant()),
    (tables.find_naive_instants, "signed_at", Integer()),
    (tables.find_inexact_numbers, "hours", Float()),
    (tables.find_shouting_names, "signedBy", Integer()),
]
RULES = sorted({rule for rule, _, _ in BREACHES} | {tables.find_unnamed_constraints}, key=lambda rule: rule.__name__)


def make_metadata(name: str, kind: TypeEngine[object]) -> MetaData:
    """Make one table with one column."""
    metadata = MetaData(naming_convention=NAMING)
    Table("statement", metadata, Column(name, kind))
    return metadata


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_house_keeps(rule: FindTables) -> None:
    assert rule(tables.read_metadata()) == []


@pytest.mark.parametrize(("rule", "name", "kind"), BREACHES, ids=[rule.__name__ for rule, _, _ in BREACHES])
def test_a_breach_is_found(rule: FindTables, name: str, kind: TypeEngine[object]) -> None:
    assert len(rule(make_metadata(name, kind))) == 1


def test_an_unnamed_constraint_is_found() -> None:
    metadata = MetaData()
    Table("statement", metadata, Column("amount_minor", Integer()), CheckConstraint("amount_minor >= 0"))
    assert len(tables.find_unnamed_constraints(metadata)) == 2


@pytest.mark.parametrize(("name", "kind"), [("amount_minor", Integer()), ("signed_at", Instant())])
def test_a_sound_column_breaks_no_rule(name: str, kind: TypeEngine[object]) -> None:
    assert [rule.__name__ for rule in RULES if rule(make_metadata(name, kind))] == []
