"""The parts of pages say what they should, in each language, with nothing inline."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from flask import render_template, render_template_string

from implement.web.notes import offer_undo
from tests.web.conftest import SpeaksLanguage

INLINE = re.compile(r"\sstyle=|<style|<script(?![^>]*\ssrc=)|\son[a-z]+=")
RAIL = [
    SimpleNamespace(key="audit", label="Audit", url="/audit", state="done", note=""),
    SimpleNamespace(key="pilot", label="Pilot", url="/pilot", state="blocked", note="blocked by 2"),
    SimpleNamespace(key="regulations", label="Regulations", url="/regulations", state="", note=""),
]


def use(part: str, macro: str, call: str) -> str:
    """A template text that calls one macro."""
    return f'{{% from "parts/{part}.html" import {macro} %}}{call}'


@pytest.mark.parametrize("language", ["en", "de", "pl", "ru"])
@pytest.mark.parametrize("code", [400, 403, 404, 409, 413, 429, 500])
def test_error_pages_say_what_was_kept_and_what_to_do(speaking: SpeaksLanguage, language: str, code: int) -> None:
    with speaking(language):
        html = render_template(f"errors/{code}.html", conflicts=[("Goal", "mine", "saved")], wait_minutes=15)
    assert f'<html lang="{language}"' in html
    assert (html.count("<h1>"), html.count("<h2>")) == (1, 2)
    assert not INLINE.search(html)


def test_the_conflict_page_shows_both_texts(english: None) -> None:
    html = render_template("errors/409.html", conflicts=[("Goal", "<b>mine</b>", "saved")])
    assert "&lt;b&gt;mine&lt;/b&gt;" in html and ">saved</td>" in html


def test_the_rail_says_each_state_in_words(english: None) -> None:
    html = render_template("layout.html", rail=RAIL, room="pilot")
    stages, wing = html.split('<ul class="wing">')
    assert all(word in stages for word in ("done", "blocked by 2", 'aria-current="location"'))
    assert "Regulations" in wing and "blocked" not in wing


def test_the_frame_stands_without_rollout_person_and_rail(english: None) -> None:
    html = render_template("layout.html")
    assert 'class="skip" href="#content"' in html and 'class="rail"' not in html


def test_a_chosen_theme_is_rendered_by_the_server(speaking: SpeaksLanguage) -> None:
    with speaking("en", headers={"Cookie": "theme=dark"}):
        assert 'data-bs-theme="dark"' in render_template("layout.html")


def test_an_undo_note_posts_to_its_way_back(render: Callable[..., str]) -> None:
    offer_undo("Wave 2 deleted.", "/waves/2/restore")
    html = render(use("frame", "notes", "{{ notes() }}"))
    assert all(part in html for part in ("Wave 2 deleted.", 'action="/waves/2/restore"', "Undo"))


def test_a_room_has_at_most_six_tabs(render: Callable[..., str]) -> None:
    items = [(f"Tab {n}", f"/{n}", n == 2, n) for n in range(9)]
    html = render(use("page", "tabs", "{{ tabs(items) }}"), items=items)
    assert (html.count("<li>"), html.count('aria-current="page"')) == (6, 1)


@pytest.mark.parametrize("reason", ["14 losses", SimpleNamespace(text="14 losses", url="/cases")])
def test_reasons_are_texts_or_links(render: Callable[..., str], reason: object) -> None:
    html = render(use("page", "reasons", "{{ reasons(items) }}"), items=[reason])
    assert "14 losses" in html and ('href="/cases"' in html) == (not isinstance(reason, str))


def test_an_example_is_marked_as_one(render: Callable[..., str]) -> None:
    html = render(use("page", "empty", '{% call empty("Shows X.", "Begin", "/b") %}picture{% endcall %}'))
    assert "Example" in html and html.count("btn-primary") == 1


def test_a_figure_leads_to_its_rows_and_names_itself(render: Callable[..., str]) -> None:
    html = render(use("figures", "figure", '{{ figure("Dropped", n|number, why="/rows", note="of 8,800") }}'), n=2089)
    assert all(part in html for part in ("2,089", 'href="/rows"', "of 8,800", "visually-hidden"))


def test_too_small_a_group_says_why_and_offers_more(render: Callable[..., str]) -> None:
    call = '{{ withheld(5, wider_url="/sales", wider="Sales", own_url="/me", agreement_url="/agreement") }}'
    html = render(use("figures", "withheld", call))
    assert "fewer than 5 people" in html and html.count("<li>") == 3


@pytest.mark.parametrize(("state", "polls"), [("queued", True), ("running", True), ("done", False), ("failed", False)])
def test_only_unfinished_work_is_asked_after(render: Callable[..., str], state: str, polls: bool) -> None:
    job = SimpleNamespace(state=state, step="Reading", done_rows=5, total_rows=20, is_finished=not polls)
    html = render(use("progress", "progress", '{{ progress(job, "Run 4") }}'), job=job)
    assert ("data-progress" in html, "data-reload" in html) == (polls, polls)
    assert ('value="5" max="20"' in html) == (state == "running")


def test_a_signature_shows_who_when_and_the_fingerprint(render: Callable[..., str]) -> None:
    moment = datetime(2024, 3, 12, 22, 30, tzinfo=UTC)
    signature = SimpleNamespace(person_name="Anna", role="lead", signed_at=moment, sha256="9f86")
    html = render(use("signature", "signed", "{{ signed(s) }}"), s=signature)
    assert all(part in html for part in ("Anna", "12 Mar 2024, 23:30", "9f86", 'datetime="2024-03-12T22:30:00+00:00"'))


def test_hostile_words_stay_words(render: Callable[..., str]) -> None:
    html = render(use("page", "headline", "{{ headline(words) }}"), words="<img src=x onerror=alert(1)>")
    assert "<img" not in html


def test_the_words_of_a_macro_follow_the_reader(speaking: SpeaksLanguage) -> None:
    written = []
    for language in ("en", "ru"):
        with speaking(language):
            written.append(render_template_string(use("signs", "state", '{{ state("done") }}')))
    assert "done" in written[0] and "готово" in written[1]
