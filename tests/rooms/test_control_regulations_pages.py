"""The pages of regulations: a draft becomes a version, two approve, people acknowledge, late ones are listed."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import event

from implement.db import db, utc_now
from implement.engine.law import Terms
from tests.fixtures.members import VisitorAs
from tests.fixtures.visitors import Visitor
from tests.rooms.bound_firm import DAILY, VISITS, Firm, a_bound_firm

HOSTILE = "<script>alert(1)</script>\"'{{7*7}} =1+1"
GROUND = {"ground_name": "late", "ground": "Entered late", "each": "5", "cap": "10"}


@pytest.fixture
def firm(app: Flask, rollout_id: int) -> Firm:
    """Two teams with log-ins for the heads and one seller each."""
    with app.app_context():
        made = a_bound_firm(rollout_id)
        db.session.commit()
        return made


@pytest.fixture
def at(rollout_id: int) -> str:
    """Where the pages begin."""
    return f"/rollouts/{rollout_id}/regulations"


def begin(lead: Visitor, at: str, title: str = "Use of the CRM") -> str:
    """The address of a new draft."""
    page = lead.get(f"{at}/new")
    sent = lead.submit(page, {"kind": "regulation", "title": title, "text": "Each call is noted.\n\n1.2 At once."})
    return str(sent.location)


def keep(lead: Visitor, draft: str) -> str:
    return str(lead.submit(lead.get(draft), form="form[action$='/keep']").location)


def test_a_draft_is_given_terms_and_kept_for_approval(firm: Firm, at: str, visitor_as: VisitorAs) -> None:  # M114
    lead = visitor_as("lead")
    draft = begin(lead, at)
    lead.submit(lead.get(draft), GROUND, form="form[action$='terms/grounds']")
    meeting = {"kind": "daily", "weekdays": ["1", "3"], "begins": "09:00", "minutes": "15"}
    lead.submit(lead.get(draft), meeting, form="form[action$='terms/meetings']")
    page = lead.get(draft)
    assert "the variable part falls by 5.0% each time; by 10.0% a month at most" in page.text
    assert "Daily briefing : Monday, Wednesday at 09:00, 15 min" in page.text
    version = lead.get(keep(lead, draft))
    assert "waits for approval by the works council" in version.text
    lead.get(draft, status=404)


def test_impossible_terms_are_said_by_the_field(firm: Firm, at: str, visitor_as: VisitorAs) -> None:
    lead = visitor_as("lead")
    draft = begin(lead, at)
    page = lead.submit(lead.get(draft), GROUND | {"ground": ""}, form="form[action$='grounds']", status=422)
    assert page.words("#grounds .error") == ["This field is required."]
    refused = lead.submit(lead.get(draft), GROUND | {"cap": "4"}, form="form[action$='grounds']", status=409)
    assert "not below what a single time costs" in refused.text


def test_the_law_speaks_plainly_and_stops_the_hand_out(firm: Firm, at: str, visitor_as: VisitorAs) -> None:  # R1
    lead = visitor_as("lead")
    draft = begin(lead, at)
    fined = GROUND | {"terms": "a fine of 20 euros"}
    lead.submit(lead.get(draft), fined, form="form[action$='terms/grounds']")
    assert "forbidden (R1) “late” speaks of a fine." in lead.get(draft).text
    version = keep(lead, draft)
    council = visitor_as("council")
    council.submit(council.get(version), form="form[action$='/approve']")
    refused = lead.submit(lead.get(version), form="form[action$='/hand-out']", status=409)
    assert "The law that applies here forbids it (R1)" in refused.text


def test_two_who_write_one_draft_see_both_texts(firm: Firm, at: str, visitor_as: VisitorAs) -> None:
    alice, carol = visitor_as("lead"), visitor_as("consultant")
    draft = begin(alice, at)
    words = f"form[action$='{draft.rpartition('/')[2]}']"
    mine, theirs = alice.get(draft), carol.get(draft)
    carol.submit(theirs, {"text": "Carol's words"}, form=words)
    conflict = alice.submit(mine, {"text": "Alice's words"}, form=words, status=409)
    assert "Alice's words" in conflict.text and "Carol's words" in conflict.text


def test_a_form_that_is_sent_twice_adds_one_term(firm: Firm, at: str, visitor_as: VisitorAs) -> None:
    lead = visitor_as("lead")
    draft = begin(lead, at)
    page = lead.get(draft)
    for _ in range(2):
        lead.submit(page, GROUND, form="form[action$='terms/grounds']")
    assert len(lead.get(draft).all("#grounds li")) == 1


def test_the_author_approves_nothing_and_the_council_does(firm: Firm, at: str, visitor_as: VisitorAs) -> None:  # M113
    hanna, lead = visitor_as("hr"), visitor_as("lead")
    version = keep(lead, begin(lead, at))
    assert not lead.get(version).all("form[action$='/approve']")
    hanna.submit(hanna.get(version), form="form[action$='/approve']")
    lead.submit(lead.get(version), form="form[action$='/hand-out']")
    page = lead.get(version)
    assert "Approved by: Hanna HR (HR," in page.text and "Still missing:" in page.text


@pytest.mark.parametrize(
    ("role", "crm_user", "late"),
    [("lead", None, {"North", "South"}), ("hr", None, {"North", "South"}), ("head", "north.1", {"North"})],
)
def test_a_head_sees_the_late_of_the_own_team_only(
    app: Flask, firm: Firm, at: str, visitor_as: VisitorAs, role: str, crm_user: str | None, late: set[str]
) -> None:
    with app.app_context():
        firm.bind(Terms(roles=("salesperson",)))
        db.session.commit()
    visitor = visitor_as(role, person_id=firm.people[crm_user] if crm_user else None)
    assert {row[1] for row in visitor.get(f"{at}/overdue").rows()} == late


def test_names_of_readers_are_for_whoever_answers_for_it(
    app: Flask, firm: Firm, at: str, visitor_as: VisitorAs
) -> None:
    with app.app_context():
        version = firm.bind(Terms(roles=("salesperson",)))
        firm.acknowledge(version, firm.accounts["north.2"])
        db.session.commit()
        address = f"{at}/versions/{version.id}"
    for role, names in (("lead", True), ("council", False), ("salesperson", False)):
        assert ("Bob Seller," in visitor_as(role).get(address).text) is names


def test_what_changed_is_shown_beside_what_stayed(firm: Firm, at: str, visitor_as: VisitorAs) -> None:
    lead = visitor_as("lead")
    version = keep(lead, begin(lead, at))
    draft = str(lead.submit(lead.get(version), form="form[action$='/next']").location)
    words = f"form[action$='{draft.rpartition('/')[2]}']"
    lead.submit(lead.get(draft), {"text": "Each call is noted.\n\n1.2 By noon."}, form=words)
    page = lead.get(f"{keep(lead, draft)}/differences")
    assert page.words("ins") == ["new: 1.2 By noon."] and page.words("del") == ["left out: 1.2 At once."]
    assert page.answer == "2 paragraphs changed."


def test_processes_and_results_stand_in_two_columns(
    app: Flask, firm: Firm, at: str, visitor_as: VisitorAs
) -> None:  # M115, M116
    lead = visitor_as("lead")
    draft = begin(lead, at)
    for about in ("process", "result"):
        said = {"what": f"The {about}", "about": about, "by_role": "head", "every": "week"}
        lead.submit(lead.get(draft), said, form="form[action$='terms/checks']")
    version, hanna = keep(lead, draft), visitor_as("hr")
    hanna.submit(hanna.get(version), form="form[action$='/approve']")
    lead.submit(lead.get(version), form="form[action$='/hand-out']")
    page = visitor_as("salesperson").get(f"{at}/checks")
    assert page.answer == "1 checks of the process, 1 of the result."
    assert page.words("main .columns section") == [
        "Process: how it is done The process Head of a team, every week Use of the CRM",
        "Result: what came of it The result Head of a team, every week Use of the CRM",
    ]


def test_hostile_words_stay_words(firm: Firm, at: str, visitor_as: VisitorAs) -> None:
    lead = visitor_as("lead")
    draft = begin(lead, at, HOSTILE)
    terms = {"grounds": ("ground_name", "ground", "terms"), "kpis": ("kpi_name", "purpose", "source")}
    for kind, names in terms.items():
        lead.submit(lead.get(draft), dict.fromkeys(names, HOSTILE), form=f"form[action$='terms/{kind}']")
    assert HOSTILE[:25] in lead.get(draft).text
    for path in (keep(lead, draft), at):
        assert HOSTILE[:25] in lead.get(path).text and "49" not in lead.get(path).answer


def test_the_list_asks_as_often_for_many_texts_as_for_few(
    app: Flask, firm: Firm, at: str, visitor_as: VisitorAs
) -> None:
    lead, asked, counts = visitor_as("lead"), [], []
    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", lambda *_said: asked.append(1))
        for texts in (1, 6):
            for _ in range(texts):
                firm.bind(Terms(kpis=(VISITS,), meetings=(DAILY,)), kind="agreement")
            db.session.commit()
            asked.clear()
            lead.get(at)
            counts.append(len(asked))
    assert counts[0] == counts[1]


def test_the_deadline_is_said_to_the_person_in_the_hall(
    app: Flask, firm: Firm, rollout_id: int, visitor_as: VisitorAs
) -> None:
    with app.app_context():
        version = firm.approve(firm.write(Terms(), valid_from=utc_now().date() - timedelta(days=1)))
        firm.hand_out(version, now=utc_now())
        db.session.commit()
    assert "Read and acknowledge: How we work" in visitor_as("salesperson").get(f"/rollouts/{rollout_id}").text
