"""The pages of meetings: from start to minutes in five clicks, two at one screen, hostile words, the calendar."""

from collections.abc import Iterator
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from icalendar import Calendar

from implement.db import db, utc_now
from implement.engine.law import MeetingRule, Terms
from tests.fixtures.members import VisitorAs
from tests.fixtures.pages import Page
from tests.fixtures.visitors import Visitor
from tests.rooms.bound_firm import Firm, a_bound_firm

TODAY = utc_now().astimezone(ZoneInfo("Europe/Berlin")).date()
EVERY_DAY = (MeetingRule("daily", "1234567", 540, 15), MeetingRule("weekly", str(TODAY.isoweekday()), 600, 60))
HOSTILE = "<script>alert(1)</script>\"' =cmd()"


@pytest.fixture
def firm(app: Flask, rollout_id: int) -> Iterator[Firm]:
    """Two teams of five with a regulation that asks for a daily meeting each day, and a weekly one today."""
    with app.app_context():
        made = a_bound_firm(rollout_id)
        made.bind(Terms(meetings=EVERY_DAY))
        db.session.commit()
        yield made


@pytest.fixture
def henry(firm: Firm, visitor_as: VisitorAs) -> Visitor:
    """The head of North."""
    return visitor_as("head", person_id=firm.people["north.1"])


@pytest.fixture
def bob(firm: Firm, visitor_as: VisitorAs) -> Visitor:
    """A seller of North."""
    return visitor_as("salesperson", person_id=firm.people["north.2"])


def begin(henry: Visitor, rollout_id: int, kind: str = "daily") -> str:
    """Begin a series and today's meeting; where its screen is."""
    page = henry.get(f"/rollouts/{rollout_id}/meetings")
    henry.submit(page, {"kind": kind, "begins": "09:00"}, form="form[action$='/series']")
    page = henry.get(f"/rollouts/{rollout_id}/meetings")
    return str(henry.submit(page, form="form[action$='/start']").location)


def set_out(visitor: Visitor, page: Page, person_id: int, text: str, *, status: int = 302) -> Page:
    return visitor.submit(page, {"text": text}, form=f"form[action$='people/{person_id}/priorities']", status=status)


def test_from_start_to_minutes_in_five_clicks(henry: Visitor, firm: Firm, rollout_id: int) -> None:
    begin(henry, rollout_id)
    hall = henry.get(f"/rollouts/{rollout_id}")
    (click_1,) = [link for link in hall.links(".next-steps a") if "/meetings" in link]
    screen = henry.get(click_1)
    henry.submit(screen, {"all": "1"}, form="form.presence")
    closed = henry.submit(henry.get(click_1), form="form[action$='/close']")
    page = henry.follow(closed)
    assert page.words(".kept-text")[0].count(": there") == 5


def test_a_fourth_is_refused_and_two_at_one_screen_lose_no_word(
    henry: Visitor, bob: Visitor, firm: Firm, rollout_id: int
) -> None:  # M119
    address, bob_id = begin(henry, rollout_id), firm.people["north.2"]
    pages = [henry.get(address), bob.get(address)]
    set_out(henry, pages[0], bob_id, "Call A")
    set_out(bob, pages[1], bob_id, "Offer B")
    last = bob.get(address)
    set_out(henry, henry.get(address), bob_id, "Visit C")
    refused = set_out(bob, last, bob_id, "Fourth", status=409)
    assert "a fourth is refused" in refused.text
    assert bob.get(address).words(f"#person-{bob_id} ol li")[:3] == [
        "Call A Done Take out", "Offer B Done Take out", "Visit C Done Take out"
    ]  # fmt: skip


def test_notes_of_two_stand_below_each_other(henry: Visitor, bob: Visitor, rollout_id: int) -> None:  # M118
    address = begin(henry, rollout_id, "weekly")
    pages = {henry: henry.get(address), bob: bob.get(address)}
    for visitor, page in pages.items():
        said = "Henry's aim" if visitor is henry else "Bob's aim"
        visitor.submit(page, {"text": said}, form="form[action$='notes/aims']")
    assert bob.get(address).words("#aims .kept-text") == ["Henry's aim Henry Head", "Bob's aim Bob Seller"]


def test_the_same_form_twice_adds_one_priority(henry: Visitor, firm: Firm, rollout_id: int) -> None:
    address = begin(henry, rollout_id)
    page = henry.get(address)
    for _ in range(2):
        set_out(henry, page, firm.people["north.3"], "Once")
    assert len(henry.get(address).all(f"#person-{firm.people['north.3']} li")) == 1


def test_decisions_stand_in_the_minutes_and_among_the_tasks(henry: Visitor, firm: Firm, rollout_id: int) -> None:
    address = begin(henry, rollout_id, "weekly")
    said = {"title": HOSTILE, "owner_id": str(firm.accounts["north.2"].id), "due": TODAY.isoformat()}
    henry.submit(henry.get(address), said | {"is_strategic": "y"}, form="form[action$='/decisions']")
    page = henry.follow(henry.submit(henry.get(address), form="form[action$='/close']"))
    assert f"Strategic decision: {HOSTILE}" in page.text
    revised = {"minutes": "Set right", "reason": "A wrong name"}
    henry.submit(page, revised, form="form[action$='/minutes']")
    page = henry.get(page.path)
    assert page.words("main h2")[:2] == ["Revision 1", "Minutes as they were kept"]
    assert HOSTILE in henry.get(f"/rollouts/{rollout_id}/tasks?all=1").text


@pytest.mark.parametrize(
    ("role", "crm_user", "status"),
    [
        ("salesperson", "south.2", 404),
        ("head", "south.1", 404),
        ("council", None, 403),
        ("hr", None, 403),
        ("lead", None, 200),
    ],
)
def test_a_meeting_is_for_its_team(
    henry: Visitor, firm: Firm, rollout_id: int, visitor_as: VisitorAs, role: str, crm_user: str | None, status: int
) -> None:
    address = begin(henry, rollout_id)
    visitor = visitor_as(role, person_id=firm.people[crm_user] if crm_user else None)
    assert visitor.get(address.partition("#")[0], status=status).status == status


def test_the_council_reads_how_far_teams_comply(henry: Visitor, rollout_id: int, visitor_as: VisitorAs) -> None:  # M121
    address = begin(henry, rollout_id)
    henry.submit(henry.get(address), form="form[action$='/close']")
    page = visitor_as("council").get(f"/rollouts/{rollout_id}/meetings/compliance")
    assert page.answer.startswith("1 of 1 meetings were held")
    assert page.rows()[0][1:3] == ["North", "1 of 1"]
    assert "Not enough people have tasks" in page.text


def test_a_calendar_subscribes_by_its_link_alone(
    henry: Visitor, bob: Visitor, rollout_id: int, visitor: Visitor
) -> None:
    begin(henry, rollout_id)
    page = bob.get(f"/rollouts/{rollout_id}/meetings")
    shown = bob.follow(bob.submit(page, form="form[action$='/calendar']"))
    address = "/meeting-calendar/" + shown.text.partition("/meeting-calendar/")[2].split()[0]
    answer = visitor.get(address)
    assert answer.headers["Content-Type"].startswith("text/calendar")
    assert Calendar.from_ical(answer.content).walk("VEVENT")
    visitor.get(f"{address}x", status=404)


def test_without_a_regulation_there_is_no_series(rollout_id: int, visitor_as: VisitorAs) -> None:  # M120
    page = visitor_as("lead").get(f"/rollouts/{rollout_id}/meetings")
    assert "No regulation in force says when a team meets." in page.text
    assert not page.all("form[action$='/series']")
