"""Every text that people see stands in four languages."""

import pytest

from implement.web.texts import catalog
from implement.web.texts.catalog import TRANSLATED, find_untranslated
from implement.web.texts.extraction import bare_texts


def test_no_text_is_missing_unsure_or_left_in_english() -> None:
    assert find_untranslated() == []


def test_a_new_text_is_missing_in_each_language(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalog, "extract_messages", lambda: {"A sentence that nobody has translated yet"})
    monkeypatch.setattr(catalog, "find_bare_texts", list)
    assert [gap.language for gap in find_untranslated()] == list(TRANSLATED)


@pytest.mark.parametrize(
    "template", ["<p>Three teams have no head</p>", '<img alt="Weeks and teams">', "{% if x %}Sign{% endif %}"]
)
def test_a_text_that_nobody_marked_is_found(template: str) -> None:
    assert bare_texts(template)


def test_a_marked_text_is_let_through() -> None:
    assert bare_texts('<p title="{{ _("Three teams") }}">{{ _("Sign here") }} 3</p>') == []
