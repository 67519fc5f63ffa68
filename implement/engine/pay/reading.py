"""Read a plan from the bytes of its file, or say everything that is wrong with it."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import fields

from implement.engine.pay.checking import People
from implement.engine.pay.entry import FAULTS_LISTED, Entry, FaultBook, TooManyFaults
from implement.engine.pay.faults import PlanFault
from implement.engine.pay.plan import DEFAULT_MINOR_DIGITS, Plan, Terms
from implement.engine.pay.rounding import Rounding
from implement.engine.pay.scan import PEOPLE, Json, NoObject, scan_plan

PLAN_KEYS = frozenset([PEOPLE, *(part.name for part in fields(Terms))])
MOST_MINOR_DIGITS = 4


class UnusablePlan(Exception):
    """A plan that cannot be priced; carries every fault."""

    def __init__(self, faults: Sequence[PlanFault]) -> None:
        super().__init__(f"{len(faults)} faults")
        self.faults = list(faults)


def read_plan(content: bytes) -> Plan:
    """The plan in these bytes (JSON in UTF-8); raises UnusablePlan."""
    book = FaultBook()
    people = People(book)
    terms = Terms()
    try:
        fields = scan_plan(content.decode("utf-8-sig"), people.take)
        book.person = ""
        terms = _read_terms(fields, book)
    except TooManyFaults:
        book.faults.append(PlanFault("", "", "faults_more", (str(FAULTS_LISTED),)))
    except (UnicodeDecodeError, NoObject, json.JSONDecodeError, RecursionError) as error:
        book.faults.append(_describe(error))
    if book.faults:
        raise UnusablePlan(book.faults)
    return Plan(terms, tuple(people.sound), hashlib.sha256(content).hexdigest())


def _read_terms(fields: dict[str, Json], book: FaultBook) -> Terms:
    entry = Entry(fields, PLAN_KEYS, "", book)
    entry.entries(PEOPLE)
    given = Terms()
    return Terms(
        currency=entry.text("currency") if entry.has("currency") else given.currency,
        minor_digits=entry.whole("minor_digits", MOST_MINOR_DIGITS)
        if entry.has("minor_digits")
        else DEFAULT_MINOR_DIGITS,
        rounding=Rounding(entry.choice("rounding", Rounding)) if entry.has("rounding") else given.rounding,
    )


def _describe(error: Exception) -> PlanFault:
    """What keeps the text from being read as one object at all."""
    if isinstance(error, UnicodeDecodeError):
        return PlanFault("", "", "not_text", (str(error.start + 1),))
    if isinstance(error, json.JSONDecodeError):
        return PlanFault("", "", "not_json", (str(error.lineno), str(error.colno), error.msg))
    return PlanFault("", "", "no_object" if isinstance(error, NoObject) else "too_deep")
