"""People come in from a list: all or none, twice as once, teams with heads and waves (M3, M23)."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from implement.db import utc_now
from implement.engine.staff import StaffRow, propose_staff_columns, read_staff
from implement.rollout.service import people, staff
from implement.rollout.service.errors import NotFound, RuleBroken
from implement.rollout.service.rollouts import list_waves
from implement.rollout.tables import Person, Rollout, Team, User
from implement.web.access import Role
from tests.builders import a_rollout, a_user

Database = scoped_session[Session]

NOW = utc_now()
HEADER = ("Number", "Name", "E-mail", "CRM user", "Team", "Head", "Wave", "FTE")
ANNA = ("1", "Anna Nowak", "anna@example.com", "anowak", "North", "Henry Head", "Pilot", "0.8")
BEN = ("2", "Ben Braun", "ben@example.com", "bbraun", "North", "Henry Head", "Pilot", "1")
HENRY = ("3", "Henry Head", "henry@example.com", "hhead", "North", "", "Pilot", "1")


@pytest.fixture
def rollout(session: Database) -> Rollout:
    """A rollout nobody is listed in."""
    return a_rollout()


@pytest.fixture
def carol(session: Database) -> User:
    """Who takes lists over."""
    return a_user(Role.CONSULTANT)


def read(*lines: tuple[str, ...]) -> tuple[StaffRow, ...]:
    rows = [dict(zip(HEADER, line, strict=True)) for line in lines]
    found = read_staff(rows, propose_staff_columns(HEADER))
    assert found.faults == ()
    return found.people


def take_over(rollout: Rollout, carol: User, *lines: tuple[str, ...]) -> staff.TakenOver:
    return staff.take_over_staff(rollout.id, read(*lines), by=carol, now=NOW)


def names(session: Database) -> list[str]:
    return list(session.scalars(select(Person.name).order_by(Person.number)))


def test_people_teams_heads_and_waves_come_in_together(session: Database, rollout: Rollout, carol: User) -> None:  # M3
    assert take_over(rollout, carol, ANNA, BEN, HENRY) == staff.TakenOver(added=3, changed=0, unchanged=0)
    ((_id, name, head, wave, count),) = staff.list_teams(rollout.id)
    assert (name, head, wave, count) == ("North", "Henry Head", "Pilot", 3)
    assert session.scalars(select(Person.fte).where(Person.number == "1")).one() == pytest.approx(0.8)


def test_the_same_list_twice_changes_nothing(session: Database, rollout: Rollout, carol: User) -> None:
    take_over(rollout, carol, ANNA, BEN, HENRY)
    session.commit()
    assert take_over(rollout, carol, ANNA, BEN, HENRY) == staff.TakenOver(added=0, changed=0, unchanged=3)
    assert names(session) == ["Anna Nowak", "Ben Braun", "Henry Head"]


def test_a_changed_row_changes_one_person(session: Database, rollout: Rollout, carol: User) -> None:
    take_over(rollout, carol, ANNA, BEN, HENRY)
    married = (*ANNA[:1], "Anna Braun", *ANNA[2:])
    assert take_over(rollout, carol, married, BEN, HENRY) == staff.TakenOver(added=0, changed=1, unchanged=2)


def test_whoever_is_left_out_of_a_list_stays(session: Database, rollout: Rollout, carol: User) -> None:
    take_over(rollout, carol, ANNA, BEN, HENRY)
    take_over(rollout, carol, BEN)
    assert staff.count_people(rollout.id) == 3


def test_nothing_is_half_saved_when_a_crm_user_belongs_to_another(
    session: Database, rollout: Rollout, carol: User
) -> None:
    take_over(rollout, carol, ANNA)
    session.commit()
    clash = ("9", "Eve", "", "anowak", "South", "", "Wave 2", "1")
    with pytest.raises(RuleBroken):
        take_over(rollout, carol, BEN, clash)
    session.rollback()
    assert names(session) == ["Anna Nowak", "Henry Head"]
    assert [wave.name for wave in list_waves(rollout.id)] == ["Pilot"]


def test_two_people_may_swap_their_crm_users(session: Database, rollout: Rollout, carol: User) -> None:
    take_over(rollout, carol, ANNA, BEN)
    swapped = ((*ANNA[:3], "bbraun", *ANNA[4:]), (*BEN[:3], "anowak", *BEN[4:]))
    assert take_over(rollout, carol, *swapped).changed == 2
    assert list(session.scalars(select(Person.crm_user).order_by(Person.number)))[:2] == ["bbraun", "anowak"]


def test_a_named_head_who_is_not_listed_becomes_a_person(session: Database, rollout: Rollout, carol: User) -> None:
    take_over(rollout, carol, ANNA, BEN)
    assert names(session) == ["Anna Nowak", "Ben Braun", "Henry Head"]
    assert staff.count_teams_without_head(rollout.id) == 0


def test_a_head_who_is_known_is_not_added_again(session: Database, rollout: Rollout, carol: User) -> None:
    take_over(rollout, carol, ANNA, BEN, HENRY)
    assert take_over(rollout, carol, (*BEN[:4], "South", "henry@example.com", *BEN[6:])).added == 0
    assert [(team[1], team[2]) for team in staff.list_teams(rollout.id)] == [
        ("North", "Henry Head"),
        ("South", "Henry Head"),
    ]


def test_whoever_came_in_as_a_name_is_known_again(session: Database, rollout: Rollout, carol: User) -> None:
    take_over(rollout, carol, ANNA, BEN)
    assert take_over(rollout, carol, HENRY) == staff.TakenOver(added=0, changed=1, unchanged=0)
    assert names(session) == ["Anna Nowak", "Ben Braun", "Henry Head"]


def test_a_team_without_a_head_is_counted(session: Database, rollout: Rollout, carol: User) -> None:
    take_over(rollout, carol, (*ANNA[:5], "", *ANNA[6:]))
    assert staff.count_teams_without_head(rollout.id) == 1


def test_a_team_starts_with_a_wave_of_its_own_rollout(session: Database, rollout: Rollout, carol: User) -> None:
    take_over(rollout, carol, ANNA)
    team_id = session.scalars(select(Team.id)).one()
    theirs = list_waves(a_rollout(company="Other").id)[0]
    with pytest.raises(NotFound):
        staff.assign_wave(rollout.id, team_id, theirs.id, by=carol, now=NOW)
    staff.assign_wave(rollout.id, team_id, None, by=carol, now=NOW)
    assert staff.list_teams(rollout.id)[0][3] is None


def test_an_invited_member_is_known_by_their_address(session: Database, rollout: Rollout, carol: User) -> None:
    take_over(rollout, carol, ANNA)
    found = people.find_person_by_email(rollout.id, " ANNA@example.com")
    assert found is not None and staff.get_person(rollout.id, found).name == "Anna Nowak"
    assert people.find_person_by_email(a_rollout(company="Other").id, "anna@example.com") is None


def test_people_are_listed_page_by_page(session: Database, rollout: Rollout, carol: User) -> None:
    many = [(str(n), f"Person {n:03}", "", "", "North", "", "Pilot", "1") for n in range(1, 121)]
    take_over(rollout, carol, *many)
    page = people.page_people(rollout.id, {"find": "Person 11"})
    assert (page.total, page.rows[0].name) == (10, "Person 110")
