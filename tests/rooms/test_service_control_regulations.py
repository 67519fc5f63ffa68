"""Regulations: drafts that lose no word, approval by a second person, whom they bind, what may be held against whom."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from implement.control.regulations.service import approving, asking, drafts, overdue
from implement.engine.law import Kpi, Terms
from implement.rollout.service import regulations
from implement.rollout.service.errors import EditedMeanwhile, NotAllowed, NotFound, RuleBroken
from implement.rollout.tables import OutboxMail
from implement.web.access import Role
from tests import builders
from tests.rooms.bound_firm import DAILY, HANDED_OUT, LATE, MONDAY, VISITS, Firm, a_bound_firm

Database = scoped_session[Session]
MEASURING = Terms(kpis=(VISITS,), grounds=(replace(LATE, each=Decimal("0.05")),), keep_months=13)
ADDRESS = "https://crm.firm"
EVENT = HANDED_OUT + timedelta(days=35)


@pytest.fixture
def firm(session: Database) -> Firm:
    """Two teams under the law of no particular country."""
    return a_bound_firm(builders.a_rollout(legal_profile="EU").id)


def test_a_version_is_handed_out_only_after_a_second_person_approved_it(session: Database, firm: Firm) -> None:  # M113
    version = firm.write()
    with pytest.raises(RuleBroken, match="not approved yet"):
        firm.hand_out(version)
    with pytest.raises(NotAllowed, match="somebody else"):
        approving.approve_version(firm.rollout_id, version, roles=frozenset({Role.LEAD}), by=firm.alice, now=HANDED_OUT)
    assert firm.hand_out(firm.approve(version)).handed_out_at == HANDED_OUT


@pytest.mark.parametrize(
    ("kind", "terms", "profile"),
    [("agreement", Terms(), "EU"), ("regulation", Terms(grounds=(LATE,)), "DE"), ("regulation", Terms(), "agreed")],
)
def test_the_council_approves_where_law_or_agreement_demand_it(
    session: Database, kind: str, terms: Terms, profile: str
) -> None:  # R6
    firm = a_bound_firm(builders.a_rollout(legal_profile="DE" if profile == "DE" else "EU").id)
    if profile == "agreed":
        firm.bind(Terms(council_approves=True), kind="agreement")
    version = firm.write(terms, kind=kind)
    hanna = builders.a_member(firm.rollout_id, Role.HR)
    approving.approve_version(firm.rollout_id, version, roles=frozenset({Role.HR}), by=hanna, now=HANDED_OUT)
    assert approving.read_approval(firm.rollout_id, version.id).missing == ("council",)
    firm.approve(version)
    assert approving.read_approval(firm.rollout_id, version.id).is_complete


def test_what_the_law_forbids_is_not_handed_out(session: Database) -> None:  # R6, R7
    firm = a_bound_firm(builders.a_rollout(legal_profile="PL").id)
    version = firm.approve(firm.write(MEASURING, valid_from=HANDED_OUT.date() + timedelta(days=13)))
    with pytest.raises(RuleBroken, match=r"forbids it \(R7\)"):
        firm.hand_out(version)
    later = firm.approve(firm.write(MEASURING, valid_from=HANDED_OUT.date() + timedelta(days=14)))
    assert firm.hand_out(later).handed_out_at is not None


def test_it_binds_by_role_and_team_only(session: Database, firm: Firm) -> None:
    firm.bind(Terms(roles=("salesperson",), team_ids=(firm.teams["North"],)))
    waiting = {name: regulations.list_waiting(firm.rollout_id, user.id) for name, user in firm.accounts.items()}
    assert [name for name, texts in waiting.items() if texts] == ["north.2"]
    mails = session.scalars(select(OutboxMail.to)).all()
    assert mails == [firm.accounts["north.2"].email], "who is not bound gets no mail"


def test_two_who_edit_one_draft_lose_no_word(session: Database, firm: Firm) -> None:
    said = drafts.DraftText("How we work", "Mine", MONDAY)
    draft = drafts.begin_draft(firm.rollout_id, "regulation", said, by=firm.alice, now=HANDED_OUT)
    seen = draft.version
    drafts.save_draft(draft, replace(said, text="Theirs"), {}, seen=seen, by=firm.cora, now=HANDED_OUT)
    with pytest.raises(EditedMeanwhile) as conflict:
        drafts.save_draft(draft, said, {}, seen=seen, by=firm.alice, now=HANDED_OUT)
    assert (conflict.value.theirs, conflict.value.mine) == ("Theirs", "Mine")
    with pytest.raises(RuleBroken, match="read it again"):
        drafts.keep_version(draft, seen=seen, by=firm.alice, now=HANDED_OUT)


def test_a_draft_is_kept_once(session: Database, firm: Firm) -> None:
    version = firm.write()
    draft = drafts.begin_next(firm.rollout_id, version.id, valid_from=MONDAY, by=firm.alice, now=HANDED_OUT)
    again = drafts.begin_next(firm.rollout_id, version.id, valid_from=MONDAY, by=firm.cora, now=HANDED_OUT)
    assert again.id == draft.id
    second = drafts.keep_version(draft, seen=draft.version, by=firm.alice, now=HANDED_OUT)
    assert (second.number, second.text) == (2, version.text)
    with pytest.raises(NotFound):
        drafts.get_draft(firm.rollout_id, draft.id)


def test_impossible_terms_are_refused_in_words(session: Database, firm: Firm) -> None:  # M119
    said = drafts.DraftText("Meetings", "We meet.", MONDAY)
    draft = drafts.begin_draft(firm.rollout_id, "regulation", said, by=firm.alice, now=HANDED_OUT)
    term = {"kind": "daily", "weekdays": "12345", "minute_of_day": 540, "minutes": 16}
    with pytest.raises(RuleBroken, match="at most fifteen minutes"):
        drafts.add_term(draft, "meetings", term, by=firm.alice, now=HANDED_OUT)  # type: ignore[arg-type]
    assert draft.terms.get("meetings") is None


def test_nothing_is_held_against_who_has_not_acknowledged(session: Database, firm: Firm) -> None:  # M114
    version = firm.bind(MEASURING)
    firm.acknowledge(version, firm.accounts["north.2"])
    firm.acknowledge(version, firm.accounts["south.2"], days=36)
    found = asking.ask_bases(
        firm.rollout_id, "ground", "late entries", person_ids=sorted(firm.people.values()), at=EVENT
    )
    said = {name: found[person_id].why_not for name, person_id in firm.people.items()}
    assert said["north.2"] == "" and found[firm.people["north.2"]].version_id == version.id
    assert said["south.2"] == "not_acknowledged", "acknowledged after the event"
    assert (said["north.1"], said["north.3"]) == ("not_acknowledged", "not_bound")


def test_a_later_version_changes_nothing_about_an_earlier_event(session: Database, firm: Firm) -> None:  # R3, R12
    first = firm.bind(MEASURING)
    firm.acknowledge(first, firm.accounts["north.2"])
    bob = firm.people["north.2"]
    draft = drafts.begin_next(firm.rollout_id, first.id, valid_from=MONDAY, by=firm.alice, now=EVENT)
    draft.terms = {"kpis": [{"key": "calls", "source": "CRM"}]}
    second = firm.approve(drafts.keep_version(draft, seen=draft.version, by=firm.alice, now=EVENT), now=EVENT)
    firm.hand_out(second, now=EVENT + timedelta(days=1))
    assert asking.ask_basis(firm.rollout_id, "kpi", "visits", person_id=bob, at=EVENT).holds
    later = EVENT + timedelta(days=2)
    assert asking.ask_basis(firm.rollout_id, "kpi", "visits", person_id=bob, at=later).why_not == "not_listed"
    assert asking.ask_basis(firm.rollout_id, "kpi", "calls", person_id=bob, at=later).why_not == "not_acknowledged"


def test_a_version_that_went_round_the_approval_holds_for_nothing(session: Database, firm: Firm) -> None:
    version = firm.write(MEASURING)
    regulations.hand_out(version, firm.rollout_id, by=firm.alice, now=HANDED_OUT)
    firm.acknowledge(version, firm.accounts["north.2"])
    basis = asking.ask_basis(firm.rollout_id, "kpi", "visits", person_id=firm.people["north.2"], at=EVENT)
    assert basis.why_not == "not_approved"


def test_the_meetings_of_a_team_follow_the_regulation_that_binds_it(session: Database, firm: Firm) -> None:  # M120
    firm.bind(Terms(meetings=(DAILY,), team_ids=(firm.teams["North"],)))
    ask = [asking.read_meeting_rules(firm.rollout_id)("daily", team, EVENT) for team in firm.teams.values()]
    assert [one and one.rule for one in ask] == [DAILY, None]


def test_who_is_late_gets_one_mail_a_day_however_often_it_runs(session: Database, firm: Firm) -> None:  # M113
    version = firm.bind(Terms(team_ids=(firm.teams["South"],)))
    firm.acknowledge(version, firm.accounts["south.1"])
    on_time, late = HANDED_OUT + timedelta(days=7), HANDED_OUT + timedelta(days=8)
    assert overdue.remind_overdue(address=ADDRESS, now=on_time) == 0
    each_hour = (late + timedelta(hours=hours) for hours in (0, 1, 2))
    assert [overdue.remind_overdue(address=ADDRESS, now=now) for now in each_hour] == [1, 0, 0]
    assert overdue.remind_overdue(address=ADDRESS, now=late + timedelta(days=1)) == 1
    assert overdue.remind_overdue(address=ADDRESS, now=late + timedelta(days=40)) == 0, "nobody is written to for ever"
    rows = overdue.list_overdue(firm.rollout_id, late.date())
    assert [(row.person.name, row.due) for row in rows] == [("Bob Seller", on_time.date())]


def test_after_a_change_everybody_acknowledges_again(session: Database, firm: Firm) -> None:
    first = firm.bind()
    bob = firm.accounts["north.2"]
    firm.acknowledge(first, bob)
    assert regulations.list_waiting(firm.rollout_id, bob.id) == []
    draft = drafts.begin_next(firm.rollout_id, first.id, valid_from=MONDAY, by=firm.alice, now=EVENT)
    second = drafts.keep_version(draft, seen=draft.version, by=firm.alice, now=EVENT)
    firm.hand_out(firm.approve(second, now=EVENT), now=EVENT)
    assert regulations.list_waiting(firm.rollout_id, bob.id) == [(second.id, "How we work")]


def test_a_figure_that_is_not_agreed_is_not_read_in_germany(session: Database) -> None:  # R6
    firm = a_bound_firm(builders.a_rollout(legal_profile="DE").id)
    firm.bind(Terms(kpis=(VISITS,)), kind="agreement")
    assert firm.bind(MEASURING).handed_out_at is not None
    more = replace(MEASURING, kpis=(VISITS, Kpi("clicks", "to see who works", "log")))
    with pytest.raises(RuleBroken, match="R6"):
        firm.bind(more)
