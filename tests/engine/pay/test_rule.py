"""A rule becomes the entry of a plan: nothing is 0 by itself, jumps are told, a change splits by date."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from implement.engine.pay import (
    Terms,
    cut_plan,
    freeze_basis,
    freeze_plan,
    price_plan,
    read_entry,
    read_head,
    read_plan,
)
from implement.engine.pay.rule import (
    Figure,
    Formula,
    NotApplicable,
    PersonFacts,
    PresenceRule,
    RuleCommission,
    RuleGate,
    RuleItem,
    RuleKicker,
    RuleTerms,
    assemble_person,
    count_tenure_month,
    count_work_days,
    find_rule_faults,
    find_rule_jumps,
    limit_reductions,
    pool_payout,
    read_rule,
    share_by_days,
    split_period,
    write_rule,
)

RULE = RuleTerms(
    items=(RuleItem("calls", "process", 4000), RuleItem("visits", "process", 3000), RuleItem("won", "result", 3000))
)
DONE = {"calls": Figure("10", "10"), "visits": Figure("10", "8"), "won": Figure("10", "5")}


def price(terms: RuleTerms, figures: dict[str, Figure] = DONE, **facts: object) -> int:
    """What somebody with 1,000.00 is paid; everything must be there."""
    entry, missing = assemble_person(terms, PersonFacts("p", 100_000, figures, **facts))  # type: ignore[arg-type]
    assert missing == []
    plan = read_plan(freeze_plan(Terms("EUR", 2, terms.rounding), [entry]))
    return next(iter(price_plan(plan))).total_minor


def lacks(terms: RuleTerms, figures: dict[str, Figure], **facts: object) -> list[tuple[str, str]]:
    """What a run would wait for."""
    _entry, missing = assemble_person(terms, PersonFacts("p", 100_000, figures, **facts))  # type: ignore[arg-type]
    return [(one.kpi, one.what) for one in missing]


def with_formula(*figures: str, name: str) -> RuleTerms:
    """The rule with one formula for all."""
    formula = Formula(name, figures)
    return replace(RULE, items=tuple(replace(item, formula=formula) for item in RULE.items))


@pytest.mark.parametrize(
    ("terms", "facts", "minor"),
    [
        (RULE, {}, 79_000),
        (with_formula("0.6", name="threshold"), {}, 55_000),
        (with_formula("0.6", name="cliff"), {}, 64_000),
        (replace(RULE, team_share="0.3"), {"team_payout": "0.9"}, 82_300),
        (replace(RULE, gates=(RuleGate("won", "0.9", "0.5"),)), {}, 39_500),
        (replace(RULE, presence=PresenceRule.PAY), {"present_days": 15, "planned_days": 20}, 59_250),
        (replace(RULE, kickers=(RuleKicker("new", "visits", "0.8", 5_000),)), {}, 84_000),
        (RULE, {"reductions": ((3, "0.05", "0.10"),)}, 69_000),
        (replace(RULE, ramp=("0.5",)), {"tenure_month": 2}, 79_000),
    ],
)
def test_a_rule_pays_the_check_values(terms: RuleTerms, facts: dict[str, object], minor: int) -> None:
    assert price(terms, **facts) == minor


def test_the_ramp_makes_early_targets_smaller() -> None:
    halves = {kpi: Figure("10", "5") for kpi in DONE}
    ramped = replace(RULE, ramp=("0.25", "0.5"))
    assert price(ramped, halves, tenure_month=2) == 100_000
    assert lacks(ramped, halves) == [("", "no_hiring_day")]
    assert count_tenure_month(date(2026, 2, 20), date(2026, 3, 1)) == 2


def test_commission_by_bands_follows_the_figure_in_whole_units() -> None:
    bands = (("0", "0.01"), ("10000", "0.02"), ("20000", "0.03"))
    terms = replace(RULE, commission=RuleCommission("revenue", "marginal", bands))
    assert price(terms, {**DONE, "revenue": Figure(None, "25000")}) == 79_000 + 45_000
    assert lacks(terms, DONE) == [("revenue", "no_actual")]
    whole = replace(terms, commission=RuleCommission("revenue", "whole", bands))
    assert [jump.after for jump in find_rule_jumps(whole)] == [Fraction(200), Fraction(600)]


def test_a_missing_actual_or_target_blocks_and_never_counts_as_nothing() -> None:
    figures = {"calls": Figure("10", None), "visits": Figure(None, "8"), "won": Figure("10", "5", why_not="not_bound")}
    assert lacks(RULE, figures) == [("calls", "no_actual"), ("visits", "no_target"), ("won", "not_bound")]
    assert lacks(RULE, {}) == [("calls", "no_target"), ("visits", "no_target"), ("won", "no_target")]


def test_a_decision_carries_a_missing_actual() -> None:
    assert (
        price(RULE, {**DONE, "won": Figure("10", None, decided=("1", "Hanna HR", "The export was broken"))}) == 94_000
    )


def test_a_late_target_counts_as_reached_until_hr_decides() -> None:  # R4 of the product's rules
    assert price(RULE, {**DONE, "won": Figure("10", "0", is_late=True)}) == 94_000
    decided = Figure("10", "0", is_late=True, decided=("0.5", "Hanna HR", "Agreed with her"))
    assert price(RULE, {**DONE, "won": decided}) == 79_000


def test_what_does_not_apply_gives_its_weight_to_the_others_or_is_credited() -> None:
    figures = {**DONE, "won": Figure(None, None, applies=False)}
    assert price(RULE, figures) == 91_428
    assert price(replace(RULE, not_applicable=NotApplicable.CREDIT), figures) == 94_000
    nobody = dict.fromkeys(DONE, Figure(applies=False))
    assert lacks(RULE, nobody) == [("", "nothing_applies")]


def test_a_gate_without_a_figure_blocks_instead_of_closing() -> None:
    terms = replace(RULE, gates=(RuleGate("quality", "0.9", "0.5"),))
    assert lacks(terms, DONE) == [("quality", "no_target")]


def test_the_team_is_paid_by_what_it_reached_together() -> None:
    assert pool_payout(RULE, [DONE, DONE]) == "0.79"
    assert pool_payout(RULE, [{"calls": Figure("3", "1")}]) == "0.333333"
    assert pool_payout(RULE, [{}]) is None


@pytest.mark.parametrize(
    ("terms", "codes"),
    [
        (RuleTerms(), ["no_items"]),
        (replace(RULE, items=RULE.items[:2]), ["weights"]),
        (with_formula("0.6", "0.2", name="cliff"), ["formula"] * 3),
        (with_formula("0", "1", "1", "0.5", name="knots"), ["falls"] * 3),
        (replace(RULE, team_share="1.5", ramp=("0",)), ["team_share", "ramp"]),
        (replace(RULE, commission=RuleCommission("x", "whole", (("5", "0.1"),))), ["bands"]),
        (RULE, []),
    ],
)
def test_a_rule_with_a_fault_is_found(terms: RuleTerms, codes: list[str]) -> None:
    assert [fault.code for fault in find_rule_faults(terms)] == codes


def test_every_jump_is_told_and_straight_lines_have_none() -> None:
    assert find_rule_jumps(RULE) == []
    assert [jump.at for jump in find_rule_jumps(with_formula("0.6", name="cliff"))] == [Fraction(3, 5)] * 3
    assert [jump.kind for jump in find_rule_jumps(replace(RULE, gates=(RuleGate("won", "0.9", "0.5"),)))] == ["gate"]


def test_a_rule_is_read_as_it_was_written() -> None:
    gates, kickers = (RuleGate("won", "0.9", "0.5"),), (RuleKicker("new", "won", "1", 100),)
    terms = replace(with_formula("1.5", "2", name="accelerator"), gates=gates, kickers=kickers, ramp=("0.5",))
    assert read_rule(json.loads(json.dumps(write_rule(terms)))) == terms
    assert terms.share_of("process") == Fraction(7, 10)  # M127


def test_a_change_inside_a_period_splits_it_by_date_and_the_pieces_add_up() -> None:
    first, last = date(2026, 3, 1), date(2026, 3, 31)
    pieces = split_period(first, last, [date(2026, 3, 16), date(2026, 3, 1), date(2026, 4, 1)])
    assert pieces == [(first, date(2026, 3, 15)), (date(2026, 3, 16), last)]
    days = [count_work_days("12345", *piece, {date(2026, 3, 17)}) for piece in pieces]
    assert days == [10, 11]
    assert sum(share_by_days(100_001, days)) == 100_001
    assert share_by_days(100, [0, 0]) == [100, 0]


def test_one_entry_of_a_frozen_plan_is_priced_as_in_the_whole() -> None:
    entries = [assemble_person(RULE, PersonFacts(f"p{number}", 1_000 * number, DONE))[0] for number in range(3)]
    content = freeze_plan(Terms("EUR"), entries)
    alone = read_plan(cut_plan(content, ["p2"]))
    assert [one.total_minor for one in price_plan(alone)] == [1_580]
    basis = freeze_basis({"first_day": "2026-03-01"}, [{"id": "p1", "number": "7"}])
    assert (read_entry(basis, "p1"), read_head(basis)) == ({"id": "p1", "number": "7"}, {"first_day": "2026-03-01"})


@pytest.mark.parametrize(
    ("lines", "caps"),
    [
        ([(1, "0.05", "0.20")], ["0.20"]),
        ([(3, "0.10", "0.20")], ["0.100000000000"]),
        ([(1, "0.05", "0.20"), (2, "0.10", "0.20")], ["0.20", "0.050000000000"]),
    ],
)
def test_all_reductions_together_keep_within_a_share_of_what_was_reached(
    lines: list[tuple[int, str, str]], caps: list[str]
) -> None:  # R2: half was reached, so at most 0.10 falls
    item = {"kpi": "visits", "weight_bp": 10_000, "target": "10", "actual": "5", "lower_is_better": False}
    entry = {
        "id": "p1", "variable_minor": 100_000, "items": [{**item, "curve": [["0", "0"], ["1", "1"]]}],
        "reductions": [{"count": count, "each": each, "cap": cap} for count, each, cap in lines],
    }  # fmt: skip
    assert [one["cap"] for one in limit_reductions(entry, Decimal("0.20"))["reductions"]] == caps
