"""From answers to scores, findings, money and contradictions."""

from decimal import Decimal
from fractions import Fraction

import pytest

from implement.engine.checklist import AnswerKind, Evaluation, Reply, RuleKind, Severity, evaluate
from implement.engine.checklist.conditions import AnyOf, NotKnown, Within
from implement.engine.checklist.money import Assumption, Factor, FactorKind, MoneyRule
from tests.engine.checklist.builders import answers, item, pack, rule, text

WEAK = Within("pack.order", at_most=Fraction(1))
SLOW = Within("pack.hours", above=Fraction(2))
COST = MoneyRule(
    (
        Factor(FactorKind.ANSWER, "pack.people"),
        Factor(FactorKind.ANSWER, "pack.hours", Fraction(2)),
        Factor(FactorKind.ASSUMPTION, "days"),
        Factor(FactorKind.REMAINING_SHARE, "pack.useful"),
    ),
    text("an upper bound"),
)
WORK = pack(
    item("order", AnswerKind.SCALE, rule("weak", WEAK, severity=Severity.HIGH), weight=3),
    item("owner", AnswerKind.CHOICE, options={"head": "1", "it": "0.25", "unclear": None}),
    item("hours", AnswerKind.NUMBER, rule("slow", SLOW, problem="{hours} hours", money=COST)),
    item("people", AnswerKind.NUMBER),
    item("useful", AnswerKind.NUMBER),
    item("risky", AnswerKind.SCALE, rule("risk", Within("pack.risky", at_most=Fraction(0)), kind=RuleKind.RISK)),
    assumptions=(Assumption("days", Fraction(220), text("working days")),),
)


def test_section_score_is_the_weighted_mean_of_scored_answers() -> None:
    scores = evaluate(WORK, answers(order=2, owner="it", hours=Decimal(1))).sections  # (3 · 2/4 + 1 · 1/4) / 4 = 7/16
    assert [(score.score, score.n, score.of) for score in scores] == [(Fraction(7, 16), 2, 3)]


def test_an_option_without_score_says_nothing_about_maturity() -> None:
    score = evaluate(WORK, answers(owner="unclear")).sections[0]
    assert (score.score, score.n) == (None, 0)


def test_nobody_knows_is_an_answer_and_what_does_not_apply_is_not_asked() -> None:
    evaluation = evaluate(WORK, answers(order=Reply.NOT_KNOWN, risky=Reply.NOT_APPLICABLE))
    assert (evaluation.answered, evaluation.of, evaluation.answered_share) == (1, 5, Fraction(1, 5))


def test_answers_typed_in_for_the_client_are_counted_apart() -> None:  # M10
    given = answers(typed_in=True, order=2, hours=Decimal(1)) + answers("Bob", hours=Decimal(1))
    assert evaluate(WORK, given).typed_in == 1


def test_a_finding_names_the_answers_and_the_money_it_follows_from() -> None:  # M109
    given = answers(hours=Decimal("3.5"), people=Decimal(4), useful=Decimal(25))
    finding = evaluate(WORK, given).findings[0]
    assert finding.problem("pl") == "3,5 hours (pl)"
    assert {answer.item_id for answer in finding.follows_from} == {"pack.hours", "pack.people", "pack.useful"}
    assert finding.money is not None
    assert finding.money.amount_per_year == 4 * Fraction(3, 2) * 220 * Fraction(3, 4)


def test_money_stays_open_while_an_answer_is_missing() -> None:
    finding = evaluate(WORK, answers(hours=Decimal(3), people=Reply.NOT_KNOWN)).findings[0]
    assert finding.money is not None
    assert (finding.money.amount_per_year, finding.money.missing) == (None, ("pack.people", "pack.useful"))


def test_findings_and_risks_stand_apart_and_the_severest_comes_first() -> None:
    evaluation = evaluate(WORK, answers(hours=Decimal(3), order=0, risky=0))
    assert [finding.rule.id for finding in evaluation.findings] == ["weak", "slow"]
    assert [finding.rule.id for finding in evaluation.risks] == ["risk"]


def test_of_equal_findings_the_dearer_comes_first() -> None:
    cheap, dear = (MoneyRule((Factor(FactorKind.ASSUMPTION, name),), text("note")) for name in ("one", "ten"))
    named = tuple(Assumption(name, Fraction(value), text(name)) for name, value in (("one", 1), ("ten", 10)))
    rules = (rule("unpriced", WEAK), rule("cheap", WEAK, money=cheap), rule("dear", WEAK, money=dear))
    evaluation = evaluate(pack(item("order", AnswerKind.SCALE, *rules), assumptions=named), answers(order=0))
    assert [finding.rule.id for finding in evaluation.findings] == ["dear", "cheap", "unpriced"]


def test_a_contradiction_shows_both_answers_and_marks_the_finding() -> None:
    evaluation = evaluate(WORK, answers("Alice", order=1) + answers("Bob", order=4))
    assert [answer.person for answer in evaluation.contradictions[0].answers] == ["Alice", "Bob"]
    assert [finding.disputed for finding in evaluation.findings] == [True]


def test_agreement_marks_nothing() -> None:
    evaluation = evaluate(WORK, answers("Alice", order=1) + answers("Bob", order=1))
    assert (evaluation.contradictions, evaluation.findings[0].disputed) == ((), False)


def test_what_nobody_knows_can_be_a_finding_itself() -> None:
    unknown = rule("unknown", AnyOf((NotKnown("pack.people"), SLOW)))
    evaluation = evaluate(pack(item("people", AnswerKind.NUMBER, unknown)), answers(people=Reply.NOT_KNOWN))
    assert [finding.rule.id for finding in evaluation.findings] == ["unknown"]


def test_an_empty_audit_says_nothing() -> None:
    evaluation: Evaluation = evaluate(WORK, [])
    assert (evaluation.answered, evaluation.of, evaluation.findings, evaluation.risks) == (0, 6, (), ())


def test_an_answer_to_a_foreign_question_is_refused() -> None:
    with pytest.raises(KeyError):
        evaluate(WORK, answers(weather="fine"))
