"""The transfer room as its people meet it: files in, a mapping proposed and corrected, runs, findings, decisions."""

import csv
import gzip
import io
from collections.abc import Callable

import pytest
from werkzeug.datastructures import FileStorage

from tests.fixtures.members import VisitorAs
from tests.fixtures.pages import Page
from tests.fixtures.visitors import Visitor
from tests.rooms.transfer_case import CONTACTS_AFTER, CONTACTS_BEFORE, DEALS_AFTER, DEALS_BEFORE

HandIn = Callable[..., Page]


@pytest.fixture
def carol(visitor_as: VisitorAs) -> Visitor:
    """The consultant of the rollout."""
    return visitor_as("consultant")


@pytest.fixture
def room(rollout_id: int) -> str:
    """Where the room's pages begin."""
    return f"/rollouts/{rollout_id}/transfer"


def hand_in(visitor: Visitor, room: str, side: str, **files: bytes) -> Page:
    page = visitor.get(f"{room}/files")
    uploads = [FileStorage(io.BytesIO(content), name.replace("_csv", ".csv")) for name, content in files.items()]
    visitor.submit(page, {"side": side, "files": uploads}, form="main form[action$='/files']")
    return visitor.get(f"{room}/files")


def test_from_two_files_to_the_lost_deals(carol: Visitor, room: str) -> None:
    hand_in(carol, room, "source", deals_csv=DEALS_BEFORE, contacts_csv=CONTACTS_BEFORE)
    hand_in(carol, room, "target", deals_csv=DEALS_AFTER, contacts_csv=CONTACTS_AFTER)
    carol.submit(carol.get(f"{room}/mapping"), form="form[action$='/propose']")
    carol.submit(carol.get(f"{room}/mapping"), form="form[action$='/runs']")
    page = carol.get(room)
    assert page.answer == "40 of 120 deals did not arrive."
    assert "All of them are open deals." in page.text
