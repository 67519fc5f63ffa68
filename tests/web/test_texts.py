"""Texts are spoken in the reader's language, with the plural forms it has."""

import shutil
from pathlib import Path

import pytest
from flask import Flask, render_template_string

from implement.web import texts
from implement.web.texts import _, _n, catalog, lazy, translations
from implement.web.texts.catalog import find_untranslated
from implement.web.texts.languages import choose_language, choose_theme
from implement.web.texts.translations import FOLDER
from tests.web.conftest import SpeaksLanguage


@pytest.mark.parametrize(
    ("language", "written"), [("en", "done"), ("de", "fertig"), ("pl", "gotowe"), ("ru", "готово")]
)
def test_a_text_in_four_languages(speaking: SpeaksLanguage, language: str, written: str) -> None:
    with speaking(language):
        assert _("done") == written


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("de", {1: "1 Zeile", 2: "2 Zeilen", 0: "0 Zeilen"}),
        ("pl", {1: "1 wiersz", 2: "2 wiersze", 5: "5 wierszy", 22: "22 wiersze", 12: "12 wierszy"}),
        ("ru", {1: "1 строка", 2: "2 строки", 5: "5 строк", 21: "21 строка", 11: "11 строк"}),
    ],
)
def test_counted_texts_take_the_plural_form_of_their_language(
    speaking: SpeaksLanguage, language: str, forms: dict[int, str]
) -> None:
    with speaking(language):
        assert {n: _n("%(n)s row", "%(n)s rows", n, n=n) for n in forms} == forms


def test_a_lazy_text_is_translated_when_it_is_shown(speaking: SpeaksLanguage) -> None:
    label = lazy("done")
    with speaking("de"):
        assert str(label) == "fertig"


def test_a_text_outside_a_request_is_english() -> None:
    assert _("done") == "done"


@pytest.mark.parametrize(
    ("cookie", "header", "chosen"),
    [("ru", "de", "ru"), ("xx", "pl,en;q=0.5", "pl"), ("", "de-AT", "de"), ("", "fr", "en"), ("", "", "en")],
)
def test_cookie_before_browser_before_english(desk: Flask, cookie: str, header: str, chosen: str) -> None:
    headers = {"Cookie": f"language={cookie}", "Accept-Language": header}
    with desk.test_request_context(headers=headers):
        assert choose_language() == chosen


def test_a_persons_own_choice_comes_first(desk: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk, "login_manager", object(), raising=False)
    monkeypatch.setattr(texts.languages, "current_user", type("Anna", (), {"language": "pl", "theme": "dark"}))
    with desk.test_request_context(headers={"Cookie": "language=ru; theme=light"}):
        assert (choose_language(), choose_theme()) == ("pl", "dark")


@pytest.mark.parametrize(("cookie", "theme"), [("dark", "dark"), ("light", "light"), ("purple", "auto"), ("", "auto")])
def test_an_unknown_theme_follows_the_device(desk: Flask, cookie: str, theme: str) -> None:
    with desk.test_request_context(headers={"Cookie": f"theme={cookie}"}):
        assert choose_theme() == theme


def test_a_constant_in_a_template_is_written_for_each_reader(speaking: SpeaksLanguage) -> None:
    written = []
    for language in ("en", "de"):
        with speaking(language):
            written.append(render_template_string("{{ 8800|number }}"))
    assert written == ["8,800", "8.800"]


def test_the_desks_own_texts_have_no_gap() -> None:
    own = {
        "done",
        "open",
        "blocked",
        "%(n)s row",
        "Our fault",
        "Table behind the picture",
        "Please write a whole number.",
    }
    assert [gap for gap in find_untranslated() if gap.text in own] == []


def test_collecting_texts_twice_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for folder in (catalog, translations):
        monkeypatch.setattr(folder, "FOLDER", tmp_path)
    shutil.copytree(FOLDER, tmp_path, dirs_exist_ok=True)
    catalog.update_catalogs()
    once = {path.name: path.read_bytes() for path in tmp_path.glob("*.po")}
    catalog.update_catalogs()
    assert {path.name: path.read_bytes() for path in tmp_path.glob("*.po")} == once
