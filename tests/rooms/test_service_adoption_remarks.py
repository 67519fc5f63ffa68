"""Remarks on reasons: said by the person, answered by name within a week, marked wherever the reason is shown."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy.orm import Session as Database

from implement.jobs import Plain
from implement.rollout.service.errors import NotAllowed, NotFound, RuleBroken
from implement.rollout.service.tasks import get_task
from implement.rollout.service.threads import list_said
from implement.stages.adoption import remark_words
from implement.stages.adoption.service import remarks
from implement.stages.adoption.service.disposing import dispose_scores
from implement.web.access import Role, Standing
from tests import builders
from tests.rooms.adoption_house import NOW, SUNDAY, a_firm, an_evaluation, person_id_of, some_evidence

TEAMS = {"North": 8, "Tiny": 3}
LATE: dict[str, Plain] = some_evidence("spreadsheet_keeper", late=(31, 40))


class Firm:
    """Bob of the North and Tim of a team of three enter late; Henry heads the North, Alice leads."""

    def __init__(self) -> None:
        self.rollout_id = builders.a_rollout().id
        an_evaluation(self.rollout_id, a_firm(self.rollout_id, TEAMS), north_2=LATE, tiny_2=LATE)
        self.bob_id, self.tim_id = (person_id_of(self.rollout_id, user) for user in ("north.2", "tiny.2"))
        head_id = person_id_of(self.rollout_id, "north.1")
        self.alice = builders.a_member(self.rollout_id, Role.LEAD)
        self.henry = builders.a_member(self.rollout_id, Role.HEAD, person_id=head_id)
        self.bob = builders.a_member(self.rollout_id, Role.SALESPERSON, person_id=self.bob_id)
        self.head = Standing(self.rollout_id, frozenset({Role.HEAD}), head_id)

    def contest(self, person_id: int | None = None, signal: str = "late") -> remarks.ReasonRemark:
        said = {"kind": "contest", "text": "I was at the fair", "by": self.bob, "now": NOW}
        remark_id = remarks.remark_on(self.rollout_id, person_id or self.bob_id, signal, **said)  # type: ignore[arg-type]
        return remarks.get_remark(self.rollout_id, remark_id)


@pytest.fixture
def firm(app: Flask, session: Database) -> Firm:
    return Firm()


def test_the_head_is_to_answer_within_a_week_and_the_lead_is_told(firm: Firm) -> None:
    task = get_task(firm.rollout_id, firm.contest().task_id)
    assert (task.owner_id, task.escalate_to_id, task.due) == (firm.henry.id, firm.alice.id, SUNDAY + timedelta(days=7))
    assert remarks.find_unanswered(firm.rollout_id, firm.henry.id) == (1, 1, task.due)


def test_of_a_team_of_three_the_lead_answers(firm: Firm) -> None:
    assert get_task(firm.rollout_id, firm.contest(firm.tim_id).task_id).owner_id == firm.alice.id


def test_a_contested_reason_is_marked_until_and_after_it_is_answered(app: Flask, firm: Firm) -> None:
    row = firm.contest()
    before = remarks.list_marks(firm.rollout_id, firm.bob_id)["late"]
    remarks.answer_remark(row, firm.head, outcome="withdrawn", text="True, the fair", by=firm.henry, now=NOW)
    after = remarks.list_marks(firm.rollout_id, firm.bob_id)["late"]
    with app.test_request_context():
        said = [remark_words.say_mark(mark) for mark in (before, after)]
    assert said == ["contested, answer due on 5 Apr 2026", "withdrawn by Henry Head"]
    assert get_task(firm.rollout_id, row.task_id).done_at == NOW


def test_nobody_answers_twice_nor_their_own_words(firm: Firm) -> None:
    row = firm.contest()
    own = Standing(firm.rollout_id, frozenset({Role.HEAD}), firm.bob_id)
    with pytest.raises(NotAllowed):
        remarks.answer_remark(row, own, outcome="withdrawn", text="Mine", by=firm.bob, now=NOW)
    remarks.answer_remark(row, firm.head, outcome="stands", text="Seen", by=firm.henry, now=NOW)
    with pytest.raises(RuleBroken, match="answered already"):
        remarks.answer_remark(row, firm.head, outcome="withdrawn", text="Again", by=firm.henry, now=NOW)


def test_one_speaks_on_what_is_said_of_oneself_and_once_at_a_time(firm: Firm) -> None:
    firm.contest()
    with pytest.raises(RuleBroken, match="go on in its discussion"):
        firm.contest()
    with pytest.raises(NotFound, match="no such reason"):
        firm.contest(signal="copy")


def test_what_was_said_can_be_taken_along(firm: Firm) -> None:
    row = firm.contest()
    remarks.answer_remark(row, firm.head, outcome="stands", text="Seen", by=firm.henry, now=NOW)
    own = remarks.list_own_remarks(firm.rollout_id, firm.bob_id)
    assert isinstance(own[0], dict) and own[0]["answered_by"] == "Henry Head"
    assert isinstance(own[0]["said"], list) and len(own[0]["said"]) == 2


def test_what_was_said_goes_with_the_scores_it_was_said_on(app: Flask, firm: Firm) -> None:
    row_id, store = firm.contest().id, app.extensions["implement_store"]
    assert dispose_scores(firm.rollout_id, SUNDAY, store).row_count == 0
    dispose_scores(firm.rollout_id, SUNDAY + timedelta(days=1), store)
    with pytest.raises(NotFound):
        remarks.get_remark(firm.rollout_id, row_id)
    assert list_said(firm.rollout_id, f"reason:{row_id}") == []
