"""Accounts: links that work once, passwords, log-ins that end, guessing that stops, what is given in a rollout."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from implement.db import utc_now
from implement.rollout.service import accounts
from implement.rollout.service.errors import NotAllowed, NotFound, RuleBroken
from implement.rollout.service.rollouts import find_standing
from implement.rollout.tables import LoginAttempt, LoginSession, User
from implement.web.access import Role
from tests.builders import a_member, a_rollout, a_user

Database = scoped_session[Session]

NOW = utc_now()
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
RULES = accounts.LoginRules(idle=30 * MINUTE, longest=12 * HOUR)
PASSWORD = "correct horse battery"


def set_up(token: str) -> User:
    return accounts.set_up_first_admin(token, name="Ada", email="ada@example.com", password=PASSWORD, now=NOW)


def guess(times: int, *, email: str = "bob@example.com", address: str = "203.0.113.1") -> None:
    for number in range(times):
        accounts.check_password(email, "wrong", address=address, now=NOW + number * MINUTE)


def invite(email: str, role: Role = Role.SALESPERSON, *, as_role: Role = Role.LEAD) -> str | None:
    rollout, by = a_rollout(), a_user(Role.LEAD)
    asked = {"name": "Bob", "email": email, "role": role, "roles": frozenset({as_role})}
    return accounts.invite_member(rollout.id, **asked, person_id=None, by=by, now=NOW)  # type: ignore[arg-type]


def test_the_set_up_link_makes_one_administrator(session: Database) -> None:
    token = accounts.issue_setup_link(now=NOW)
    assert set_up(token).site_role == Role.ADMIN
    with pytest.raises(NotAllowed):
        set_up(token)


def test_a_new_set_up_link_ends_the_one_before(session: Database) -> None:
    first, second = (accounts.issue_setup_link(now=NOW) for _ in range(2))
    with pytest.raises(NotFound):
        set_up(first)
    assert set_up(second).name == "Ada"


def test_a_set_up_link_holds_a_day(session: Database) -> None:
    token = accounts.issue_setup_link(now=NOW - DAY)
    with pytest.raises(NotFound):
        set_up(token)


def test_an_invitation_sets_a_password_once(session: Database) -> None:
    token = invite("bob@example.com")
    assert token
    user = accounts.accept_invitation(token, password=PASSWORD, now=NOW)
    assert accounts.check_password("Bob@Example.com ", PASSWORD, address="", now=NOW) is user
    with pytest.raises(NotFound):
        accounts.accept_invitation(token, password="another password", now=NOW)


def test_an_older_link_cannot_change_the_password_later(session: Database) -> None:
    user, by = a_user(), a_user(Role.ADMIN)
    older = accounts.renew_invitation(user, by=by, now=NOW)
    newer = accounts.renew_invitation(user, by=by, now=NOW)
    accounts.accept_invitation(newer, password=PASSWORD, now=NOW)
    with pytest.raises(NotFound):
        accounts.accept_invitation(older, password="of somebody else", now=NOW)


def test_an_account_in_use_gets_no_invitation(session: Database) -> None:
    with pytest.raises(RuleBroken):
        accounts.renew_invitation(a_user(password=PASSWORD), by=a_user(), now=NOW)


@pytest.mark.parametrize("site_role", [Role.ADMIN, Role.CONSULTANT])
def test_a_lead_gets_no_link_to_the_account_of_an_administrator(session: Database, site_role: Role) -> None:
    accounts.invite_user(name="Ada", email="ada@example.com", site_role=site_role, by=a_user(), now=NOW)
    assert invite("ada@example.com") is None


def test_a_lead_gets_no_link_to_an_account_invited_elsewhere(session: Database) -> None:
    assert invite("bob@example.com")
    assert invite("bob@example.com") is None


def test_passwords_are_kept_as_argon2id(session: Database) -> None:
    kept = a_user(password=PASSWORD).password_hash
    assert kept is not None and kept.startswith("$argon2id$") and PASSWORD not in kept


def test_a_short_password_is_refused(session: Database) -> None:
    with pytest.raises(RuleBroken):
        accounts.hash_password("123456789")


def test_a_password_is_changed_with_the_current_one_only(session: Database) -> None:
    user = a_user(password=PASSWORD)
    with pytest.raises(NotAllowed):
        accounts.change_password(user, "a new password", current="guessed", now=NOW)
    token = accounts.open_session(user, address="", now=NOW)
    accounts.change_password(user, "a new password", current=PASSWORD, now=NOW)
    assert accounts.find_user_by_session(token, rules=RULES, now=NOW) is None
    assert accounts.check_password(user.email, "a new password", address="", now=NOW) is user


def test_five_failures_close_the_account_for_a_quarter_of_an_hour(session: Database) -> None:
    user = a_user(password=PASSWORD)
    for number in range(5):
        assert accounts.check_password(user.email, "wrong", address=f"203.0.113.{number}", now=NOW) is None
    with pytest.raises(accounts.TooManyAttempts):
        accounts.check_password(user.email, PASSWORD, address="203.0.113.9", now=NOW + 14 * MINUTE)
    assert accounts.check_password(user.email, PASSWORD, address="203.0.113.9", now=NOW + 15 * MINUTE) is user


def test_five_failures_close_the_address(session: Database) -> None:
    user = a_user(password=PASSWORD)
    for number in range(5):
        accounts.check_password(f"nobody{number}@example.com", "wrong", address="203.0.113.1", now=NOW)
    with pytest.raises(accounts.TooManyAttempts) as refused:
        accounts.check_password(user.email, PASSWORD, address="203.0.113.1", now=NOW)
    assert refused.value.status == 429


def test_old_failures_are_forgotten(session: Database) -> None:
    guess(4)
    accounts.check_password("bob@example.com", "wrong", address="203.0.113.1", now=NOW + HOUR)
    assert len(session.scalars(select(LoginAttempt)).all()) == 2


def test_a_log_in_ends_after_half_an_hour_unused(session: Database) -> None:
    user = a_user()
    token = accounts.open_session(user, address="", now=NOW)
    found = accounts.find_user_by_session(token, rules=RULES, now=NOW + 29 * MINUTE)
    assert found == (user, True)
    accounts.touch_session(token, now=NOW + 29 * MINUTE)
    assert accounts.find_user_by_session(token, rules=RULES, now=NOW + 58 * MINUTE)
    assert accounts.find_user_by_session(token, rules=RULES, now=NOW + 59 * MINUTE) is None


def test_a_log_in_ends_after_twelve_hours_however_busy(session: Database) -> None:
    token = accounts.open_session(a_user(), address="", now=NOW)
    accounts.touch_session(token, now=NOW + 12 * HOUR - MINUTE)
    assert accounts.find_user_by_session(token, rules=RULES, now=NOW + 12 * HOUR - MINUTE)
    assert accounts.find_user_by_session(token, rules=RULES, now=NOW + 12 * HOUR) is None


def test_a_clock_that_jumps_back_ends_no_log_in(session: Database) -> None:
    token = accounts.open_session(a_user(), address="", now=NOW)
    accounts.touch_session(token, now=NOW - DAY)
    assert accounts.find_user_by_session(token, rules=RULES, now=NOW + MINUTE)


def test_the_token_of_a_log_in_is_not_kept(session: Database) -> None:
    token = accounts.open_session(a_user(), address="", now=NOW)
    assert session.scalars(select(LoginSession.token_hash)).all() == [accounts.hash_token(token)]


def test_closing_an_account_ends_its_log_ins_and_links_at_once(session: Database) -> None:
    user, by = a_user(), a_user(Role.ADMIN)
    link = accounts.renew_invitation(user, by=by, now=NOW)
    log_in = accounts.open_session(user, address="", now=NOW)
    accounts.disable_user(user, by=by, now=NOW)
    assert accounts.find_user_by_session(log_in, rules=RULES, now=NOW) is None
    with pytest.raises(NotFound):
        accounts.accept_invitation(link, password=PASSWORD, now=NOW)


def test_a_closed_account_logs_in_again_once_it_is_opened(session: Database) -> None:
    user, by = a_user(password=PASSWORD), a_user(Role.ADMIN)
    accounts.disable_user(user, by=by, now=NOW)
    assert accounts.check_password(user.email, PASSWORD, address="", now=NOW) is None
    accounts.enable_user(user, by=by, now=NOW)
    assert accounts.check_password(user.email, PASSWORD, address="", now=NOW) is user


def test_the_last_administrator_stays(session: Database) -> None:
    ada, other = a_user(Role.ADMIN), a_user(Role.ADMIN)
    accounts.disable_user(other, by=ada, now=NOW)
    with pytest.raises(RuleBroken):
        accounts.disable_user(ada, by=ada, now=NOW)


def test_all_log_ins_of_one_person_end_together(session: Database) -> None:
    alice, bob = a_user(), a_user()
    tokens = [accounts.open_session(user, address="", now=NOW) for user in (alice, alice, bob)]
    accounts.end_all_sessions(alice.id, now=NOW)
    found = [accounts.find_user_by_session(token, rules=RULES, now=NOW) for token in tokens]
    assert found == [None, None, (bob, False)]
    assert accounts.list_sessions(alice.id, rules=RULES, now=NOW) == []


def test_a_role_given_twice_is_given_once(session: Database) -> None:
    rollout, user = a_rollout(), a_user()
    for _ in range(2):
        accounts.add_member(rollout.id, user.id, Role.LEAD, by=user, now=NOW)
    standing = find_standing(user_id=user.id, rollout_id=rollout.id)
    assert standing is not None and standing.roles == {Role.LEAD}


def test_whoever_steers_alone_stays(session: Database) -> None:
    rollout = a_rollout(by=(carol := a_user(Role.CONSULTANT)))
    asked = {"roles": frozenset({Role.CONSULTANT}), "by": carol, "now": NOW}
    with pytest.raises(RuleBroken):
        accounts.remove_member(rollout.id, carol.id, Role.CONSULTANT, **asked)  # type: ignore[arg-type]
    a_member(rollout.id, Role.LEAD)
    accounts.remove_member(rollout.id, carol.id, Role.CONSULTANT, **asked)  # type: ignore[arg-type]
    assert find_standing(user_id=carol.id, rollout_id=rollout.id) is None


@pytest.mark.parametrize("role", [Role.LEAD, Role.COUNCIL, Role.ADMIN, Role.CONSULTANT])
def test_hr_gives_roles_to_staff_only(session: Database, role: Role) -> None:
    with pytest.raises(NotAllowed):
        invite("bob@example.com", role, as_role=Role.HR)
    assert invite("eve@example.com", Role.HEAD, as_role=Role.HR)


def test_the_works_council_does_not_steer(session: Database) -> None:
    rollout = a_rollout()
    alice = a_member(rollout.id, Role.LEAD)
    with pytest.raises(RuleBroken):
        accounts.add_member(rollout.id, alice.id, Role.COUNCIL, by=alice, now=NOW)


@pytest.mark.parametrize(("kept", "chosen", "shown"), [("", "de", "de"), ("pl", "de", "pl"), ("", None, "")])
def test_the_language_chosen_before_logging_in_is_kept(
    session: Database, kept: str, chosen: str | None, shown: str
) -> None:
    user = a_user()
    user.language = kept
    accounts.adopt_face(user, language=chosen, theme=None, now=NOW)
    assert user.language == shown


def test_the_theme_chosen_before_logging_in_is_kept(session: Database) -> None:
    user = a_user()
    accounts.adopt_face(user, language=None, theme="dark", now=NOW)
    accounts.adopt_face(user, language=None, theme="light", now=NOW)
    assert user.theme == "dark"
