"""Gate criteria: each verdict with its reason, and nothing met for lack of knowledge."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from implement.engine.criteria import (
    COMPARISONS,
    CriterionKind,
    CriterionTerms,
    Facts,
    MeasuredFact,
    Reason,
    judge,
    judge_gate,
)

DOCUMENT = CriterionTerms("terms", CriterionKind.DOCUMENT)
SIGNATURE = CriterionTerms("signed", CriterionKind.SIGNATURE, roles=("lead", "consultant"))
ACTIVE = CriterionTerms(
    "active", CriterionKind.MEASURE, measure="active_share", comparison=">=", threshold=Fraction(4, 5), least_n=3
)


def measured(value: str, n: int) -> Facts:
    """One measure and nothing else."""
    return Facts(measures={"active_share": MeasuredFact(Fraction(value), n)})


@pytest.mark.parametrize(
    ("terms", "facts", "reason"),
    [
        (DOCUMENT, Facts(documents=frozenset({"terms"})), Reason.MET),
        (DOCUMENT, Facts(documents=frozenset({"else"})), Reason.DOCUMENT_MISSING),
        (SIGNATURE, Facts(signed_roles=frozenset({"lead", "consultant", "hr"})), Reason.MET),
        (SIGNATURE, Facts(signed_roles=frozenset({"lead"})), Reason.SIGNATURES_MISSING),
        (ACTIVE, Facts(), Reason.NOT_MEASURED),
        (ACTIVE, Facts(withheld=frozenset({"active_share"})), Reason.WITHHELD),
        (ACTIVE, measured("1", 2), Reason.TOO_FEW),
        (ACTIVE, measured("0.79", 100), Reason.THRESHOLD_MISSED),
        (ACTIVE, measured("0.8", 3), Reason.MET),
    ],
)
def test_each_verdict_has_its_reason(terms: CriterionTerms, facts: Facts, reason: Reason) -> None:
    verdict = judge(terms, facts)
    assert (verdict.reason, verdict.met) == (reason, reason is Reason.MET)


def test_the_roles_that_have_not_signed_are_named() -> None:
    assert judge(SIGNATURE, Facts(signed_roles=frozenset({"lead"}))).missing_roles == ("consultant",)


def test_a_missed_threshold_shows_what_was_measured() -> None:
    assert judge(ACTIVE, measured("3/5", 25)).measured == MeasuredFact(Fraction(3, 5), 25)


def test_the_gate_lists_only_what_stands_against_it() -> None:
    verdict = judge_gate([DOCUMENT, SIGNATURE, ACTIVE], measured("0.9", 10))
    assert (verdict.open, [one.key for one in verdict.unmet]) == (False, ["terms", "signed"])


@given(st.sampled_from(sorted(COMPARISONS)), st.fractions(-5, 5), st.fractions(-5, 5))
def test_what_was_not_measured_is_never_met(comparison: str, value: Fraction, threshold: Fraction) -> None:
    terms = CriterionTerms("x", CriterionKind.MEASURE, (), "active_share", comparison, threshold)
    assert not judge(terms, Facts(measures={"other": MeasuredFact(value, 10)})).met
