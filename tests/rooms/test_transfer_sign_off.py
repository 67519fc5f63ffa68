"""Sign-off: both sides sign a frozen report of one run; open losses, changes and later runs are told. M19, M98"""

import hashlib
import io
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.datastructures import FileStorage

from implement.db import db, utc_now
from implement.rollout.tables import User
from implement.stages.transfer.registered import measure_signed
from implement.stages.transfer.service import cases, totals
from implement.stages.transfer.tables import Case as TransferCase
from tests.fixtures.members import VisitorAs
from tests.fixtures.pages import Page
from tests.fixtures.visitors import Visitor
from tests.rooms.transfer_case import DEALS_WHOLE, Case, a_mapped_case
from tests.rooms.transfer_case import read_at_once as read_at_once

pytestmark = pytest.mark.usefixtures("read_at_once")
REASON = "They live on in the old system until May."


@pytest.fixture
def address(app: Flask) -> str:
    """Compared once, the open deals missing and five amounts changed; where the sign-off of that run stands."""
    with app.test_request_context():
        case = a_mapped_case()
        case.run()
        db.session.commit()
        return f"/rollouts/{case.rollout_id}/transfer/runs/1/sign-off"


@pytest.fixture
def settled(app: Flask, address: str) -> str:
    """Everything is waived."""
    with app.test_request_context():
        by = the_first_user()
        for one in db.session.scalars(select(TransferCase)):
            cases.settle(one, "waived", name="Alice Lead", reason=REASON, by=by, now=utc_now())
        db.session.commit()
    return address


def the_first_user() -> User:
    """Whoever began the rollout."""
    return db.session.scalars(select(User).order_by(User.id)).first()


def make(visitor: Visitor, address: str, language: str = "en") -> Page:
    visitor.submit(visitor.get(address), {"language": language}, form=f"form[action$='{address}']")
    return visitor.get(address)


def sign(visitor: Visitor, address: str, *, status: int = 302) -> Page:
    return visitor.submit(visitor.get(address), form="form[action$='/sign']", status=status)


def download(visitor: Visitor, address: str, kind: str, edition: int = 1) -> bytes:
    with visitor.client.get(f"{address}/{edition}/{kind}") as answer:
        return answer.data


def test_open_losses_are_not_signed_but_told(visitor_as: VisitorAs, address: str) -> None:
    page = visitor_as("lead", rollout_id=1).get(address)
    assert page.answer == "Run 1 cannot be signed: 45 findings are unexplained."
    assert not page.all("form[action$='/sign']")
    assert "Only the gate's override goes past open losses" in page.text


def test_both_sides_sign_the_same_bytes(visitor_as: VisitorAs, settled: str) -> None:
    carol, alice = visitor_as("consultant", rollout_id=1), visitor_as("lead", rollout_id=1)
    make(carol, settled)
    sign(carol, settled)
    sign(alice, settled)
    page = alice.get(settled)
    assert page.answer == "Run 1 is signed by both sides."
    sha256 = hashlib.sha256(download(alice, settled, "html")).hexdigest()
    assert page.text.count(sha256) >= 3
    assert download(alice, settled, "signed").startswith(b"%PDF")


def test_the_report_names_what_was_waived_by_whom_and_why(visitor_as: VisitorAs, settled: str) -> None:
    carol = visitor_as("consultant", rollout_id=1)
    make(carol, settled)
    html = download(carol, settled, "html").decode()
    for said in ("waived: Alice Lead", REASON, "40 of 120 deals did not arrive.", "deals.csv", "duckdb"):
        assert said in html
    assert "http" not in html.replace("http://www.w3.org/2000/svg", "")


def test_a_control_total_that_differs_is_not_signed_until_it_is_accepted(
    app: Flask, visitor_as: VisitorAs, settled: str
) -> None:
    carol, store = visitor_as("consultant", rollout_id=1), app.extensions["implement_store"]
    with app.test_request_context():
        terms = totals.TotalTerms("deals", "", "", 120, "", None, "", "Alice", date(2024, 3, 14), "Screen: all deals")
        total = totals.add_total(1, terms, store=store, by=the_first_user(), now=utc_now())
        db.session.commit()
        make(carol, settled)
        assert "A control total differs" in sign(carol, settled, status=409).text
        totals.accept_difference(total, "Bob Lead", "Forty are in the archive.", by=the_first_user(), now=utc_now())
        db.session.commit()
    make(carol, settled)
    sign(carol, settled)
    html = download(carol, settled, "html", edition=2).decode()
    assert "Screen: all deals" in html and "Forty are in the archive." in html


@pytest.mark.parametrize(("language", "words"), [("de", "Ursachen"), ("pl", "Przyczyny"), ("ru", "Причины")])
def test_the_report_is_made_in_the_language_chosen(
    visitor_as: VisitorAs, settled: str, language: str, words: str
) -> None:
    carol = visitor_as("consultant", rollout_id=1)
    make(carol, settled, language)
    assert f"<h2>{words}</h2>" in download(carol, settled, "html").decode()


def test_one_person_does_not_sign_for_both_sides(app: Flask, visitor_as: VisitorAs, settled: str) -> None:
    carol = visitor_as("consultant", rollout_id=1)
    make(carol, settled)
    sign(carol, settled)
    assert not carol.get(settled).all("form[action$='/sign']")


def test_a_decision_taken_back_makes_the_report_out_of_date(app: Flask, visitor_as: VisitorAs, settled: str) -> None:
    carol = visitor_as("consultant", rollout_id=1)
    form = make(carol, settled)
    with app.test_request_context():
        one = db.session.scalars(select(TransferCase)).first()
        assert one is not None
        cases.withdraw(one, name="Alice Lead", reason="It was a mistake.", by=the_first_user(), now=utc_now())
        db.session.commit()
    answer = carol.submit(form, form="form[action$='/sign']", status=409)
    assert "unexplained" in answer.text


def test_a_later_run_changes_nothing_of_what_was_signed(app: Flask, visitor_as: VisitorAs, settled: str) -> None:
    carol, alice = visitor_as("consultant", rollout_id=1), visitor_as("lead", rollout_id=1)
    make(carol, settled)
    sign(carol, settled)
    sign(alice, settled)
    before = [download(alice, settled, kind) for kind in ("html", "pdf", "signed")]
    measured = run_again(app)
    assert [download(alice, settled, kind) for kind in ("html", "pdf", "signed")] == before
    assert measured == (2, 0)
    assert alice.get(settled).answer == "Run 1 is signed by both sides."


def run_again(app: Flask) -> tuple[int, int]:
    """How many sides signed the newest run's report before and after another run."""
    with app.test_request_context():
        again = Case(1, the_first_user())
        before = measure_signed(1, None, utc_now().date())
        again.hand_in("target", "deals.csv", DEALS_WHOLE)
        again.run()
        db.session.commit()
        after = measure_signed(1, None, utc_now().date())
    assert before is not None
    assert after is not None
    return int(before.value), int(after.value)


def test_a_file_is_verified_byte_for_byte(visitor_as: VisitorAs, settled: str) -> None:
    carol = visitor_as("consultant", rollout_id=1)
    make(carol, settled)
    sign(carol, settled)
    html = download(carol, settled, "html")
    answers = [verify(carol, settled, content).answer for content in (html, html + b" ")]
    assert answers == ["report.html is genuine, byte for byte.", "report.html is none of the reports of this rollout."]


def verify(visitor: Visitor, address: str, content: bytes) -> Page:
    fields: dict[str, object] = {"file": FileStorage(io.BytesIO(content), "report.html")}
    return visitor.submit(visitor.get(address), fields, form="form[action$='/verify']", status=200)


def test_before_the_first_run_there_is_nothing_to_sign(visitor_as: VisitorAs) -> None:
    assert visitor_as("lead").get("/rollouts/1/transfer/sign-off").answer == "Nothing to sign yet."
