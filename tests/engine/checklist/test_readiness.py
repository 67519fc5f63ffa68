"""Maturity by section, silent where too little was answered."""

from fractions import Fraction

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from implement.engine.checklist import Answer, AnswerKind, SectionScore, Severity, evaluate
from implement.engine.checklist.conditions import Within
from implement.engine.readiness import ReadinessSettings, assess_readiness, measure_maturity
from tests.engine.checklist.builders import answers, item, pack, rule

WORK = pack(*(item(name, AnswerKind.SCALE) for name in ("a", "b", "c", "d")))


@pytest.mark.parametrize(
    ("given_levels", "level", "n"),
    [
        ({"a": 4}, None, 1),
        ({"a": 4, "b": 1}, Fraction(5, 2), 2),
        ({"a": 0, "b": 0, "c": 0, "d": 0}, Fraction(0), 4),
        ({"a": 4, "b": 4, "c": 4, "d": 4}, Fraction(4), 4),
    ],
)
def test_maturity_needs_half_of_the_answers(given_levels: dict[str, int], level: Fraction | None, n: int) -> None:
    given = [Answer(f"pack.{name}", "Alice", answer) for name, answer in given_levels.items()]
    readiness = assess_readiness(evaluate(WORK, given))
    assert (readiness.sections[0].maturity.level, readiness.overall.n, readiness.overall.of) == (level, n, 4)


def test_a_section_of_one_question_is_known_by_one_answer() -> None:
    readiness = assess_readiness(evaluate(pack(item("a", AnswerKind.SCALE)), answers(a=3)))
    assert readiness.overall.level == 3
    assert readiness.is_ready is True


def test_not_enough_answers_give_no_verdict() -> None:
    readiness = assess_readiness(evaluate(WORK, answers(a=4)))
    assert (readiness.is_ready, readiness.overall.is_known, readiness.weakest) == (None, False, ())


def test_a_weak_section_is_named_and_the_firm_is_not_ready() -> None:
    readiness = assess_readiness(evaluate(WORK, answers(a=1, b=2)))
    assert [one.section.id for one in readiness.weakest] == ["work"]
    assert readiness.is_ready is False


def test_one_critical_finding_stands_against_the_start() -> None:  # M95
    disorder = rule("disorder", Within("pack.a", at_most=Fraction(1)), severity=Severity.CRITICAL)
    chain = pack(item("a", AnswerKind.SCALE, disorder), item("b", AnswerKind.SCALE))
    readiness = assess_readiness(evaluate(chain, answers(a=1, b=4)))
    assert [finding.rule.id for finding in readiness.obstacles] == ["disorder"]
    assert (readiness.weakest, readiness.is_ready) == ((), False)


def test_a_section_without_scored_questions_is_left_out() -> None:
    readiness = assess_readiness(evaluate(pack(item("a", AnswerKind.TEXT)), answers(a="words")))
    assert (readiness.sections, readiness.overall.level) == ((), None)


@drawn(st.integers(1, 30), st.data())
def test_maturity_lies_between_zero_and_four_or_is_open(of: int, draw: st.DataObject) -> None:
    n = draw.draw(st.integers(0, of))
    score = draw.draw(st.fractions(0, 1)) if n else None
    maturity = measure_maturity(SectionScore(WORK.sections[0], score, n, of), ReadinessSettings())
    assert maturity.level is None or 0 <= maturity.level <= 4
    assert maturity.is_known == (n >= min(2, of) and 2 * n >= of)
