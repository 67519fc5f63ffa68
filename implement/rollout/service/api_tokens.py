"""API tokens: a program may do one named thing in one rollout, until the token is revoked."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select

from implement.db import db
from implement.rollout.service.accounts import hash_token
from implement.rollout.service.errors import NotAllowed, NotFound
from implement.rollout.service.log import Actor, log_write
from implement.rollout.tables import ApiToken, User
from implement.web.access import Permission, Standing
from implement.web.texts import lazy

PREFIX = "imp_"
GRANTABLE = (Permission.IMPORT_USAGE, Permission.RUN_TRANSFER, Permission.SEE_REPORT)
USE_NOTED_EVERY = timedelta(hours=1)


@dataclass(frozen=True)
class TokenRow:
    """A token as the list shows it; the token itself is shown once, when it is made."""

    id: int
    name: str
    permission: str
    created_by: str
    created_at: datetime
    last_used_at: datetime | None
    revoked_at: datetime | None


@dataclass(frozen=True)
class HeldToken:
    """A live token, as a room meets it that takes something from a program."""

    id: int
    rollout_id: int
    permission: str
    created_by_id: int


def issue_api_token(
    standing: Standing, *, name: str, permission: Permission, by: Actor, now: datetime
) -> tuple[ApiToken, str]:
    """Make a token for something its maker may do; only its hash is kept."""
    if permission not in GRANTABLE or not standing.may(permission):
        raise NotAllowed(lazy("You can only hand on what you may do yourself."))
    token = PREFIX + secrets.token_urlsafe(32)
    made = {"token_hash": hash_token(token), "created_by_id": by.id, "created_at": now}
    row = ApiToken(rollout_id=standing.rollout_id, name=name.strip(), permission=permission, **made)
    db.session.add(row)
    db.session.flush()
    about = {"name": row.name, "permission": permission.value}
    log_write("issue_api_token", f"token:{row.id}", by=by, now=now, rollout_id=standing.rollout_id, **about)
    return row, token


def revoke_api_token(rollout_id: int, token_id: int, *, by: Actor, now: datetime) -> None:
    """End a token at once; twice is once."""
    row = db.session.scalar(select(ApiToken).where(ApiToken.id == token_id, ApiToken.rollout_id == rollout_id))
    if row is None:
        raise NotFound(lazy("There is no such token."))
    if row.revoked_at is None:
        row.revoked_at = now
        log_write("revoke_api_token", f"token:{row.id}", by=by, now=now, rollout_id=rollout_id)


def find_api_token(token: str) -> HeldToken | None:
    """The live token; what it allows, and in which rollout, it says itself."""
    live = (ApiToken.token_hash == hash_token(token), ApiToken.revoked_at.is_(None))
    asked = select(ApiToken.id, ApiToken.rollout_id, ApiToken.permission, ApiToken.created_by_id).where(*live)
    found = db.session.execute(asked).one_or_none()
    return HeldToken(*found) if found else None


def note_use(token: HeldToken, *, now: datetime) -> None:
    """Note that a token was used, at most once an hour."""
    row = db.session.get_one(ApiToken, token.id)
    if row.last_used_at is None or row.last_used_at < now - USE_NOTED_EVERY:
        row.last_used_at = now
        log_write("use_api_token", f"token:{row.id}", by=None, now=now, rollout_id=row.rollout_id)


def hold_revoked_tokens(rollout_id: int) -> tuple[datetime | None, int]:
    """When the first of the revoked tokens that are still named was revoked, and how many there are."""
    asked = select(func.min(ApiToken.revoked_at), func.count()).where(*_revoked(rollout_id))
    oldest, count = db.session.execute(asked).one()
    return oldest, int(count)


def forget_revoked_tokens(rollout_id: int, before: datetime) -> int:
    """Forget name, hash and last use of tokens revoked before the instant; what they handed in keeps its place."""
    rows = list(db.session.scalars(select(ApiToken).where(*_revoked(rollout_id), ApiToken.revoked_at < before)))
    for row in rows:
        row.name, row.token_hash, row.last_used_at = "", f"forgotten:{row.id}", None
    return len(rows)


def _revoked(rollout_id: int):  # type: ignore[no-untyped-def]
    return ApiToken.rollout_id == rollout_id, ApiToken.revoked_at.is_not(None), ApiToken.name != ""


def list_api_tokens(rollout_id: int) -> list[TokenRow]:
    """All tokens of the rollout, the newest first."""
    asked = (
        select(
            ApiToken.id,
            ApiToken.name,
            ApiToken.permission,
            User.name,
            ApiToken.created_at,
            ApiToken.last_used_at,
            ApiToken.revoked_at,
        )
        .join(User, User.id == ApiToken.created_by_id)
        .where(ApiToken.rollout_id == rollout_id, ApiToken.name != "")
        .order_by(ApiToken.id.desc())
    )
    return [TokenRow(*row) for row in db.session.execute(asked)]


def name_api_tokens(rollout_id: int) -> dict[int, str]:
    """What each token of the rollout is called, by its id."""
    return {row.id: row.name for row in list_api_tokens(rollout_id)}
