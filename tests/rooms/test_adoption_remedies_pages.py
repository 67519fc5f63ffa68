"""The pages of remedies: started from a team's or a person's page, seen by whom they may be seen."""

from flask import Flask

from tests.fixtures.members import VisitorAs
from tests.rooms.test_adoption_pages import person
from tests.rooms.test_adoption_pages import rollout_id as rollout_id
from tests.rooms.test_adoption_pages import sqlite_url as sqlite_url
from tests.rooms.test_adoption_pages import used as used
from tests.rooms.test_adoption_pages import used_template as used_template

LESSON = "remedies/new?team=2&remedy=remedy.lesson_at_own_desk"


def start(used: str, visitor_as: VisitorAs, address: str = LESSON) -> str:
    """Alice starts a remedy; the address of its page."""
    lead = visitor_as("lead")
    sent = lead.submit(lead.get(f"{used}/{address}"), {"expected": "They enter on the day"})
    assert sent.location
    return sent.location


def test_a_lead_starts_a_remedy_for_a_team(used: str, visitor_as: VisitorAs) -> None:
    page = visitor_as("council").get(start(used, visitor_as))
    assert page.answer.startswith("Explain one function at a time") and "For South" in page.text
    assert visitor_as("hr").get(f"{used}/remedies").answer == "One remedy is running."
    assert "Explain one function" in visitor_as("head").get(f"{used}/teams/2").text


def test_who_helps_is_chosen_at_the_start_and_stands_on_the_page(used: str, visitor_as: VisitorAs) -> None:  # M22, M27
    lead, head = visitor_as("lead"), visitor_as("head")
    page = lead.get(f"{used}/remedies/new?team=2&remedy=remedy.name_support_person")
    chosen = next(str(one["value"]) for one in page.all("select[name='chosen'] option") if "Henry" in one.text)
    lead.submit(page, {"expected": "Questions are answered", "chosen": "user:999"}, status=422)
    page = lead.follow(lead.submit(page, {"expected": "Questions are answered", "chosen": chosen}))
    assert "How far it is Henry Head helps from" in page.text
    assert "You help South with the CRM until" in head.get(used.removesuffix("/adoption")).text


def test_what_is_missing_stands_by_the_field_and_nothing_is_started(used: str, visitor_as: VisitorAs) -> None:
    lead = visitor_as("lead")
    page = lead.submit(lead.get(f"{used}/{LESSON}"), {"expected": "", "starts_on": "31/12/26"}, status=422)
    assert "Please write the day as" in page.text
    assert lead.get(f"{used}/remedies").answer == "No remedy has been started yet."


def test_a_remedy_for_a_person_is_read_by_them_and_hidden_from_others(
    app: Flask, used: str, visitor_as: VisitorAs
) -> None:
    ann = person(app, used, "south.3")
    address = start(used, visitor_as, f"remedies/new?person={ann}&remedy=remedy.name_support_person")
    own = visitor_as("salesperson", person_id=ann)
    assert "South 3" in own.get(address).text and "Started so far" in own.get(f"{used}/me").text
    assert "South 3" not in visitor_as("lead").get(address).text
    visitor_as("council").get(address, status=403)
    assert "is not shown to you" in visitor_as("council").get(f"{used}/remedies").text


def test_it_is_stopped_with_a_reason(used: str, visitor_as: VisitorAs) -> None:
    address, lead = start(used, visitor_as), visitor_as("lead")
    refused = lead.follow(lead.submit(lead.get(address), {"reason": ""}))
    assert "nothing was changed" in refused.text
    stopped = lead.follow(lead.submit(lead.get(address), {"reason": "The team is merged"}))
    assert "The team is merged" in stopped.text and not stopped.all("main form[method=post]")


def test_a_remedy_is_for_somebody(used: str, visitor_as: VisitorAs) -> None:
    lead = visitor_as("lead")
    addresses = ("remedies/new", "remedies/new?person=1&team=1", "remedies/new?team=999", "remedies/999")
    assert [lead.get(f"{used}/{address}", status=404).status for address in addresses] == [404] * 4
