"""The baseline: a diary by link without an account, figures of the old list, frozen once and for good."""

import re

import pytest
from flask import Flask

from implement.db import db, utc_now
from implement.stages.adoption.service.promises import read_baselines
from implement.stages.audit.service.diary import find_open
from implement.stages.audit.tables import DiaryDay
from tests.fixtures.members import VisitorAs
from tests.fixtures.pages import Page
from tests.fixtures.visitors import Visitor
from tests.rooms.deal_lists import upload


@pytest.fixture
def carol(visitor_as: VisitorAs) -> Visitor:
    return visitor_as("consultant")


def open_diary(carol: Visitor, rollout_id: int, groups: str = "Sales 5\nService: 2") -> list[str]:
    page = carol.get(f"/rollouts/{rollout_id}/audit/baseline")
    links = carol.submit(page, {"groups": groups}, form="form[action$='/diary']", status=200)
    return [re.sub("https?://[^/]+", "", one) for one in links.links("main .long-link")]


def write(visitor: Visitor, link: str, minutes: str = "60") -> Page:
    page = visitor.get(link)
    return visitor.follow(visitor.submit(page, {"search": minutes, "copying": "30"}))


def fill(app: Flask, rollout_id: int) -> None:
    """Let two days of everybody be written, though the diary began only today."""
    with app.app_context():
        row = find_open(rollout_id)
        assert row is not None
        for seat in range(5):
            for day in (1, 2):
                said = {"diary_id": row.id, "mark": f"{seat}", "day": row.first_day.replace(day=day)}
                db.session.add(DiaryDay(**said, group_name="Sales", minutes={"search": 60, "copying": 60}))
        db.session.commit()


def test_a_day_is_written_on_a_phone_without_an_account_and_corrected(
    carol: Visitor, visitor: Visitor, rollout_id: int
) -> None:  # M36
    links = open_diary(carol, rollout_id)
    assert len(links) == len(set(links)) == 7
    assert write(visitor, links[0]).answer == "Thank you, the day is written."
    write(visitor, links[0], "15")
    page = carol.get(f"/rollouts/{rollout_id}/audit/baseline")
    assert "1 days written by 1 people" in page.text


def test_a_closed_diary_tells_hours_and_keeps_no_day(app: Flask, carol: Visitor, rollout_id: int) -> None:
    open_diary(carol, rollout_id)
    fill(app, rollout_id)
    page = carol.get(f"/rollouts/{rollout_id}/audit/baseline")
    closed = carol.follow(carol.submit(page, form="form[action$='/close']"))
    assert "10.0 h, likely 10.0 h–10.0 h" in closed.text
    with app.app_context():
        assert db.session.query(DiaryDay).count() == 0


def test_frozen_figures_are_what_adoption_holds_promises_against(app: Flask, carol: Visitor, rollout_id: int) -> None:
    open_diary(carol, rollout_id)
    fill(app, rollout_id)
    page = carol.get(f"/rollouts/{rollout_id}/audit/baseline")
    closed = carol.follow(carol.submit(page, form="form[action$='/close']"))
    assert closed.all("form[action$='/routine_hours/freeze']")
    frozen = carol.follow(carol.submit(closed, form="form[action$='/baseline/freeze']"))
    assert (frozen.answer, frozen.all("form[action$='/freeze']")) == ("1 of 6 figures is frozen.", [])
    with app.app_context():
        held = read_baselines(rollout_id)["routine_hours"]
        assert (held.value, held.n, held.frozen_at is not None) == (10, 5, True)


def test_the_old_list_tells_what_it_can(carol: Visitor, rollout_id: int) -> None:
    losses = carol.get(f"/rollouts/{rollout_id}/audit/losses")
    columns = carol.follow(carol.submit(losses, {"files": [upload()]}, form="form[action$='/losses']"))
    carol.submit(carol.follow(carol.submit(columns, form="form[action$='/columns']")))
    rows = {row[0]: row[1] for row in carol.get(f"/rollouts/{rollout_id}/audit/baseline").rows()}
    assert rows["Clients who bought more than once"] == "not known yet"
    carol.post(f"/rollouts/{rollout_id}/audit/baseline/nothing/freeze", status=404)


def test_a_lost_link_is_replaced_and_its_days_stay(carol: Visitor, visitor: Visitor, rollout_id: int) -> None:
    links, address = open_diary(carol, rollout_id), f"/rollouts/{rollout_id}/audit/baseline"
    write(visitor, links[1])
    assert "Link 2 of Sales" in visitor.get(links[1]).text
    lost, form = {"group": "Sales", "number": "2"}, "form[action$='/links']"
    anew = carol.submit(carol.get(address), lost, form=form, status=200).links("main .long-link")[0]
    visitor.get(links[1], status=404)
    write(visitor, re.sub("https?://[^/]+", "", anew), "15")
    assert "1 days written by 1 people" in carol.get(address).text
    carol.submit(carol.get(address), lost | {"number": "9"}, form=form, status=404)


def test_everybody_is_reminded_once_a_day(carol: Visitor, rollout_id: int) -> None:
    address = f"/rollouts/{rollout_id}/audit/baseline"
    sent, form = {"groups": "Sales 5", "addresses": "no address"}, "form[action$='/diary']"
    assert "is no e-mail address" in carol.submit(carol.get(address), sent, form=form, status=422).text
    sent["addresses"] = "petra@nordwind.example\njan@nordwind.example"
    carol.submit(carol.get(address), sent, form=form, status=200)
    remind = "form[action$='/reminders']"
    assert "2 reminders are on their way." in carol.follow(carol.submit(carol.get(address), form=remind)).text
    again = carol.follow(carol.submit(carol.get(address), form=remind))
    assert "Everybody was reminded today already." in again.text


@pytest.mark.parametrize("groups", ["Sales", "Sales 4", "Sales 0\nService 9"])
def test_a_diary_of_too_few_is_not_opened(groups: str, carol: Visitor, rollout_id: int) -> None:
    page = carol.get(f"/rollouts/{rollout_id}/audit/baseline")
    carol.submit(page, {"groups": groups}, form="form[action$='/diary']", status=422 if groups == "Sales" else 409)
    assert "A diary runs" not in carol.get(f"/rollouts/{rollout_id}/audit/baseline").text


def test_links_that_were_made_up_or_are_over_lead_nowhere(
    app: Flask, carol: Visitor, visitor: Visitor, rollout_id: int
) -> None:
    links = open_diary(carol, rollout_id)
    carol.submit(carol.get(f"/rollouts/{rollout_id}/audit/baseline"), form="form[action$='/close']")
    visitor.get(links[0], status=404)
    visitor.get("/diary/made-up", status=404)
    assert visitor.get(f"{links[0]}?day={utc_now():%Y}-99-99", status=404).answer
