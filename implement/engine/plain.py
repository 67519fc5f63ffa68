"""Figures as plain values that JSON keeps, and back: dataclasses of numbers, texts, days, amounts and tuples."""

from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from types import UnionType
from typing import TypeVar, cast, get_args, get_origin, get_type_hints

Plain = str | int | float | bool | None | list["Plain"] | dict[str, "Plain"]
T = TypeVar("T")


def to_plain(value: object) -> Plain:
    """A value as JSON keeps it; amounts and days become text."""
    if is_dataclass(value):
        return {one.name: to_plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, tuple | list):
        return [to_plain(one) for one in value]
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, date):
        return value.isoformat()
    assert value is None or isinstance(value, str | int | float)
    return value


def from_plain(kind: type[T], kept: object) -> T:
    """The value of this kind that was kept; a field that was not kept has its default."""
    return cast(T, _read(kind, kept))


def _read(kind: object, kept: object) -> object:
    if get_origin(kind) is tuple:
        return _read_tuple(get_args(kind), kept)
    if isinstance(kind, UnionType):
        return None if kept is None else _read(next(one for one in get_args(kind) if one is not type(None)), kept)
    if is_dataclass(kind):
        hints, known = get_type_hints(kind), cast(dict[str, object], kept)
        return kind(**{name: _read(hints[name], known[name]) for name in hints if name in known})  # type: ignore[operator]
    if kind is date:
        return date.fromisoformat(str(kept))
    if kind is Decimal or (isinstance(kind, type) and issubclass(kind, StrEnum)):
        return kind(str(kept))
    return float(str(kept)) if kind is float else kept


def _read_tuple(kinds: tuple[object, ...], kept: object) -> tuple[object, ...]:
    listed = cast(list[object], kept)
    if len(kinds) == 2 and kinds[1] is Ellipsis:
        return tuple(_read(kinds[0], one) for one in listed)
    return tuple(_read(kind, one) for kind, one in zip(kinds, listed, strict=True))
