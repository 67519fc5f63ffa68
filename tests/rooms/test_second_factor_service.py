"""The second factor: codes of RFC 6238, each good once, guessing stopped."""

import hashlib
import hmac
from base64 import b32decode
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.orm import Session, scoped_session

from implement.rollout.service import accounts
from implement.rollout.service.accounts.second_factor import find_step
from implement.rollout.tables import User
from tests.builders import a_user

Database = scoped_session[Session]

SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"  # the key of the examples in RFC 6238, appendix B
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
STEP = timedelta(seconds=30)


def code_at(when: datetime) -> str:
    """The code of the moment, written after the RFC without the library that the product uses."""
    counter = (int(when.timestamp()) // 30).to_bytes(8, "big")
    digest = hmac.new(b32decode(SECRET), counter, hashlib.sha1).digest()
    start = digest[-1] & 15
    return f"{(int.from_bytes(digest[start : start + 4], 'big') & 0x7FFFFFFF) % 10**6:06d}"


def protected() -> User:
    user = a_user()
    assert accounts.keep_second_factor(user, SECRET, code_at(NOW), now=NOW)
    return user


def check(user: User, code: str, now: datetime = NOW) -> bool:
    return accounts.check_code(user, code, address="203.0.113.1", now=now)


@pytest.mark.parametrize(("seconds", "code"), [(59, "287082"), (1111111109, "081804"), (1234567890, "005924")])
def test_codes_are_those_of_the_rfc(seconds: int, code: str) -> None:
    now = datetime.fromtimestamp(seconds, tz=UTC)
    assert find_step(SECRET, code, now=now) == seconds // 30


def test_a_secret_is_kept_only_with_a_code_of_it(session: Database) -> None:
    user = a_user()
    assert not accounts.keep_second_factor(user, SECRET, "000000", now=NOW)
    assert user.totp_secret is None


def test_a_clock_may_slip_by_one_step(session: Database) -> None:
    user = protected()
    assert check(user, code_at(NOW - STEP)) and check(user, code_at(NOW + STEP))
    assert not check(user, code_at(NOW + 2 * STEP))


def test_a_code_opens_once(session: Database) -> None:
    user = protected()
    assert check(user, code_at(NOW))
    assert not check(user, code_at(NOW), NOW + timedelta(seconds=5))


def test_a_code_may_be_typed_with_a_gap(session: Database) -> None:
    code = code_at(NOW)
    assert check(protected(), f" {code[:3]} {code[3:]}")


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "१२३४५६", "abcdef"])
def test_what_is_no_code_opens_nothing(session: Database, typed: str) -> None:
    assert not check(protected(), typed)


def test_guessing_a_code_stops_after_five_times(session: Database) -> None:
    user = protected()
    for _ in range(5):
        check(user, "000000")
    with pytest.raises(accounts.TooManyAttempts):
        check(user, code_at(NOW))


def test_an_administrator_switches_it_off_for_a_lost_device(session: Database) -> None:
    user = protected()
    accounts.remove_second_factor(user, by=a_user(), now=NOW)
    assert user.totp_secret is None and not check(user, code_at(NOW))


def test_two_secrets_differ() -> None:
    assert accounts.make_second_factor() != accounts.make_second_factor()
