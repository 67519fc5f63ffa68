"""API tokens: one program, one thing, one rollout, until revoked."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session, scoped_session

from implement.db import utc_now
from implement.rollout.service.api_tokens import (
    HeldToken,
    find_api_token,
    issue_api_token,
    list_api_tokens,
    note_use,
    revoke_api_token,
)
from implement.rollout.service.errors import NotAllowed, NotFound
from implement.rollout.tables import ApiToken, LogRow, User
from implement.web.access import Permission, Role, Standing
from tests.builders import a_rollout, a_user

Database = scoped_session[Session]

NOW = utc_now()


def make(permission: Permission = Permission.IMPORT_USAGE, role: Role = Role.LEAD) -> tuple[ApiToken, str, User]:
    alice, rollout = a_user(Role.LEAD), a_rollout()
    standing = Standing(rollout.id, frozenset({role}), None)
    return *issue_api_token(standing, name="Nightly export", permission=permission, by=alice, now=NOW), alice


def hold(token: str) -> HeldToken:
    held = find_api_token(token)
    assert held is not None
    return held


def test_a_token_is_known_by_its_hash_alone(session: Database) -> None:
    row, token, _alice = make()
    assert token.startswith("imp_") and token not in str(vars(row))
    assert hold(token).id == row.id


def test_a_token_says_what_it_opens_and_another_word_opens_nothing(session: Database) -> None:
    row, token, alice = make()
    assert hold(token) == HeldToken(row.id, row.rollout_id, Permission.IMPORT_USAGE, alice.id)
    assert find_api_token(token + "x") is None and find_api_token("") is None


def test_a_revoked_token_is_refused_at_once(session: Database) -> None:
    row, token, alice = make()
    for _ in range(2):
        revoke_api_token(row.rollout_id, row.id, by=alice, now=NOW)
    assert find_api_token(token) is None


def test_a_token_of_another_rollout_cannot_be_revoked(session: Database) -> None:
    row, _token, alice = make()
    with pytest.raises(NotFound):
        revoke_api_token(a_rollout(company="Other").id, row.id, by=alice, now=NOW)


@pytest.mark.parametrize(
    ("permission", "role"),
    [(Permission.IMPORT_USAGE, Role.ADMIN), (Permission.MANAGE_PEOPLE, Role.LEAD)],
)
def test_nobody_hands_on_what_they_may_not_do(session: Database, permission: Permission, role: Role) -> None:
    with pytest.raises(NotAllowed):
        make(permission, role)


def test_use_is_written_down_at_most_once_an_hour(session: Database) -> None:
    _row, token, _alice = make()
    for minutes in (0, 30, 59, 61, 90):
        note_use(hold(token), now=NOW + timedelta(minutes=minutes))
    uses = session.scalar(select(func.count(LogRow.id)).where(LogRow.action == "use_api_token"))
    assert uses == 2


def test_the_list_shows_who_made_it_and_when_it_was_used(session: Database) -> None:
    row, token, alice = make()
    note_use(hold(token), now=NOW)
    (listed,) = list_api_tokens(row.rollout_id)
    assert (listed.name, listed.created_by, listed.last_used_at) == ("Nightly export", alice.name, NOW)
