"""What tests stand on stands: databases are clean and real, pages read strictly, the browser real."""

from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page
from sqlalchemy import text
from sqlalchemy.orm import Session, scoped_session

from tests.fixtures.browser import TakePictures, find_barriers, overflows
from tests.fixtures.members import PageAs, VisitorAs
from tests.fixtures.pages import find_page_faults, read_html
from tests.fixtures.postgres import PostgresServer
from tests.fixtures.scale import Scale, is_soak
from tests.fixtures.visitors import Visitor

SOUND = (
    '<!doctype html><html lang="de"><head><meta charset="utf-8"><title>Wellen</title></head>'
    "<body><main><h1>Drei Wellen</h1><p>eine</p></main></body></html>"
)


@pytest.mark.both_databases
def test_each_test_gets_a_clean_database(app: Flask, session: "scoped_session[Session]") -> None:
    assert session.scalar(text('SELECT count(*) FROM "user"')) == 0
    session.execute(text("INSERT INTO company (name) VALUES ('Nordwind')"))
    session.commit()
    assert session.scalar(text("SELECT count(*) FROM company")) == 1
    app.extensions["implement_due_jobs"].append(1)


@pytest.mark.both_databases
def test_what_the_test_before_left_is_gone(app: Flask, database_kind: str, session: "scoped_session[Session]") -> None:
    assert session.get_bind().dialect.name == database_kind
    assert session.scalar(text("SELECT count(*) FROM company")) == 0
    assert app.extensions["implement_due_jobs"] == []


def test_a_visitor_gets_a_sound_page(visitor: Visitor) -> None:
    page = visitor.get("/log-in", language="de")
    assert page.html.html is not None
    assert page.html.html["lang"] == "de"
    assert page.fields("main form[method=post]")["csrf_token"]


def test_a_form_without_its_token_is_refused(visitor: Visitor) -> None:
    answer = visitor.post("/log-in", {"email": "alice@example.com", "password": "anything at all"}, status=400)
    assert "Set-Cookie" not in answer.headers or "login" not in answer.headers["Set-Cookie"]


def test_a_member_enters_and_a_stranger_does_not(visitor_as: VisitorAs, rollout_id: int) -> None:
    assert visitor_as("lead").get(f"/rollouts/{rollout_id}").answer
    visitor_as(None).get(f"/rollouts/{rollout_id}", status=404)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<p>eine</p>", "<div>eine"),
        ("<p>eine</p>", "<p>eine</b></p>"),
        ("<p>eine</p>", '<p id="a">eine</p><p id="a">zwei</p>'),
        ("<p>eine</p>", '<p style="color: red">eine</p>'),
        ("<p>eine</p>", "<script>go()</script>"),
        ("<p>eine</p>", '<a href="/x" onclick="go()">x</a>'),
        ("<p>eine</p>", '<form method="post"></form>'),
        ("<p>eine</p>", '<input name="wave">'),
        ("<p>eine</p>", '<img alt="" src="https://example.com/x.png">'),
        ("<p>eine</p>", '<p aria-describedby="missing">eine</p>'),
        ("<p>eine</p>", "<h3>eine</h3>"),
        ("<h1>Drei Wellen</h1>", ""),
        ('lang="de"', ""),
        ("<title>Wellen</title>", "<title></title>"),
    ],
)
def test_an_unsound_page_is_found(old: str, new: str) -> None:
    assert old in SOUND
    page, malformed = read_html(SOUND.replace(old, new).encode())
    assert malformed + find_page_faults(page)


def test_a_sound_page_has_no_fault() -> None:
    page, malformed = read_html(SOUND.encode())
    assert malformed + find_page_faults(page) == []


def test_the_browser_opens_the_log_in_without_barriers(page: Page) -> None:
    page.goto("/log-in")
    assert find_barriers(page) == []
    assert not overflows(page)


def test_a_member_enters_with_the_browser(page_as: PageAs, rollout_id: int) -> None:
    tab = page_as("lead")
    tab.goto(f"/rollouts/{rollout_id}")
    assert "Nordwind" in tab.inner_text("body")


def test_axe_finds_a_barrier(browser: Browser) -> None:
    tab = browser.new_page()
    tab.set_content("<html lang='en'><title>x</title><main><h1>x</h1><input></main></html>")
    assert any(barrier.startswith("label:") for barrier in find_barriers(tab))
    tab.close()


def test_pictures_are_taken_wide_and_narrow_light_and_dark(
    take_pictures: TakePictures, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path_factory.mktemp("pictures")
    monkeypatch.setenv("IMPLEMENT_TEST_PICTURES", str(folder))
    taken = take_pictures("/log-in", "log-in", languages=("ru",))
    assert sorted(path.name for path in taken) == [
        "log-in-ru-desk-dark.png",
        "log-in-ru-desk-light.png",
        "log-in-ru-phone-dark.png",
        "log-in-ru-phone-light.png",
    ]
    assert all(path.parent == folder and path.stat().st_size > 2000 for path in taken)


def test_the_scale_is_small_unless_soaking(scale: Scale) -> None:
    assert scale(small=1, full=3, of="counts that are counted") == (3 if is_soak() else 1)


def test_the_folder_of_a_killed_server_is_cleared_away(tmp_path: Path) -> None:
    server = PostgresServer(tmp_path / "server")
    server.cluster.mkdir(parents=True)
    (server.cluster / "postmaster.pid").write_text(f"{2**22 + 1}\n")
    server.stop()
    assert not server.folder.exists()
