"""Passwords and tokens as they are kept: argon2id and SHA-256, never themselves."""

import hashlib
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from implement.rollout.service.errors import RuleBroken
from implement.web.texts import lazy

SHORTEST_PASSWORD = 10

hasher = PasswordHasher()


def hash_password(password: str) -> str:
    """Argon2id hash of a password that is long enough."""
    if len(password) < SHORTEST_PASSWORD:
        raise RuleBroken(lazy("A password needs at least 10 characters."))
    return hasher.hash(password)


def fits(password_hash: str | None, password: str) -> bool:
    """Check in the same time whether or not there is an account."""
    try:
        return hasher.verify(password_hash or _hash_of_nobody(), password) and password_hash is not None
    except (VerificationError, InvalidHashError):
        return False


def hash_token(token: str) -> str:
    """What is kept of a token: its SHA-256."""
    return hashlib.sha256(token.encode()).hexdigest()


@cache
def _hash_of_nobody() -> str:
    return hasher.hash("a password nobody has")
