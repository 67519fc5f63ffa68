"""The claims are kept in our own words, with their qualifiers; the twelve effects are rows."""

from pathlib import Path

from implement.engine.checklist.claims import MEASURES, load_claims

CLAIMS = Path(__file__).parents[3] / "checklists/claims.yaml"


def test_every_claim_says_its_source_and_what_it_leaves_out() -> None:  # M36, M37, M38
    claims, effects = load_claims(CLAIMS)
    assert {demand for claim in claims for demand in claim.demands} == {"M36", "M37", "M38", "M62"}
    assert all(claim.source is not None and claim.qualifier is not None for claim in claims)
    assert len(effects) == 12


def test_every_measure_answers_some_claim_or_effect() -> None:  # M58
    claims, effects = load_claims(CLAIMS)
    assert {one.measure for one in (*claims, *effects)} == set(MEASURES)
