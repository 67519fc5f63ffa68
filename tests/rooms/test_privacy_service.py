"""Three views of people: who sees what of whom, on what ground, and that each look is written down."""

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session, scoped_session

from implement.db import utc_now
from implement.rollout.service import privacy, regulations
from implement.rollout.service.errors import NotAllowed, RuleBroken
from implement.rollout.service.monitoring import count_looks, list_looks_at
from implement.rollout.tables import Person, Rollout, Team, User
from implement.web.access import Role, Standing
from tests.builders import a_member, a_rollout

Database = scoped_session[Session]

NOW = utc_now().replace(hour=12)  # at noon it is the same day here and at the firm
TODAY = NOW.date()
LONG_AGO = NOW - timedelta(days=30)


@pytest.fixture
def rollout(session: Database) -> Rollout:
    """A rollout in which nothing is agreed."""
    return a_rollout()


@pytest.fixture
def alice(rollout: Rollout) -> User:
    """Its lead."""
    return a_member(rollout.id, Role.LEAD)


@pytest.fixture
def cora(rollout: Rollout) -> User:
    """Its works council."""
    return a_member(rollout.id, Role.COUNCIL)


@pytest.fixture
def staff(session: Database, rollout: Rollout) -> dict[str, int]:
    """Henry heads Bob; Eve is in another team."""
    teams = [Team(rollout_id=rollout.id, name=name) for name in ("North", "South")]
    session.add_all(teams)
    session.flush()
    placed = {"Henry": teams[0], "Bob": teams[0], "Eve": teams[1]}
    people = {
        name: Person(rollout_id=rollout.id, number=name, crm_user=name, name=name, team_id=team.id)
        for name, team in placed.items()
    }
    session.add_all(people.values())
    session.flush()
    teams[0].head_id = people["Henry"].id
    session.flush()
    return {name: person.id for name, person in people.items()}


def switch(
    rollout: Rollout, side: Role, by: User, *, is_on: bool = True, reason: str = "To help where it hurts"
) -> None:
    asked = {"side": side, "is_on": is_on, "reason": reason, "roles": frozenset({side})}
    privacy.switch_named_view(rollout.id, **asked, by=by, now=NOW)  # type: ignore[arg-type]


def agree(rollout: Rollout, alice: User, *, valid_from: date = TODAY - timedelta(days=20), **when: object) -> None:
    said = {"kind": "agreement", "title": "Agreement", "text": "What is evaluated.", "valid_from": valid_from}
    version = regulations.write_regulation(rollout.id, **said, terms={}, by=alice, now=LONG_AGO)  # type: ignore[arg-type]
    regulations.hand_out(version, rollout.id, by=alice, now=when.get("handed_out", LONG_AGO))  # type: ignore[arg-type]


def is_named(rollout: Rollout, profile: str = "DE") -> bool:
    return privacy.named_view_is_on(rollout.id, profile, TODAY)


def view(rollout: Rollout, role: Role, person_id: int, *, own: int | None = None) -> privacy.PeopleView:
    return privacy.view_for(Standing(rollout.id, frozenset({role}), own), "DE", person_id, TODAY)


def test_the_named_view_is_off_until_both_sides_consent(rollout: Rollout, alice: User, cora: User) -> None:
    agree(rollout, alice)
    assert not is_named(rollout)
    switch(rollout, Role.LEAD, alice)
    assert not is_named(rollout)
    switch(rollout, Role.COUNCIL, cora)
    assert is_named(rollout)


def test_either_side_withdraws_alone(rollout: Rollout, alice: User, cora: User) -> None:
    agree(rollout, alice)
    switch(rollout, Role.LEAD, alice)
    switch(rollout, Role.COUNCIL, cora)
    switch(rollout, Role.COUNCIL, cora, is_on=False)
    assert not is_named(rollout)
    assert [(row.side, row.is_on) for row in privacy.list_switches(rollout.id)] == [("lead", True), ("council", False)]


@pytest.mark.parametrize("first", [Role.LEAD, Role.COUNCIL])
def test_the_second_consent_comes_from_another_person(rollout: Rollout, alice: User, first: Role) -> None:
    second = Role.COUNCIL if first is Role.LEAD else Role.LEAD
    switch(rollout, first, alice)
    with pytest.raises(NotAllowed):
        switch(rollout, second, alice)


@pytest.mark.parametrize("side", [Role.CONSULTANT, Role.HEAD, Role.HR, Role.ADMIN])
def test_no_other_role_consents(rollout: Rollout, alice: User, side: Role) -> None:
    with pytest.raises(NotAllowed):
        switch(rollout, side, alice)


def test_consent_needs_a_reason(rollout: Rollout, alice: User) -> None:
    with pytest.raises(RuleBroken):
        switch(rollout, Role.LEAD, alice, reason="  ")


@pytest.mark.parametrize("profile", ["DE", "PL", "RU", "EU"])
def test_consent_without_an_agreement_in_force_is_not_enough(
    rollout: Rollout, alice: User, cora: User, profile: str
) -> None:
    switch(rollout, Role.LEAD, alice)
    switch(rollout, Role.COUNCIL, cora)
    assert not is_named(rollout, profile)
    agree(rollout, alice, valid_from=TODAY + timedelta(days=1))
    assert not is_named(rollout, profile)


@pytest.mark.parametrize(
    ("profile", "days", "named"), [("PL", 13, False), ("PL", 14, True), ("DE", 0, True), ("RU", 0, True)]
)
def test_the_notice_of_the_law_that_applies_is_kept(  # Kodeks pracy, art. 22³: two weeks
    rollout: Rollout, alice: User, cora: User, profile: str, days: int, named: bool
) -> None:
    switch(rollout, Role.LEAD, alice)
    switch(rollout, Role.COUNCIL, cora)
    agree(rollout, alice, handed_out=NOW - timedelta(days=days))
    assert is_named(rollout, profile) is named


def test_everybody_sees_their_own_figures_by_name(rollout: Rollout, staff: dict[str, int]) -> None:
    assert view(rollout, Role.SALESPERSON, staff["Bob"], own=staff["Bob"]) == "named"


@pytest.mark.parametrize("role", [Role.SALESPERSON, Role.HR, Role.COUNCIL, Role.ADMIN])
def test_most_roles_see_teams_only(rollout: Rollout, staff: dict[str, int], role: Role) -> None:
    with pytest.raises(NotAllowed):
        view(rollout, role, staff["Bob"], own=staff["Eve"])


def test_a_head_sees_only_the_own_team(rollout: Rollout, staff: dict[str, int], alice: User, cora: User) -> None:
    assert view(rollout, Role.HEAD, staff["Bob"], own=staff["Henry"]) == "pseudonym"
    agree(rollout, alice)
    switch(rollout, Role.LEAD, alice)
    switch(rollout, Role.COUNCIL, cora)
    assert view(rollout, Role.HEAD, staff["Bob"], own=staff["Henry"]) == "named"
    with pytest.raises(NotAllowed):
        view(rollout, Role.HEAD, staff["Eve"], own=staff["Henry"])


@pytest.mark.parametrize("role", [Role.LEAD, Role.CONSULTANT])
def test_whoever_steers_sees_pseudonyms(rollout: Rollout, staff: dict[str, int], role: Role) -> None:
    assert view(rollout, role, staff["Bob"]) == "pseudonym"


def test_a_pseudonym_is_stable_in_its_rollout_and_needs_the_key() -> None:
    known = privacy.pseudonym("key", 1, 7)
    assert known == privacy.pseudonym("key", 1, 7)
    assert len({known, privacy.pseudonym("other", 1, 7), privacy.pseudonym("key", 2, 7)}) == 3


def test_five_thousand_people_have_as_many_pseudonyms() -> None:
    assert len({privacy.pseudonym("key", 1, person_id) for person_id in range(5_000)}) == 5_000


def test_each_look_is_written_down_for_the_person_to_read(
    session: Database, rollout: Rollout, staff: dict[str, int], alice: User
) -> None:
    for _ in range(2):
        looked = {"view": privacy.PeopleView.NAMED, "page": "adoption", "by": alice, "now": NOW}
        privacy.log_look(rollout.id, staff["Bob"], **looked)  # type: ignore[arg-type]
    session.commit()
    assert list_looks_at(rollout.id, staff["Bob"]) == [(NOW, alice.name, "named", "adoption")] * 2
    assert list_looks_at(rollout.id, staff["Eve"]) == []
    assert count_looks(rollout.id) == [(alice.name, "named", 2)]
