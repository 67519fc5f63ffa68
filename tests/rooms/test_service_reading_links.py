"""People without an account acknowledge by a link: one person, until a day, and it counts like an account's."""

from datetime import date, timedelta

import pytest
from sqlalchemy import delete, event, select, update
from sqlalchemy.orm import Session, scoped_session

from implement.control.regulations.service import overdue
from implement.control.regulations.service.asking import PAY, ask_basis
from implement.db import db
from implement.rollout.service import regulations
from implement.rollout.service.errors import NotFound, RuleBroken
from implement.rollout.service.reading_links import HOLDS, find_reader, give_reading_links, list_without_account
from implement.rollout.tables import LinkToken, OutboxMail, Person
from tests import builders
from tests.rooms.bound_firm import HANDED_OUT, MONDAY, VISITS, Firm, Terms, a_bound_firm

Database = scoped_session[Session]


@pytest.fixture
def firm(session: Database) -> Firm:
    return a_bound_firm(builders.a_rollout(legal_profile="EU").id)


def give(firm: Firm, user: str = "north.3") -> str:
    """Alice gives somebody a link."""
    return give_reading_links(firm.rollout_id, [firm.people[user]], by=firm.alice, now=HANDED_OUT)[0][1]


def test_what_is_acknowledged_by_link_counts_for_pay(session: Database, firm: Firm) -> None:  # M113
    reader = find_reader(give(firm), now=HANDED_OUT)
    version = firm.bind(Terms(kpis=(VISITS,)), valid_from=MONDAY)
    asked = {"person_id": reader.person_id, "at": HANDED_OUT + timedelta(days=30)}
    assert ask_basis(firm.rollout_id, PAY, "visits", **asked).why_not == "not_acknowledged"
    said = {"sha256": version.sha256, "by": reader, "now": HANDED_OUT, "person_id": reader.person_id}
    regulations.acknowledge(version, firm.rollout_id, **said)
    regulations.acknowledge(version, firm.rollout_id, **said)
    assert ask_basis(firm.rollout_id, PAY, "visits", **asked).holds
    ((row, at),) = regulations.list_readings(firm.rollout_id)[reader.person_id]
    assert (row.version_id, at) == (version.id, HANDED_OUT)
    session.execute(delete(LinkToken))
    assert ask_basis(firm.rollout_id, PAY, "visits", **asked).holds, "links are deleted in time, signatures stay"


def test_a_link_is_for_one_person_ends_and_is_kept_as_a_hash(session: Database, firm: Firm) -> None:
    first, second = give(firm), give(firm)
    for token in (first, second[:-1], ""):
        with pytest.raises(NotFound):
            find_reader(token, now=HANDED_OUT)
    assert find_reader(second, now=HANDED_OUT).person_id == firm.people["north.3"]
    with pytest.raises(NotFound):
        find_reader(second, now=HANDED_OUT + HOLDS)
    assert second not in session.scalars(select(LinkToken.token_hash))
    session.execute(update(Person).where(Person.id == firm.people["north.3"]).values(left=date(2026, 1, 31)))
    with pytest.raises(NotFound):
        find_reader(second, now=HANDED_OUT)


def test_whoever_has_an_account_gets_no_link(firm: Firm) -> None:
    with pytest.raises(RuleBroken, match="has an account"):
        give(firm, "north.2")
    names = {row.name for row in list_without_account(firm.rollout_id, MONDAY)}
    assert names == {f"{team} {number}" for team in ("North", "South") for number in (3, 4, 5)}


def test_who_reads_by_a_link_is_reminded_with_a_new_one_once_a_day_also_before_their_last_day(
    session: Database, firm: Firm
) -> None:  # M113
    first, late = give(firm), HANDED_OUT + timedelta(days=8)
    session.execute(update(Person).where(Person.name.in_(("North 3", "North 4"))).values(left=late.date()))
    session.execute(update(Person).where(Person.name == "North 3").values(email="north3@example.com"))
    give(firm, "north.4")
    firm.bind(Terms(team_ids=(firm.teams["North"],)))
    mails = [overdue.remind_overdue(now=late + timedelta(hours=hours), address="https://crm.firm") for hours in (0, 1)]
    assert mails == [3, 0], "two accounts, and one by link; nobody without an address"
    (body,) = session.scalars(select(OutboxMail.body).where(OutboxMail.to == "north3@example.com"))
    token = body.partition("https://crm.firm/reading/")[2].split()[0]
    assert find_reader(token, now=late).person_id == firm.people["north.3"]
    with pytest.raises(NotFound):
        find_reader(first, now=late)
    names = {row.person.name for row in overdue.list_overdue(firm.rollout_id, late.date()) if not row.person.user_id}
    assert names == {"North 3", "North 4"}
    gone = overdue.list_overdue(firm.rollout_id, late.date() + timedelta(days=1))
    assert [row.person.name for row in gone if not row.person.user_id] == []


def test_links_for_many_take_no_more_statements_than_for_two(session: Database, firm: Firm) -> None:
    asked: list[int] = []
    event.listen(db.engine, "before_cursor_execute", lambda *_said: asked.append(1))
    numbers = []
    for users in (("north.3", "north.4"), ("north.5", "south.3", "south.4", "south.5")):
        give_reading_links(firm.rollout_id, [firm.people[user] for user in users], by=firm.alice, now=HANDED_OUT)
        numbers.append(len(asked) - sum(numbers))
    assert numbers[0] == numbers[1] > 0
