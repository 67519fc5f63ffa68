"""Templates extend one layout, stay short, hide nothing inline and ask `may(…)`."""

from collections.abc import Callable, Iterable

import pytest

from tests.house import templates
from tests.house.templates import Template, read_templates

FindTemplates = Callable[[Iterable[Template]], list[str]]

HEAD = '{% extends "layout.html" %}\n'

BREACHES = [
    (templates.find_strays, "<p>{{ answer }}</p>"),
    (templates.find_long_templates, HEAD + "\n" * 81),
    (templates.find_unescaped, HEAD + "{{ text | safe }}"),
    (templates.find_inline, HEAD + '<p style="color: red">'),
    (templates.find_inline, HEAD + "<script>go()</script>"),
    (templates.find_inline, HEAD + '<button onclick="go()">'),
    (templates.find_role_questions, HEAD + "{% if current_user.site_role %}"),
    (templates.find_role_questions, HEAD + '{% if "lead" in standing.roles %}'),
]

RULES = sorted({rule for rule, _ in BREACHES}, key=lambda rule: rule.__name__)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_house_keeps(rule: FindTemplates) -> None:
    assert rule(read_templates()) == []


@pytest.mark.parametrize(("rule", "text"), BREACHES, ids=[rule.__name__ for rule, _ in BREACHES])
def test_a_breach_is_found(rule: FindTemplates, text: str) -> None:
    assert len(rule([Template("audit/overview.html", text)])) == 1


def test_a_plain_page_breaks_no_rule() -> None:
    page = (
        HEAD + '{% if may("sign") %}<a href="/x" title="{{ _("Sign") }}">{{ _("Sign here") }}</a> &nbsp; 3{% endif %}'
    )
    assert [rule.__name__ for rule in RULES if rule([Template("audit/overview.html", page)])] == []
