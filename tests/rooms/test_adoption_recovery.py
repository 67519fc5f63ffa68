"""Recovered: use has to hold for four full weeks; a week that may not be shown ends the count."""

from datetime import date, timedelta

import pytest

from implement.engine.criteria import CriterionKind, CriterionTerms, Facts, MeasuredFact, judge_gate
from implement.rollout.service.defaults import default_criterion
from implement.stages.adoption.service.recovery import count_weeks_held
from implement.stages.adoption.shown_groups import Week

FIRST = date(2026, 3, 2)


def weeks(*shares: float | None) -> list[Week]:
    """Weeks of ten people with fifty days each; None is a withheld one."""
    mondays = [FIRST + timedelta(days=7 * place) for place in range(len(shares))]
    return [
        Week(monday, 10, why="too_few") if share is None else Week(monday, 10, round(share * 50), 50)
        for monday, share in zip(mondays, shares, strict=True)
    ]


@pytest.mark.parametrize(
    ("shares", "held"),
    [
        ((0.7, 0.8, 0.62, 0.9), 4),
        ((0.9, 0.5, 0.7, 0.8, 0.6), 3),
        ((0.9, 0.9, 0.9, 0.4), 0),
        ((None, 0.8, 0.8), 2),
    ],
)
def test_weeks_are_counted_back_from_the_last(shares: tuple[float | None, ...], held: int) -> None:  # M60
    found = count_weeks_held(weeks(*shares))
    assert found is not None and (found.weeks, found.people) == (held, 10)


def test_a_withheld_last_week_tells_nothing() -> None:
    found = count_weeks_held(weeks(0.9, 0.9, None))
    assert found is not None and (found.weeks, found.people) == (0, 0)
    assert count_weeks_held([]) is None and count_weeks_held([Week(FIRST, 0, why="nobody")]) is None


def test_the_gate_opens_at_four_weeks_and_not_before() -> None:  # M112
    criterion = default_criterion("gate.adoption.held_four_weeks")
    assert criterion is not None and criterion.terms.kind is CriterionKind.MEASURE
    terms: list[CriterionTerms] = [criterion.terms]
    facts = [Facts(frozenset(), frozenset(), {"adoption.weeks_held": MeasuredFact(n, 10)}) for n in (3, 4)]  # type: ignore[arg-type]
    assert [judge_gate(terms, one).open for one in facts] == [False, True]
