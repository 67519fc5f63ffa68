"""The loss map as a consultant meets it: a list handed in, confirmed, read, and made into findings."""

import pytest
from flask import Flask
from sqlalchemy import select

from implement.db import db
from implement.rollout.tables import Look
from tests.fixtures.members import VisitorAs
from tests.fixtures.pages import Page
from tests.fixtures.visitors import Visitor
from tests.rooms.adoption_house import a_firm, agree_on_names, person_id_of
from tests.rooms.deal_lists import upload, write_list


@pytest.fixture
def carol(visitor_as: VisitorAs) -> Visitor:
    return visitor_as("consultant")


def hand_in(carol: Visitor, rollout_id: int, *files: tuple[object, str]) -> Page:
    page = carol.get(f"/rollouts/{rollout_id}/audit/losses")
    return carol.follow(carol.submit(page, {"files": list(files or (upload(),))}, form="form[action$='/losses']"))


def count(carol: Visitor, rollout_id: int, *files: tuple[object, str]) -> Page:
    columns = hand_in(carol, rollout_id, *files)
    stages = carol.follow(carol.submit(columns, form="form[action$='/columns']"))
    carol.submit(stages)
    return carol.get(f"/rollouts/{rollout_id}/audit/losses")


def test_columns_of_a_german_list_are_proposed_with_examples(carol: Visitor, rollout_id: int) -> None:
    page = hand_in(carol, rollout_id)
    assert page.answer == "Is each column what it is taken for?"
    fields = page.fields("form[action$='/columns']")
    assert [fields[name] for name in ("deal", "client", "stage", "amount", "closed")] == [
        "Auftrag-Nr", "Kunde", "Phase", "Betrag", "Abgeschlossen am",
    ]  # fmt: skip
    assert [fields[name] for name in ("reason", "next_step", "due")] == ["Verlustgrund", "Nächster Schritt", "Frist"]


def test_the_first_line_says_what_was_lost_and_what_it_was_worth(carol: Visitor, rollout_id: int) -> None:  # M11
    page = count(carol, rollout_id)
    assert page.answer == (
        "3 of 8 ended deals were lost. Value in the list: €4,500. 1 carries no value; at the average won deal of "
        "€2,000 it comes to €2,000."
    )


def test_each_part_of_the_map_stands_on_the_page(carol: Visitor, rollout_id: int) -> None:  # M12 M13 M14
    page = count(carol, rollout_id)
    headings = page.words("main h2")
    assert {"Time in each stage", "Repeat purchases", "Deadlines", "What deals lack"} <= set(headings)
    assert page.rows("[aria-label='Time in each stage'] table")[0][:3] == ["Qualifizierung", "9", "2"]
    assert "2 of 3 clients bought more than once." in page.text
    assert "withheld: so few would point at a person" in page.text


def test_a_figure_leads_to_its_deals_without_whose_they_are(carol: Visitor, rollout_id: int) -> None:
    page = count(carol, rollout_id)
    link = next(one for one in page.links() if "lacks=client" in one)
    deals = carol.get(link)
    assert deals.answer == "Deals without a client: 2 deals."
    assert [row[0] for row in deals.rows()] == ["A8", "A10"]
    assert "Müller" not in deals.text


def test_missed_deadlines_are_by_name_once_that_is_agreed_and_each_look_is_noted(  # M13 M14
    app: Flask, carol: Visitor, rollout_id: int, visitor_as: VisitorAs
) -> None:
    with app.app_context():
        a_firm(rollout_id, {"North": 6})
        db.session.commit()
        henry = person_id_of(rollout_id, "north.1")
    of_staff = write_list().replace("Müller".encode("cp1252"), b"north.2").replace(b"Schulz", b"north.3")
    count(carol, rollout_id, upload(content=of_staff))
    address, head = f"/rollouts/{rollout_id}/audit/losses/1/deadlines", visitor_as("head", person_id=henry)
    assert head.get(address).answer.startswith("By role only") and "north.2" not in head.get(address).text
    agree_on_names(app, rollout_id)
    assert head.get(address).rows()[0] == ["north.2", "2", "4"]
    assert "north.2" not in carol.get(address).text
    with app.app_context():
        looks = db.session.scalars(select(Look.page)).all()
    assert looks == ["audit.deadlines"] * 2


def test_one_click_makes_a_finding_with_money_and_evidence(carol: Visitor, rollout_id: int) -> None:  # M9
    carol.submit(carol.get(f"/rollouts/{rollout_id}/audit"))
    page = count(carol, rollout_id)
    lost = "form:has(input[name=topic][value=lost])"
    for _twice in range(2):
        findings = carol.follow(carol.submit(page, form=lost))
    assert findings.text.count("38% of all ended deals are lost: 3 of 8.") == 1
    assert "Counted in Aufträge.csv" in findings.text


def test_columns_are_corrected_and_a_wrong_choice_is_refused(carol: Visitor, rollout_id: int) -> None:
    columns = hand_in(carol, rollout_id)
    chosen = carol.submit(columns, {"client": "Betreuer"}, form="form[action$='/columns']", status=409)
    assert "The column Betreuer was chosen twice." in chosen.text
    bare = carol.submit(columns, {"stage": "", "closed": ""}, form="form[action$='/columns']", status=409)
    assert "Please choose the column with the stage" in bare.text


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "The file is empty."),
        (b"\x00\x01\x02\x03" * 50, "The file holds bytes that are no text."),
        (write_list(())[:200], "The table has a header but no rows."),
        (b"PK\x03\x04broken", "The spreadsheet cannot be opened"),
    ],
)
def test_what_is_no_list_is_told_with_the_reason(content: bytes, said: str, carol: Visitor, rollout_id: int) -> None:
    page = hand_in(carol, rollout_id, upload("deals.xlsx" if content[:2] == b"PK" else "deals.csv", content))
    assert page.answer == "No table was found in these files."
    assert said in page.text


def test_the_same_list_twice_is_one(carol: Visitor, rollout_id: int) -> None:
    count(carol, rollout_id)
    again = carol.get(f"/rollouts/{rollout_id}/audit/losses")
    sent = carol.submit(again, {"files": [upload()]}, form="form[action$='/losses']")
    assert carol.follow(carol.get(sent.location, status=302)).answer.startswith("3 of 8 ended deals were lost.")


def test_readers_see_the_map_and_change_nothing(carol: Visitor, visitor_as: VisitorAs, rollout_id: int) -> None:
    count(carol, rollout_id)
    hanna = visitor_as("hr")
    page = hanna.get(f"/rollouts/{rollout_id}/audit/losses")
    assert page.answer.startswith("3 of 8") and not page.all("main form[method=post]")
    hanna.get(f"/rollouts/{rollout_id}/audit/lists/1", status=403)
    hanna.get(f"/rollouts/{rollout_id}/audit/losses/2", status=404)
