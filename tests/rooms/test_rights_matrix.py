"""Who may do what, asked of every route: the wrong role is refused, a stranger learns nothing, no guard can be lost."""

from collections import Counter

import pytest
from flask import Flask

from implement.web.access import Permission, requires
from tests.fixtures.scale import Scale
from tests.rooms import rights

pytestmark = pytest.mark.own_application

LEAST_CELLS = 2_500


@pytest.fixture
def guards(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """The application with nothing behind its guards."""
    rights.hollow_out(app, monkeypatch)
    return app


@pytest.fixture
def without_tokens(guards: Flask) -> Flask:
    """The guards alone, without the question for a form's token."""
    guards.config["WTF_CSRF_CHECK_DEFAULT"] = False
    return guards


def test_every_cell_answers_as_the_map_of_permissions_says(
    without_tokens: Flask, rollout_id: int, request: pytest.FixtureRequest
) -> None:
    counted, rules = Counter[str](), rights.guarded_rules(without_tokens)
    askers = rights.gather_askers(without_tokens, rollout_id)
    cells = rights.write_cells(without_tokens, rules, askers, rollout_id)
    assert rights.find_breaches(cells, lambda: counted.update(cells=1)) == []
    assert counted["cells"] >= LEAST_CELLS
    request.node.user_properties.append(("scale", ("cells of the matrix of rights", *2 * (counted["cells"],))))


def test_removing_any_one_guard_is_noticed(without_tokens: Flask, rollout_id: int, scale: Scale) -> None:
    rules, noticed = rights.guarded_rules(without_tokens), 0
    nobody = [rights.Asking("not logged in", None, without_tokens.test_client())]
    for rule in rules:
        cells = list(rights.write_cells(without_tokens, [rule], nobody, rollout_id))
        guard = without_tokens.view_functions[rule.endpoint]
        without_tokens.view_functions[rule.endpoint] = rights.let_in
        noticed += bool(rights.find_breaches(iter(cells)))
        without_tokens.view_functions[rule.endpoint] = guard
    assert noticed == scale(len(rules), len(rules), of="guards removed and noticed")


@pytest.mark.parametrize("endpoint", ["people.list_people", "gates.open_gate", "monitoring.show_log"])
def test_a_guard_that_asks_for_too_little_is_noticed(without_tokens: Flask, rollout_id: int, endpoint: str) -> None:
    rules = [rule for rule in rights.guarded_rules(without_tokens) if rule.endpoint == endpoint]
    askers = rights.gather_askers(without_tokens, rollout_id)
    cells = list(rights.write_cells(without_tokens, rules, askers, rollout_id))
    without_tokens.view_functions[endpoint] = requires(Permission.SEE_ROLLOUT)(rights.let_in)
    assert rights.find_breaches(iter(cells))


def test_nothing_is_changed_without_a_token(guards: Flask, rollout_id: int) -> None:
    askers = rights.gather_askers(guards, rollout_id)
    rules = [rule for rule in guards.url_map.iter_rules() if not rule.rule.startswith("/api/")]
    posts = [rule for rule in rules if "POST" in (rule.methods or set())]
    refused = {
        (rule.endpoint, asking.name): asking.client.post(rights.fill_in(guards, rule, rollout_id)).status_code
        for rule in posts
        for asking in askers
        if asking.relation in ("own rollout", "not logged in")
    }
    assert {cell for cell, status in refused.items() if status != 400} == set()


def test_whoever_may_only_see_sends_nothing(app: Flask) -> None:
    posts = [rule for rule in rights.guarded_rules(app) if "POST" in (rule.methods or set())]
    assert [str(rule) for rule in posts if str(rights.permission_of(app, rule)).startswith("see_")] == []
