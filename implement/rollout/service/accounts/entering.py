"""Checking who wants to log in: password and second factor, five failures in 15 minutes per account and address."""

from datetime import datetime, timedelta

from sqlalchemy import delete, func, select

from implement.db import db
from implement.rollout.service.accounts.passwords import fits
from implement.rollout.service.accounts.second_factor import find_step
from implement.rollout.service.errors import RuleBroken
from implement.rollout.tables import LoginAttempt, RequestKey, User
from implement.web.texts import lazy

MOST_ATTEMPTS = 5
ATTEMPT_WINDOW = timedelta(minutes=15)


class TooManyAttempts(RuleBroken):
    """Somebody guesses: nothing is checked any more for a while."""

    status = 429


def check_password(email: str, password: str, *, address: str, now: datetime) -> User | None:
    """The account whose password this is; None when it does not fit, which counts as a failure.

    Raises `TooManyAttempts` after five failures in 15 minutes, even when the password is right.
    """
    account = email.strip().lower()
    subjects = (f"account:{account}"[:300], f"address:{address}")
    _refuse_when_too_many(subjects, now)
    user: User | None = db.session.scalar(select(User).where(User.email == account, User.disabled_at.is_(None)))
    if fits(user.password_hash if user else None, password):
        return user
    _note_failure(subjects, now)
    return None


def check_code(user: User, code: str, *, address: str, now: datetime) -> bool:
    """True when the code is that of the account's second factor now; each code opens once, failures are counted."""
    subjects = (f"code:{user.id}", f"address:{address}")
    _refuse_when_too_many(subjects, now)
    step = find_step(user.totp_secret or "", code, now=now)
    key = f"code:{step}"
    if step is None or db.session.get(RequestKey, (key, user.id)) is not None:
        _note_failure(subjects, now)
        return False
    db.session.add(RequestKey(key=key, user_id=user.id, location="", at=now))
    return True


def _refuse_when_too_many(subjects: tuple[str, ...], now: datetime) -> None:
    recent = (LoginAttempt.subject.in_(subjects), LoginAttempt.at > now - ATTEMPT_WINDOW)
    counts = db.session.execute(
        select(func.count(LoginAttempt.id)).where(*recent).group_by(LoginAttempt.subject)
    ).scalars()
    if any(count >= MOST_ATTEMPTS for count in counts):
        raise TooManyAttempts(lazy("Too many failed log-ins. Please try again in 15 minutes."))


def _note_failure(subjects: tuple[str, ...], now: datetime) -> None:
    """Count it, and forget what is too old to count."""
    db.session.execute(delete(LoginAttempt).where(LoginAttempt.at <= now - ATTEMPT_WINDOW))
    db.session.add_all(LoginAttempt(subject=subject, at=now) for subject in subjects)
