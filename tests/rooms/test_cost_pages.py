"""The pages of the cost: who may see and write, figures as they are typed, hostile words, few queries."""

from collections.abc import Iterator

import pytest
from flask import Flask

from implement.db import db
from tests import builders
from tests.fixtures.members import VisitorAs
from tests.rooms.cost_case import a_saving, an_offer, point, two_offers
from tests.rooms.test_audit_pages import count_queries

READERS = ("consultant", "lead", "head", "hr", "council")
HOSTILE = "<script>document.title='broken in'</script>"


@pytest.fixture
def here(app: Flask, rollout_id: int) -> Iterator[str]:
    with app.app_context():
        carol = builders.a_user()
        two_offers(rollout_id, carol)
        a_saving(rollout_id, carol, title=HOSTILE)
        db.session.commit()
        yield f"/rollouts/{rollout_id}/specification/cost"


@pytest.mark.parametrize("role", [*READERS, "salesperson", None])
def test_readers_see_the_cost_and_others_do_not(here: str, visitor_as: VisitorAs, role: str | None) -> None:
    page = visitor_as(role).get(here, status=200 if role in READERS else 403 if role else 404)
    assert HOSTILE.encode() not in page.content


def test_the_page_says_range_crossing_and_what_is_not_known(here: str, visitor_as: VisitorAs) -> None:  # M90 M101
    page = visitor_as("lead").get(here)
    assert page.answer == "Bought will likely cost €26,000 over three years."
    assert "Hosted begins cheaper and is dearer than Bought from month" in page.text
    assert "parts of the cost are not known yet and count nothing" in page.text
    assert "not yet: an estimate" in page.text  # M97


def test_only_consultant_and_lead_write(here: str, visitor_as: VisitorAs) -> None:
    for path in ("firm", "offers/1", "savings/new", "capacity", "accounting"):
        assert visitor_as("head").get(f"{here}/{path}", status=403).answer


def test_figures_are_read_as_people_type_them(here: str, visitor_as: VisitorAs) -> None:
    carol = visitor_as("consultant")
    typed = {"low_transfer_fee": "1,000.50", "high_transfer_fee": "3,000", "likely_yearly_rise": "3 %"}
    carol.submit(carol.get(f"{here}/offers/1"), typed)
    fields = carol.get(f"{here}/offers/1").fields("main form[method=post]")
    assert [fields[f"{name}_transfer_fee"] for name in ("low", "likely", "high")] == [
        "1,000.50",
        "1,000.50",
        "3,000.00",
    ]
    assert fields["high_yearly_rise"] == "3"


def test_figures_out_of_order_are_refused_by_their_field(here: str, visitor_as: VisitorAs) -> None:
    carol = visitor_as("consultant")
    typed = {"low_transfer_fee": "3,000", "likely_transfer_fee": "1", "high_transfer_fee": "2"}
    refused = carol.submit(carol.get(f"{here}/offers/1"), typed, status=200)
    assert "must stand in this order" in refused.one("#likely_transfer_fee-error").get_text()
    assert carol.get(f"{here}/offers/1").fields("main form[method=post]")["low_transfer_fee"] == ""


def test_a_new_offer_leads_to_its_figures_and_can_be_taken_back(here: str, visitor_as: VisitorAs) -> None:
    carol = visitor_as("consultant")
    typed = {"name": "Third", "source": "Mail of the vendor", "offered_on": "2026-03-02"}
    made = carol.follow(carol.submit(carol.get(f"{here}/offers"), typed))
    assert made.answer == "What does Third cost?"
    assert made.fields("main form[method=post]")["source_seat_price"] == "Mail of the vendor"
    gone = carol.follow(carol.submit(carol.get(here), form="form[action$='/offers/3/remove']"))
    assert "The offer was taken away." in gone.text


def test_a_saving_is_changed_and_taken_away(here: str, visitor_as: VisitorAs) -> None:
    carol = visitor_as("consultant")
    page = carol.get(f"{here}/savings/1")
    form = f"form[action='{here}/savings/1/remove']"
    assert page.fields("main form.form")["likely"] == "300"
    carol.submit(page, {"likely": "250.5"}, form="main form.form")
    assert carol.get(f"{here}/savings/1").fields("main form.form")["likely"] == "250.5"
    assert "No saving is written down yet." in carol.follow(carol.submit(page, form=form)).text


def test_capacity_is_worked_out_on_the_page(here: str, visitor_as: VisitorAs) -> None:  # M96 M136
    carol = visitor_as("consultant")
    typed = {"calls": "30,000", "repeated": "0", "day": "10", "busiest": "12.5", "call": "3", "people": "5"}
    found = carol.follow(carol.submit(carol.get(f"{here}/capacity"), typed))
    assert found.answer.startswith("5 people can answer 850 calls a day, 3% of the true demand; needed are 221.")
    assert "callers give up" in found.text


def test_double_entry_is_named_with_its_hours(here: str, visitor_as: VisitorAs) -> None:  # M110
    carol = visitor_as("consultant")
    typed = {"what": HOSTILE, "leads": "crm", "way": "by_hand", "records_a_week": "60", "seconds_each": "90"}
    page = carol.follow(carol.submit(carol.get(f"{here}/accounting"), typed))
    assert page.answer == "One thing is typed twice: 69 hours a year."
    assert HOSTILE.encode() not in page.content


def test_queries_do_not_grow_with_offers_and_savings(
    app: Flask, here: str, rollout_id: int, visitor_as: VisitorAs
) -> None:
    carol = visitor_as("consultant")
    few = count_queries(app, carol, here)
    with app.app_context():
        for number in range(4):
            an_offer(rollout_id, f"Offer {number}", builders.a_user(), seats=point(1_000), seat_price=point(100))
            a_saving(rollout_id, builders.a_user())
        db.session.commit()
    assert count_queries(app, carol, here) == few
