"""What every SQL table keeps: money in whole minor units, instants that know their zone, shares apart from amounts."""

import re
from collections.abc import Iterator
from importlib import import_module

from sqlalchemy import Boolean, Column, DateTime, Enum, Float, Integer, MetaData, String

from implement.db import Instant, db
from tests.house.source import read_modules

MONEY = re.compile(
    r"(^|_)(money|amount|price|cost|costs|pay|salary|bonus|fee|revenue|turnover|budget|bill|loss|balance|penalty)(_|$)"
)
IN_MINOR_UNITS = re.compile(r"_minor(_per_\w+)?$")
NOT_MONEY = re.compile(r"_(id|at|count|kind|policy|name|day|share)$|^(is|has|may)_")
SHARE = re.compile(r"(^|_)(share|score|likelihood|fte)(_|$)")
MARKS_AN_INSTANT = re.compile(r"(^|_)at$")


def read_metadata() -> MetaData:
    """All tables of the house."""
    for module in read_modules():
        if "tables" in module.name.split(".") and not module.is_in("implement.web", "implement.engine"):
            import_module(module.name)
    return db.metadata


def find_unclear_money(metadata: MetaData) -> list[str]:
    """Money that is not a whole number of minor units and named so."""
    return [
        f"{column} holds money: name it …_minor and keep a whole number"
        for column in _columns(metadata)
        if _is_money(column) and not (IN_MINOR_UNITS.search(column.name) and isinstance(column.type, Integer))
    ]


def find_naive_instants(metadata: MetaData) -> list[str]:
    """Instants that do not know their zone, or are not named by when."""
    found = []
    for column in _columns(metadata):
        if isinstance(column.type, DateTime):
            found.append(f"{column} is naive: use Instant")
        elif isinstance(column.type, Instant) != bool(MARKS_AN_INSTANT.search(column.name)):
            found.append(f"{column}: instants, and only they, are named at or …_at")
    return found


def find_inexact_numbers(metadata: MetaData) -> list[str]:
    """Numbers that are neither whole nor exact, but shares and likelihoods."""
    return [
        f"{column} is not exact"
        for column in _columns(metadata)
        if isinstance(column.type, Float) and not SHARE.search(column.name)
    ]


def find_unnamed_constraints(metadata: MetaData) -> list[str]:
    """Constraints that a later revision could not name to change them."""
    return [
        f"{table.name} has an unnamed {type(constraint).__name__}"
        for table in metadata.tables.values()
        for constraint in table.constraints
        if constraint.name is None
    ]


def find_shouting_names(metadata: MetaData) -> list[str]:
    """Names of tables and columns that are not words in lower case joined by underscores."""
    names = [*metadata.tables, *(str(column) for column in _columns(metadata))]
    return [
        f"{name} does not read well" for name in names if not re.fullmatch(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)?", name)
    ]


def _columns(metadata: MetaData) -> Iterator[Column[object]]:
    return (column for table in metadata.tables.values() for column in table.columns)


def _is_money(column: Column[object]) -> bool:
    if isinstance(column.type, String | Boolean | Enum) or NOT_MONEY.search(column.name) or column.foreign_keys:
        return False
    return bool(MONEY.search(column.name) or IN_MINOR_UNITS.search(column.name))
