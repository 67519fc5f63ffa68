"""An audit keeps its pack, whose answers they are, what several people said, and what the hall is told of it."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from io import BytesIO

import pytest
from flask import current_app
from sqlalchemy.orm import Session, scoped_session

from implement.engine.calculation import NamedFigure
from implement.engine.checklist import RuleKind, Severity, UnusableAnswer
from implement.rollout.service.errors import EditedMeanwhile, NotFound, RuleBroken
from implement.rollout.service.log import find_broken_row
from implement.stages.audit.in_hall import measure_answered
from implement.stages.audit.service import answers, audits, evidence, findings, participation, people
from implement.stages.audit.service.findings import FindingText
from tests.rooms.audit_case import NOW, Case, a_link, an_audit, answer_everything, later

Database = scoped_session[Session]
OFFERS = (NamedFigure("offers forgotten a year", Fraction(120)), NamedFigure("money of an offer", Fraction(1600, 3)))
A_LOSS = FindingText(RuleKind.FINDING, Severity.CRITICAL, "Offers are forgotten", figures=OFFERS)


@pytest.fixture
def case(session: Database) -> Case:
    return an_audit()


def attach(case: Case, name: str, content: bytes) -> evidence.AuditEvidence:
    stored = current_app.extensions["implement_store"].put(BytesIO(content))
    shown = {"name": "list.csv", "stored": stored, "by": case.carol, "now": NOW}
    return evidence.attach_evidence(case.audit, case.pack, case.item(name), case.petra, **shown)


def test_beginning_twice_is_beginning_once(case: Case) -> None:
    store = current_app.extensions["implement_store"]
    again = audits.begin_audit(case.rollout_id, role="lead", store=store, by=case.carol, now=NOW)
    assert again.id == case.audit.id


def test_share_of_answered_questions_is_a_measure_of_the_gate(case: Case) -> None:
    case.answer("goal_stated", "1")
    case.answer("hour_cost", "not_known")
    measure = measure_answered(case.rollout_id, None, date(2026, 3, 2))
    assert measure is not None
    assert (measure.value, measure.n) == (Fraction(2, 29), 29)


def test_a_question_that_does_not_apply_leaves_the_measure(case: Case) -> None:
    case.answer("pay_basis", "not_applicable")
    assert (case.audit.answered, case.audit.applying) == (0, 28)


def test_what_the_consultant_types_in_for_others_is_marked(case: Case) -> None:  # M10
    case.answer("goal_stated", "1", of=case.petra)
    case.answer("papers_received", "2", of=case.own)
    marks = {row.person: row.typed_in for row in answers.list_answers(case.audit.id)}
    assert marks == {"Petra Kurz": True, case.carol.name: False}


def test_an_answer_by_link_is_the_persons_own(case: Case) -> None:  # M10
    a_link(case)
    guest = people.greet_guest(case.audit, case.petra, case.pack)
    typed = {"words": ["3"], "note": "page 2", "version": None, "now": NOW}
    answers.save_answer(case.audit, case.pack, case.item("goal_stated"), case.petra, **typed, by=guest)
    (row,) = answers.list_answers(case.audit.id)
    assert (row.value, row.note) == ("3", "page 2")
    assert not row.typed_in


def test_the_same_text_again_changes_nothing(case: Case) -> None:
    first = case.answer("goal_stated", "1")
    assert case.answer("goal_stated", "1", version=None) == first


def test_the_second_of_two_editors_sees_both_texts(case: Case) -> None:
    seen = case.answer("market", "Tools")
    case.answer("market", "Tools for craftsmen", version=seen)
    with pytest.raises(EditedMeanwhile) as conflict:
        case.answer("market", "Machines", version=seen)
    assert (conflict.value.theirs, conflict.value.mine) == ("Tools for craftsmen", "Machines")


def test_an_answer_can_be_taken_back(case: Case) -> None:
    version = case.answer("goal_stated", "1")
    case.answer("goal_stated", version=version)
    assert case.audit.answered == 0


@pytest.mark.parametrize(
    ("name", "words", "code"),
    [
        ("salespeople", ["many"], "not_a_number"),
        ("salespeople", ["0"], "below_minimum"),
        ("goal_stated", ["7"], "not_a_level"),
        ("salespeople", ["12", "not_known"], "both"),
    ],
)
def test_what_is_no_answer_is_refused_with_its_reason(case: Case, name: str, words: list[str], code: str) -> None:
    with pytest.raises(UnusableAnswer) as fault:
        case.answer(name, *words)
    assert fault.value.code == code


def test_people_who_contradict_each_other_are_shown(case: Case) -> None:
    case.answer("goal_stated", "0", of=case.petra)
    case.answer("goal_stated", "4", of=case.jan)
    (contradiction,) = audits.evaluate_audit(case.audit, case.pack).contradictions
    assert {answer.person for answer in contradiction.answers} == {"Petra Kurz", "Jan Hoffmann"}


def test_participation_says_how_much_and_how_long_open(case: Case) -> None:  # M98
    a_link(case, "purpose", "ownership")
    case.answer("goal_stated", "1")
    listed = participation.list_participation(case.audit, case.pack, now=later(4))
    petra = next(one for one in listed if one.name == "Petra Kurz")
    assert (petra.answered, petra.of, petra.typed_in, petra.open_days(later(4))) == (1, 7, 1, 4)


def test_link_opens_the_asked_sections_until_its_day(case: Case) -> None:
    token = a_link(case, "purpose", "losses", days=7)
    audit, person = people.find_guest_person(token, now=later(6))
    assert [section.id for section in people.greet_guest(audit, person, case.pack).sections] == [
        case.section("purpose"),
        case.section("losses"),
    ]
    with pytest.raises(NotFound):
        people.find_guest_person(token, now=later(8))


def test_a_new_link_ends_the_one_before(case: Case) -> None:
    old, new = a_link(case), a_link(case, asked_at=later(1))
    assert people.find_guest_person(new, now=later(2))[1].id == case.petra.id
    with pytest.raises(NotFound):
        people.find_guest_person(old, now=later(2))


def test_a_withdrawn_link_is_not_found(case: Case) -> None:
    token = a_link(case)
    people.withdraw_link(case.audit, case.petra, by=case.carol, now=later(1))
    with pytest.raises(NotFound):
        people.find_guest_person(token, now=later(1))


def test_somebody_who_was_not_asked_gets_no_link(case: Case) -> None:
    with pytest.raises(RuleBroken):
        people.renew_link(case.audit, case.jan, days=7, by=case.carol, now=NOW)


def test_a_file_answers_the_question_for_one_until_it_is_taken_away(case: Case) -> None:
    row = attach(case, "client_list", b"name;city\nNordwind;Kiel\n")
    assert case.audit.answered == 1
    evidence.remove_evidence(case.audit, case.pack, row, is_back=False, by=case.carol, now=NOW)
    assert (case.audit.answered, evidence.list_evidence(case.audit.id)) == (0, [])


def test_the_same_file_twice_is_kept_once(case: Case) -> None:
    assert attach(case, "backup", b"seen").id == attach(case, "backup", b"seen").id


def test_own_finding_counts_until_it_is_taken_away(case: Case) -> None:  # M9
    row = findings.add_finding(case.audit, case.pack, A_LOSS, by=case.carol, now=NOW)
    assert (case.audit.findings, case.audit.obstacles) == (1, 1)
    findings.remove_finding(case.audit, case.pack, row, is_back=False, by=case.carol, now=NOW)
    assert (case.audit.findings, findings.list_own_findings(case.audit.id)) == (0, [])


def test_money_of_a_finding_is_what_its_figures_come_to(case: Case) -> None:
    row = findings.add_finding(case.audit, case.pack, A_LOSS, by=case.carol, now=NOW)
    assert row.amount_minor_per_year == 6_400_000
    assert findings.read_figures(row) == OFFERS
    bare = findings.add_finding(case.audit, case.pack, replace(A_LOSS, figures=()), by=case.carol, now=NOW)
    assert bare.amount_minor_per_year is None


def test_one_page_makes_one_finding_however_often_it_is_told(case: Case) -> None:
    told = {"source": "loss_map:7", "by": case.carol, "now": NOW}
    first = findings.note(case.audit, case.pack, A_LOSS, **told)
    findings.remove_finding(case.audit, case.pack, first, is_back=False, by=case.carol, now=NOW)
    assert findings.find_noted(case.audit, "loss_map:7") is None
    again = findings.note(case.audit, case.pack, replace(A_LOSS, problem="Offers age"), **told)
    assert [(row.id, row.problem) for row in findings.list_own_findings(case.audit.id)] == [(first.id, "Offers age")]
    assert findings.find_noted(case.audit, "loss_map:7") is again


def test_two_who_change_a_finding_do_not_overwrite_each_other(case: Case) -> None:
    row = findings.add_finding(case.audit, case.pack, A_LOSS, by=case.carol, now=NOW)
    with pytest.raises(EditedMeanwhile):
        findings.change_finding(case.audit, case.pack, row, A_LOSS, version=99, by=case.carol, now=NOW)


def test_a_whole_audit_leaves_an_unbroken_log(case: Case) -> None:
    answer_everything(case, worst=True)
    assert find_broken_row() is None
    assert case.audit.answered == 28
