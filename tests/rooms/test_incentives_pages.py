"""Pages of incentives: a rule is written with every jump in words; amounts are HR's alone; no base pay and no fine."""

import re

import pytest
from flask import Flask
from wtforms import Form

from implement.control.incentives import forms
from implement.db import db
from tests.fixtures.members import VisitorAs
from tests.fixtures.visitors import Visitor
from tests.house.tables import read_metadata
from tests.rooms.bound_firm import a_bound_firm

FORBIDDEN = re.compile(r"base|fixed_pay|salary|wage|fine(s|d)?$|penalt|deduct", re.IGNORECASE)
WON = "kpi.contacts_kept"
HOSTILE = "=cmd()<script>alert(1)</script>"


@pytest.fixture
def hanna(visitor_as: VisitorAs) -> Visitor:
    """HR."""
    return visitor_as("hr")


def begin(visitor: Visitor, rollout_id: int, name: str = "Sales") -> str:
    """Begin a rule that holds from far ahead; where its page is."""
    page = visitor.get(f"/rollouts/{rollout_id}/incentives/rules/new")
    return str(visitor.submit(page, {"name": name, "valid_from": "2099-01-01"}).location)


def add(visitor: Visitor, rule: str, part: str, status: int = 302, **typed: str) -> str:
    """Add a part to a rule."""
    page = visitor.submit(visitor.get(rule), typed, form=f"form[action$='/{part}']", status=status)
    return page.text


def test_no_table_and_no_form_knows_base_pay_or_a_fine(app: Flask) -> None:  # R1 of the product's rules
    tables = [table for table in read_metadata().tables.values() if "pay" in table.name]
    kept = [f"{table.name}.{column.name}" for table in tables for column in table.columns]
    with app.test_request_context():
        made = [getattr(forms, name)(formdata=None) for name in forms.__all__]
        typed = [field.name for form in made for field in form]
        assert all(isinstance(form, Form) for form in made)
    assert len(tables) >= 10
    assert [name for name in (*kept, *typed) if FORBIDDEN.search(name)] == []


def test_a_rule_is_written_with_every_jump_in_words_and_released_by_another(
    hanna: Visitor, visitor_as: VisitorAs, rollout_id: int
) -> None:
    rule = begin(hanna, rollout_id)
    cliff = {"kpi": "kpi.visits", "about": "process", "weight": "60", "formula": "cliff", "figures": "60"}
    add(hanna, rule, "items", **cliff)
    assert "they are 60" in hanna.get(rule).text
    add(hanna, rule, "items", kpi=WON, about="result", weight="40", formula="accelerator", figures="1.5; 1.6")
    text = hanna.get(rule).text
    assert "at 60.00% of the target the payout leaps from 0.00% to 60.00%" in text
    assert "Process: 60.0%. Result: 40.0%." in text
    assert "a second person releases it" in text
    alice = visitor_as("lead")
    alice.submit(alice.get(f"/rollouts/{rollout_id}/incentives"), {"policy": "both"})
    alice.submit(alice.get(rule), form="form[action$='/release']")
    assert "Fingerprint" in visitor_as("salesperson").get(rule).text


def test_figures_that_make_no_curve_are_refused_by_their_field(hanna: Visitor, rollout_id: int) -> None:
    rule = begin(hanna, rollout_id)
    said = add(hanna, rule, "items", 422, kpi=WON, about="result", weight="40", formula="cliff", figures="60; 3")
    assert "make no curve" in said
    said = add(hanna, rule, "items", 422, kpi=WON, about="result", weight="33.333", formula="linear", figures="")
    assert "at most two places" in said


def test_gates_extra_sums_and_bands_come_and_go(hanna: Visitor, rollout_id: int) -> None:
    rule = begin(hanna, rollout_id)
    add(hanna, rule, "gates", gate_kpi=WON, gate_least="90", factor="50")
    add(hanna, rule, "kickers", name=HOSTILE, kicker_kpi=WON, kicker_least="100", amount="50")
    add(hanna, rule, "bands", band_kpi="kpi.visits", kind="whole", low="0", rate="1")
    add(hanna, rule, "bands", band_kpi="kpi.visits", kind="whole", low="10000", rate="2")
    text = hanna.get(rule).text
    assert "leaps from 100.00 to 200.00" in text
    assert HOSTILE in text
    page = hanna.submit(hanna.get(rule), form="form[action$='/kickers/0/drop']")
    assert HOSTILE not in hanna.follow(page).text


def test_two_who_edit_one_rule_see_both_texts(hanna: Visitor, visitor_as: VisitorAs, rollout_id: int) -> None:
    rule = begin(hanna, rollout_id)
    mine, alice = hanna.get(rule), visitor_as("lead")
    alice.submit(alice.get(rule), {"team_share": "30"}, form=f"form[action='{rule}']")
    conflict = hanna.submit(mine, {"team_share": "20"}, form=f"form[action='{rule}']", status=409)
    assert "Team share: 30.00%" in conflict.text
    assert "Team share: 20.00%" in conflict.text


def test_hr_agrees_amounts_and_nobody_else_sees_them(hanna: Visitor, visitor_as: VisitorAs, rollout_id: int) -> None:
    with hanna.app.app_context():
        firm = a_bound_firm(rollout_id)
        db.session.commit()
    hanna.submit(hanna.get(f"/rollouts/{rollout_id}/incentives"), {"policy": "variable"})
    begin(hanna, rollout_id)
    page = f"/rollouts/{rollout_id}/incentives/amounts"
    typed = {"person_id": str(firm.people["north.2"]), "amount": "1,000.00", "valid_from": "2099-01-01"}
    hanna.submit(hanna.get(page), typed)
    assert "€1,000.00" in hanna.get(page).text
    for role in ("lead", "head", "salesperson", "council", "consultant"):
        visitor_as(role).get(page, status=403)
