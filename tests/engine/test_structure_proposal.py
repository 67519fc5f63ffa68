"""What is proposed of a CRM's structure names questions that exist, and every fault of its file is told."""

from pathlib import Path

import pytest

from implement.engine.checklist import UnusableSheet, load_pack
from implement.engine.checklist.structure import StructureProposal, load_structure

CHECKLISTS = Path(__file__).parents[2] / "checklists"
FIELDS = CHECKLISTS / "audit/09_fields.yaml"


@pytest.fixture(scope="module")
def proposal() -> StructureProposal:
    return load_structure(CHECKLISTS / "structure.yaml", load_pack(FIELDS))


def test_what_speaks_for_a_proposal_is_asked_in_some_audit(proposal: StructureProposal) -> None:
    asked = {item.id for path in (CHECKLISTS / "audit").glob("*.yaml") for item in load_pack(path).items}
    named = {item_id for one in (*proposal.fields, *proposal.parts) for item_id in one.because}
    assert named - asked == set()


def test_every_kind_of_business_has_its_set(proposal: StructureProposal) -> None:  # M65
    counted = {key: sum(one.business == key for one in proposal.fields) for key, _text in proposal.businesses}
    assert set(counted.values()) == {4}
    assert proposal.fields[1].text.en == "Telephone"


def test_the_functions_every_crm_must_have_are_known(proposal: StructureProposal) -> None:  # M70–M74, M76–M82
    named = {demand for one in proposal.parts for demand in one.demands}
    assert named >= {"M70", "M71", "M72", "M73", "M74", "M76", "M77", "M78", "M79", "M80", "M81", "M82", "M110"}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("object: company", "object: planet"),
        ("kind: phone", "kind: smoke"),
        ("wording: basics.phone", "wording: basics.pigeon"),
        ("read_by: [salesperson, service]", "read_by: [nobody]"),
        ("level: own", "level: some"),
    ],
)
def test_a_fault_is_told_with_its_line(tmp_path: Path, old: str, new: str) -> None:
    broken = tmp_path / "structure.yaml"
    broken.write_text((CHECKLISTS / "structure.yaml").read_text("utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(UnusableSheet) as told:
        load_structure(broken, load_pack(FIELDS))
    assert len(told.value.faults) == 1
    assert told.value.faults[0].line > 1
