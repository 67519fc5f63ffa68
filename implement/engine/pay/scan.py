"""Read a plan's JSON person by person, so that however long or odd a text is, only one person is held at a time."""

import json
import re
from collections.abc import Callable

Json = object

PEOPLE = "people"
DIGITS_KEPT = 20  # of a whole number: more than any that is allowed, fewer than would take long to read
BLANK = re.compile(r"[ \t\n\r]*")


class NoObject(ValueError):
    """The text is something other than one object."""


class Repeating(dict[str, Json]):
    """An object some of whose keys are given more than once."""

    repeated: tuple[str, ...] = ()


class Unfit:
    """A number as no plan may hold it: with a point, with an exponent, or none at all (NaN)."""


UNFIT = Unfit()


def read_object(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    """An object that remembers which of its keys were repeated."""
    fields = dict(pairs)
    if len(fields) == len(pairs):
        return fields
    names = [name for name, _ in pairs]
    repeating, seen, twice = Repeating(fields), set[str](), dict[str, None]()
    for name in names:
        twice.update({name: None} if name in seen else {})
        seen.add(name)
    repeating.repeated = tuple(twice)
    return repeating


def _make_decoder(parse_int: Callable[[str], int] | None) -> json.JSONDecoder:
    return json.JSONDecoder(
        object_pairs_hook=read_object,
        parse_int=parse_int,
        parse_float=lambda _: UNFIT,
        parse_constant=lambda _: UNFIT,
    )


DECODER = _make_decoder(None)
PATIENT_DECODER = _make_decoder(lambda digits: int(digits[:DIGITS_KEPT]))
"""For numbers of thousands of digits, which the other refuses and which are too large in any case."""


def scan_plan(text: str, take_person: Callable[[Json], None]) -> dict[str, Json]:
    """The keys of a plan; each of its people is handed over as soon as it is read, and the list of them left empty.

    Raises NoObject, json.JSONDecodeError and RecursionError.
    """
    at = _skip(text, 0)
    if text[at : at + 1] != "{":
        raise NoObject
    pairs: list[tuple[str, Json]] = []
    at = _skip(text, at + 1)
    if text[at : at + 1] == "}":
        at += 1
    else:
        at = _scan_pairs(text, at, pairs, take_person)
    at = _skip(text, at)
    if at != len(text):
        raise json.JSONDecodeError("Extra data", text, at)
    return read_object(pairs)


def _scan_pairs(text: str, at: int, pairs: list[tuple[str, Json]], take_person: Callable[[Json], None]) -> int:
    """Read on behind the opening brace; returns the place behind the closing one."""
    while True:
        if text[at : at + 1] != '"':
            raise json.JSONDecodeError("Expecting property name enclosed in double quotes", text, at)
        name, at = _decode(text, at)
        at = _expect(text, at, ":")
        value: Json = []
        if name == PEOPLE and text[at : at + 1] == "[":
            at = _scan_people(text, at, take_person)
        else:
            value, at = _decode(text, at)
        pairs.append((str(name), value))
        at = _skip(text, at)
        if text[at : at + 1] == "}":
            return at + 1
        at = _expect(text, at, ",")


def _scan_people(text: str, at: int, take_person: Callable[[Json], None]) -> int:
    at = _skip(text, at + 1)
    if text[at : at + 1] == "]":
        return at + 1
    while True:
        person, at = _decode(text, at)
        take_person(person)
        at = _skip(text, at)
        if text[at : at + 1] == "]":
            return at + 1
        at = _expect(text, at, ",")


def _decode(text: str, at: int) -> tuple[Json, int]:
    """One value and the place behind it."""
    try:
        return DECODER.raw_decode(text, at)
    except json.JSONDecodeError:
        raise
    except ValueError:
        return PATIENT_DECODER.raw_decode(text, at)


def _skip(text: str, at: int) -> int:
    found = BLANK.match(text, at)
    return found.end() if found else at


def _expect(text: str, at: int, sign: str) -> int:
    """The place behind the sign and the blanks around it."""
    at = _skip(text, at)
    if text[at : at + 1] != sign:
        raise json.JSONDecodeError(f"Expecting '{sign}' delimiter", text, at)
    return _skip(text, at + 1)
