"""An audit is made of chosen packs and keeps their version; a consultancy adds its own and hears what is wrong."""

from decimal import Decimal

import pytest
from flask import current_app
from sqlalchemy.orm import Session, scoped_session

from implement.engine.checklist import UnusableSheet, pack_hash
from implement.rollout.service.errors import RuleBroken
from implement.stages.audit.service import answers, audits, people, shelf
from tests.builders import a_user
from tests.rooms.audit_case import NOW, Case, an_audit
from tests.rooms.own_pack import OWN_PACK

Database = scoped_session[Session]
OWN = "north.visits"


@pytest.fixture
def case(session: Database) -> Case:
    return an_audit()


def hand_in(text: str = OWN_PACK) -> int:
    store = current_app.extensions["implement_store"]
    return shelf.add_own_pack(text.encode(), "visits.yaml", store, by=a_user(), now=NOW).id


def add(case: Case, *keys: str) -> int:
    added = audits.add_packs(case.audit, keys, current_app.extensions["implement_store"], by=case.carol, now=NOW)
    case.pack = audits.open_pack(case.audit, current_app.extensions["implement_store"])
    return added


def shelf_keys() -> list[str]:
    return [one.pack.id for one in shelf.list_shelf(current_app.extensions["implement_store"])]


def test_audit_keeps_the_packs_it_was_begun_with(case: Case) -> None:
    (row,) = audits.list_packs(case.audit.id)
    (pack,) = case.pack.packs
    kept = current_app.extensions["implement_store"].path(row.file_sha256)
    assert kept.read_bytes() == (shelf.FOLDER / "01_first_hour.yaml").read_bytes()
    assert (row.version, row.pack_hash) == (pack.version, pack_hash(pack))


def test_an_audit_without_a_pack_does_not_begin(session: Database) -> None:
    with pytest.raises(RuleBroken):
        an_audit(keys=())
    with pytest.raises(RuleBroken):
        an_audit(keys=("audit.made_up",))


def test_own_pack_is_asked_beside_the_first_hour(case: Case) -> None:
    hand_in()
    assert add(case, OWN) == 1
    case.answer("salespeople", "12")
    item = case.pack.item(f"{OWN}.visits_week")
    typed = {"words": ["1"], "note": "", "version": None, "by": case.carol, "now": NOW}
    answers.save_answer(case.audit, case.pack, item, case.petra, **typed)
    assert (case.audit.answered, case.audit.applying) == (2, 31)
    (finding,) = audits.evaluate_audit(case.audit, case.pack).findings
    assert finding.problem("en") == "A salesperson visits 1 customer a week."


def test_packs_that_name_the_same_assumption_keep_their_own_value(case: Case) -> None:
    hand_in()
    add(case, OWN)
    values = {one.name: one.value for one in case.pack.assumptions}
    assert (values["audit.first_hour.months_per_year"], values[f"{OWN}.months_per_year"]) == (12, Decimal(11))


def test_adding_a_pack_twice_is_adding_it_once(case: Case) -> None:
    hand_in()
    assert [add(case, OWN), add(case, OWN), len(audits.list_packs(case.audit.id))] == [1, 0, 2]


def test_a_newer_version_leaves_a_running_audit_as_it_is(case: Case) -> None:
    hand_in()
    add(case, OWN)
    hand_in(OWN_PACK.replace('version: "1"', 'version: "2"').replace("How many customers", "How many firms"))
    assert case.pack.item(f"{OWN}.visits_week").text.en.startswith("How many customers")
    (newest,) = shelf.pick_packs([OWN], current_app.extensions["implement_store"])
    assert newest.pack.version == "2"


def test_a_version_that_is_known_with_another_text_is_refused(session: Database) -> None:
    first = hand_in()
    assert hand_in() == first
    with pytest.raises(RuleBroken):
        hand_in(OWN_PACK.replace("How many customers", "How many firms"))


def test_the_ids_of_the_product_are_not_given_away(session: Database) -> None:
    with pytest.raises(RuleBroken):
        hand_in(OWN_PACK.replace(OWN, "audit.visits"))


def test_every_fault_of_a_pack_is_named_with_line_question_and_key(session: Database) -> None:
    broken = OWN_PACK.replace("weight: 3", "weight: 9").replace("{at_most: 1}", "{at_mots: 1}")
    with pytest.raises(UnusableSheet) as refusal:
        hand_in(broken)
    places = [(fault.item, fault.key, fault.code) for fault in refusal.value.faults]
    assert (f"{OWN}.visits_week", "weight", "not_whole") in places
    assert all(fault.line > 1 for fault in refusal.value.faults)
    assert OWN not in shelf_keys()


def test_a_pack_taken_from_the_shelf_stays_with_its_audits(case: Case) -> None:
    row = shelf.get_own_pack(hand_in())
    add(case, OWN)
    shelf.remove_own_pack(row, is_back=False, by=case.carol, now=NOW)
    assert OWN not in shelf_keys()
    assert [one.id for one in case.pack.packs] == ["audit.first_hour", OWN]
    shelf.remove_own_pack(row, is_back=True, by=case.carol, now=NOW)
    assert OWN in shelf_keys()


def test_a_link_may_ask_sections_of_several_packs(case: Case) -> None:
    hand_in()
    add(case, OWN)
    asked = {"section_keys": [case.section("purpose"), f"{OWN}.purpose"], "days": 7, "by": case.carol, "now": NOW}
    people.ask_person(case.audit, case.pack, case.petra, **asked)
    guest = people.greet_guest(case.audit, case.petra, case.pack)
    assert [len(section.items) for section in guest.sections] == [4, 2]
