"""A small transfer with known losses: of 120 deals the 40 open ones are missing and five amounts changed; all 30
contacts arrived. Nothing here commits.
"""

import io
from dataclasses import dataclass

import pytest
from flask import current_app
from sqlalchemy import select

from implement.db import db, utc_now
from implement.rollout.tables import User
from implement.stages.transfer.service import files, mappings, reading, runs
from implement.stages.transfer.tables import TransferFile, TransferRun
from implement.store import Store
from implement.web.access import Role
from tests import builders
from tests.rooms import computed_once

HEAD = "deal_id,contact,stage,amount,closed,owner"
STAGES = ("Won", "Lost", "Prospecting")
CHANGED = ("D0003", "D0006", "D0009", "D0012", "D0015")


def _deal(number: int, *, harm: bool = False) -> str:
    stage = STAGES[number % 3]
    amount = number * 10 + 5 + (7_000 if harm and f"D{number:04}" in CHANGED else 0)
    closed = f"2024-0{number % 9 + 1}-1{number % 10}"
    return f"D{number:04},C{number % 30:03},{stage},{amount},{closed},{['Ada', 'Bob', 'Cem'][number % 7 % 3]}"


def _file(head: str, rows: list[str]) -> bytes:
    return "\n".join([head, *rows, ""]).encode()


DEALS_BEFORE = _file(HEAD, [_deal(number) for number in range(120)])
DEALS_AFTER = _file(HEAD, [_deal(number, harm=True) for number in range(120) if STAGES[number % 3] != "Prospecting"])
DEALS_WHOLE = _file(HEAD, [_deal(number, harm=True) for number in range(120)])
CONTACTS = _file("contact_id,name,email", [f"C{n:03},Person {n} Name,person{n}@example.com" for n in range(30)])


@pytest.fixture
def read_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read files in this process, and compute the same inputs once in a test run."""
    computed_once.remember(monkeypatch)


@pytest.fixture
def read_in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read files in this process; everything is computed each time."""
    monkeypatch.setattr(reading, "read_tables_in_child", computed_once.read_here)


@dataclass
class Case:
    """A rollout, who consults, and what was handed in."""

    rollout_id: int
    carol: User

    @property
    def store(self) -> Store:
        """Where files and findings lie."""
        store: Store = current_app.extensions["implement_store"]
        return store

    def hand_in(self, side: str, name: str, content: bytes) -> TransferFile:
        """Hand a file in and read it."""
        given = {"store": self.store, "by": self.carol, "now": utc_now()}
        file = files.add_upload(self.rollout_id, side, name, io.BytesIO(content), **given)
        reading.read_upload(file, **given)
        return file

    def set_aside(self, side: str, name: str) -> None:
        """Leave a file of a side out of what is compared."""
        here = (TransferFile.rollout_id == self.rollout_id, TransferFile.side == side, TransferFile.name == name)
        for file in db.session.scalars(select(TransferFile).where(*here)):
            files.set_aside(file, by=self.carol, now=utc_now())

    def propose(self) -> None:
        """Have a mapping proposed."""
        mappings.propose_mapping(self.rollout_id, store=self.store, by=self.carol, now=utc_now())

    def run(self) -> TransferRun:
        """Compare what is at hand."""
        return runs.run_reconciliation(self.rollout_id, store=self.store, by=self.carol, now=utc_now())


def a_case() -> Case:
    """A rollout without any file."""
    rollout = builders.a_rollout()
    return Case(rollout.id, builders.a_member(rollout.id, Role.CONSULTANT))


def a_mapped_case(after: bytes = DEALS_AFTER) -> Case:
    """Deals and contacts of both sides, with a mapping."""
    case = a_case()
    for side, deals in (("source", DEALS_BEFORE), ("target", after)):
        case.hand_in(side, "deals.csv", deals)
        case.hand_in(side, "contacts.csv", CONTACTS)
    case.propose()
    return case
