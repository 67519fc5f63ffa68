"""What stands around every page: errors that can be read, ways that stay inside, a face that is kept."""

import io
import re

import pytest
from flask import Flask
from sqlalchemy import event, text
from sqlalchemy.exc import IntegrityError, OperationalError

from implement.db import db
from implement.web.ways import is_inside
from tests.builders import a_user
from tests.fixtures.members import VisitorAs
from tests.fixtures.visitors import Visitor

PASSWORD = "correct horse battery"


@pytest.fixture
def careful(app: Flask) -> Flask:
    """The application as it answers strangers: a bug is a page, not a traceback."""
    app.config["PROPAGATE_EXCEPTIONS"] = False
    return app


def an_address(app: Flask) -> str:
    """The address of an account that can log in."""
    with app.app_context():
        email = a_user(None, password=PASSWORD).email
        db.session.commit()
    return email


def log_in(visitor: Visitor, email: str, *, path: str = "/log-in", password: str = PASSWORD, status: int = 302) -> str:
    page = visitor.submit(visitor.get(path), {"email": email, "password": password}, status=status)
    return page.location or page.text


def break_database(*_arguments: object) -> None:
    raise OperationalError("SELECT", {}, Exception("disk I/O error"))


@pytest.mark.parametrize("role", ["lead", None])
def test_a_broken_database_is_said_in_words(careful: Flask, rollout_id: int, visitor_as: VisitorAs, role: str) -> None:
    visitor = visitor_as(role)
    with careful.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", break_database)
    page = visitor.get(f"/rollouts/{rollout_id}", status=500, language="de")
    event.remove(engine, "before_cursor_execute", break_database)
    assert page.one("html")["lang"] == "de"
    assert not page.all("nav.rail")
    visitor.get(f"/rollouts/{rollout_id}", status=200 if role else 404)


def test_the_number_on_the_page_of_a_bug_stands_in_the_log(
    careful: Flask, visitor: Visitor, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("implement.rollout.service.accounts.needs_first_admin", break_database)
    said = visitor.get("/log-in", status=500).text
    assert re.search(r"this number: ([0-9a-f]{8})", said)[1] in caplog.text  # type: ignore[index]


def test_strangers_are_asked_to_log_in_in_their_language(visitor: Visitor, rollout_id: int) -> None:
    asked = visitor.get("/log-in", language="de")
    assert "Please log in" not in asked.text
    led = visitor.get(f"/rollouts/{rollout_id}", status=302, language="de").location
    assert "Bitte melden Sie sich an" in visitor.get(led, language="de").text
    visitor.get("/", status=302, language="de")
    assert "Bitte melden Sie sich an" not in visitor.get("/log-in?next=/", language="de").text


def test_a_database_that_breaks_half_way_is_said_in_words(
    careful: Flask, rollout_id: int, visitor_as: VisitorAs, monkeypatch: pytest.MonkeyPatch
) -> None:
    alice = visitor_as("lead")
    monkeypatch.setattr("implement.rollout.frame.build_rail", break_database)
    assert alice.get(f"/rollouts/{rollout_id}", status=500).answer


def test_a_double_write_changes_nothing_and_says_so(
    careful: Flask, rollout_id: int, visitor_as: VisitorAs, monkeypatch: pytest.MonkeyPatch
) -> None:
    def clash(*_arguments: object, **_options: object) -> None:
        raise IntegrityError("INSERT", {}, Exception("UNIQUE constraint failed: wave.name"))

    monkeypatch.setattr("implement.rollout.views.people.add_wave", clash)
    alice = visitor_as("lead")
    page = alice.submit(alice.get(f"/rollouts/{rollout_id}/teams"), {"name": "X"}, form="main form.form", status=409)
    assert "Nothing was changed." in page.text


def test_guessing_passwords_is_stopped_with_a_page_that_says_so(app: Flask, visitor: Visitor) -> None:
    email = an_address(app)
    for _ in range(5):
        log_in(visitor, email, password="wrong", status=200)
    assert "quarter of an hour" in log_in(visitor, email, status=429)


def test_an_upload_that_is_too_large_is_a_page(app: Flask, rollout_id: int, visitor_as: VisitorAs) -> None:
    alice = visitor_as("lead")
    page = alice.get(f"/rollouts/{rollout_id}/people/import")
    app.config["MAX_CONTENT_LENGTH"] = 10_000
    file = (io.BytesIO(b"x" * 20_000), "staff.csv")
    assert alice.submit(page, {"file": file}, status=413).answer


def test_a_file_above_the_limit_of_its_form_is_not_kept(
    app: Flask, rollout_id: int, visitor_as: VisitorAs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("implement.web.forms.fields.MEGABYTE", 100)
    alice = visitor_as("lead")
    file = (io.BytesIO(b"x" * 20_000), "staff.csv")
    alice.submit(alice.get(f"/rollouts/{rollout_id}/people/import"), {"file": file}, status=413)
    assert list(app.extensions["implement_store"].hashes()) == []


@pytest.mark.parametrize(
    "address",
    ["//evil.example", "/\\evil.example", "\\/evil.example", "https://evil.example", "/\t/evil.example", "", None, "x"],
)
def test_no_way_leads_outside(address: str | None) -> None:
    assert not is_inside(address)


@pytest.mark.parametrize("address", ["/", "/rollouts/1", "/rollouts/1?find=ą&page=2"])
def test_ways_inside_are_open(address: str) -> None:
    assert is_inside(address)


@pytest.mark.parametrize(
    ("wanted", "leads_to"), [("/account", "/account"), ("//evil.example", "/"), ("https://evil.example", "/")]
)
def test_a_log_in_leads_on_inside_only(app: Flask, visitor: Visitor, wanted: str, leads_to: str) -> None:
    assert log_in(visitor, an_address(app), path=f"/log-in?next={wanted}") == leads_to


def test_whoever_must_log_in_comes_back_to_the_page(app: Flask, visitor: Visitor) -> None:
    asked = visitor.get("/account", status=302).location or ""
    assert log_in(visitor, an_address(app), path=asked) == "/account"


def test_language_and_theme_chosen_before_logging_in_stay(app: Flask, visitor: Visitor) -> None:
    page = visitor.get("/log-in")
    token = page.all("form[action='/preferences'] [name=csrf_token]")[0]["value"]
    for choice in ({"language": "pl"}, {"theme": "dark"}):
        visitor.post("/preferences", {**choice, "csrf_token": token, "next": "/log-in"})
    log_in(visitor, an_address(app))
    html = visitor.get("/account").one("html")
    assert (html["lang"], html["data-bs-theme"]) == ("pl", "dark")
    visitor.client.delete_cookie("language")
    assert visitor.get("/account").one("html")["lang"] == "pl"


def test_logging_out_ends_the_log_in_on_the_server(app: Flask, visitor: Visitor) -> None:
    log_in(visitor, an_address(app))
    kept = visitor.cookies()[0]
    visitor.submit(visitor.get("/account"), form="header form[action='/log-out']")
    visitor.client.set_cookie(*kept)
    assert "log-in" in (visitor.get("/account", status=302).location or "")


def test_all_log_ins_end_at_once(app: Flask) -> None:
    email, desk, phone = an_address(app), Visitor(app), Visitor(app)
    for visitor in (desk, phone):
        log_in(visitor, email)
    desk.submit(desk.get("/account"), form="main form[action='/account/log-ins/end']")
    answers = [visitor.get("/account", status=302).location or "" for visitor in (desk, phone)]
    assert all("log-in" in answer for answer in answers)


def test_a_note_carries_the_way_back(app: Flask, rollout_id: int, visitor_as: VisitorAs) -> None:
    alice = visitor_as("lead")
    page = alice.get(f"/rollouts/{rollout_id}/tasks")
    owner = next(tag["value"] for tag in page.all("main [name=owner_id] option") if "Alice" in tag.text)
    alice.submit(page, {"title": "Call", "due": "2026-05-01", "owner_id": owner}, form="main form:has([name=title])")
    done = alice.submit(alice.get(f"/rollouts/{rollout_id}/tasks"), form="main form[action$=done]")
    noted = alice.follow(done)
    alice.submit(noted, form=".undo form")
    assert alice.get(f"/rollouts/{rollout_id}/tasks").answer == "One open task."


def test_headers_of_every_answer_are_strict(visitor: Visitor) -> None:
    headers = visitor.get("/log-in").headers
    assert "unsafe-inline" not in headers["Content-Security-Policy"]
    assert (headers["X-Frame-Options"], headers["X-Content-Type-Options"]) == ("DENY", "nosniff")


def test_healthz_answers_when_the_database_does(careful: Flask, visitor: Visitor) -> None:
    assert visitor.client.get("/healthz").json == {"status": "ready"}
    with careful.app_context():
        assert db.session.execute(text("SELECT 1")).scalar() == 1
