"""Preparing an audit: the plan proposes by role, links go out at once, and a stranger's link opens nothing."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask

from implement.db import db, utc_now
from implement.rollout.service.links import issue_link
from implement.stages.audit.service import people
from tests.fixtures.members import VisitorAs
from tests.fixtures.visitors import Visitor
from tests.rooms.audit_case import Case, a_link, an_audit


@pytest.fixture
def case(app: Flask, rollout_id: int) -> Iterator[Case]:
    with app.app_context():
        begun = an_audit(rollout_id)
        db.session.commit()
        yield begun


def test_an_audit_is_prepared_on_one_page(case: Case, visitor_as: VisitorAs) -> None:  # M10
    carol, here = visitor_as("consultant"), f"/rollouts/{case.rollout_id}/audit/plan"
    named = {"name": "Olga Nowak", "role": "salesperson", "email": "olga@nordwind.example"}
    page = carol.follow(carol.submit(carol.get(here), named, form=f"form[action='{here}/people']"))
    ticked = [one["value"] for one in page.all("input[name=ask][checked]")]
    assert ticked  # proposed by role
    asked = [f"{case.petra.id}:{case.section('purpose')}", f"{case.jan.id}:{case.section('losses')}"]
    links = carol.submit(page, {"ask": asked}, form=f"form[action='{here}']", status=200)
    assert links.answer == "2 links are made, each for one person."
    assert [field["value"].count("/answers/") for field in links.all("input[readonly]")] == [1, 1]


def test_a_reminder_pressed_twice_goes_once(case: Case, visitor_as: VisitorAs) -> None:
    case.petra.email = "petra@nordwind.example"
    a_link(case, "purpose", asked_at=utc_now())
    db.session.commit()
    carol, here = visitor_as("consultant"), f"/rollouts/{case.rollout_id}/audit/people"
    form = f"form[action='{here}/{case.petra.id}/remind']"
    page = carol.follow(carol.submit(carol.get(here), form=form))
    assert "Petra Kurz is reminded by mail." in page.text
    again = carol.follow(carol.submit(page, {"idempotency_key": "again"}, form=form))
    assert "Petra Kurz was reminded today already." in again.text


@pytest.mark.parametrize("path", ["", "/sections/1", "/done"])
def test_links_of_other_things_and_of_yesterday_open_nothing(case: Case, visitor: Visitor, path: str) -> None:
    old = a_link(case, "purpose", asked_at=utc_now() - timedelta(days=20), days=7)
    terms = {"expires_in": timedelta(days=7), "by": case.carol, "now": utc_now(), "rollout_id": case.rollout_id}
    other = issue_link("pulse", **terms, audit_person_id=case.petra.id)
    replaced, _new = a_link(case, asked_at=utc_now()), a_link(case, asked_at=utc_now())
    db.session.commit()
    for token in (old, other, replaced, "a" * 43):
        assert "Petra" not in visitor.get(f"/answers/{token}{path}", status=404).text


def test_a_link_of_one_firm_changes_nothing_at_another(case: Case, visitor: Visitor) -> None:
    elsewhere = an_audit()
    token = a_link(elsewhere, "purpose", asked_at=utc_now())
    db.session.commit()
    page = visitor.get(f"/answers/{token}/sections/1")
    visitor.submit(page, {"value": "2"}, form=f"form[action='/answers/{token}/questions/1']")
    db.session.expire_all()
    assert (case.audit.answered, elsewhere.audit.answered) == (0, 1)
    with pytest.raises(Exception, match="no such person"):
        people.get_person(case.audit, elsewhere.petra.id)
