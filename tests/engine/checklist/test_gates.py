"""The default gates: few criteria a stage, each of a kind that can be judged."""

from fractions import Fraction
from pathlib import Path

import pytest

from implement.engine.checklist import GateCriterion, UnusableSheet, load_gates
from implement.engine.criteria import CriterionKind, Facts, MeasuredFact, judge_gate
from tests.engine.checklist.builders import CHECKLISTS

CRITERIA = load_gates(CHECKLISTS / "gates.yaml")
STAGES = ("audit", "specification", "pilot", "transfer", "adoption")


def of_stage(stage: str) -> list[GateCriterion]:
    """The default criteria of one stage."""
    return [criterion for criterion in CRITERIA if criterion.stage == stage]


@pytest.mark.parametrize("stage", STAGES)
def test_each_stage_demands_two_to_seven_things_and_a_signature(stage: str) -> None:
    demanded = [criterion.terms for criterion in of_stage(stage)]
    assert 2 <= len(demanded) <= 7
    assert any(one.kind is CriterionKind.SIGNATURE or (one.measure or "").endswith("sides_signed") for one in demanded)


def test_the_measures_asked_of_the_rooms_are_known_by_name() -> None:
    asked = {criterion.terms.measure: criterion.terms.threshold for criterion in CRITERIA if criterion.terms.measure}
    assert asked == {
        "audit.answered_share": Fraction(4, 5),
        "specification.requirements_without_origin": 0,
        "specification.requirements_without_test": 0,
        "specification.team_gaps": 0,
        "specification.mandate_gaps": 0,
        "specification.grave_risks_without_owner": 0,
        "specification.busiest_role_minutes": 120,
        "specification.terms_sides_signed": 2,
        "adoption.active_share_3_of_5_days": Fraction(4, 5),
        "pilot.wave_before_went": 1,
        "pilot.exit_signed": 1,
        "transfer.unexplained_losses": 0,
        "transfer.sides_signed": 2,
        "adoption.weeks_held": 4,
    }


@pytest.mark.parametrize(("losses", "sides", "is_open"), [(0, 2, True), (1, 2, False), (0, 1, False)])
def test_the_transfer_opens_only_without_unexplained_losses_and_with_both_signatures_of_that_run(
    losses: int, sides: int, is_open: bool
) -> None:  # M19, M29, M98
    measured = {"transfer.unexplained_losses": losses, "transfer.sides_signed": sides}
    facts = Facts(
        documents=frozenset({"gate.transfer.legacy_backup"}),
        signed_roles=frozenset({"lead", "consultant"}),
        measures={name: MeasuredFact(Fraction(value), 8800) for name, value in measured.items()},
    )
    assert judge_gate([criterion.terms for criterion in of_stage("transfer")], facts).open is is_open


def test_nothing_is_open_while_nothing_is_known() -> None:
    verdicts = [judge_gate([criterion.terms for criterion in of_stage(stage)], Facts()) for stage in STAGES]
    assert [len(verdict.unmet) for verdict in verdicts] == [len(of_stage(stage)) for stage in STAGES]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('comparison: "="', 'comparison: "=="', "not_one_of"),
        ('threshold: "0"', "threshold: none", "not_a_number"),
        ("roles: [lead, head]", "roles: [boss]", "not_one_of"),
        ("unit: count", "unit: pieces", "not_one_of"),
        ("key: gate.pilot.signed", "key: gate.audit.signed", "same_id"),
        ("  transfer:\n", "  cutover:\n", "no_stage"),
    ],
)
def test_a_faulty_gate_is_refused(tmp_path: Path, old: str, new: str, code: str) -> None:
    sheet = (CHECKLISTS / "gates.yaml").read_text(encoding="utf-8")
    assert old in sheet
    (tmp_path / "gates.yaml").write_text(sheet.replace(old, new), encoding="utf-8")
    with pytest.raises(UnusableSheet) as refusal:
        load_gates(tmp_path / "gates.yaml")
    assert code in {fault.code for fault in refusal.value.faults}
