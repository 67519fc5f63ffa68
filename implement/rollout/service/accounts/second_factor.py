"""The second factor: a code of six figures from an app, new every 30 seconds (RFC 6238)."""

import hmac
from datetime import datetime

import pyotp

from implement.db import db
from implement.rollout.service.log import Actor, log_write
from implement.rollout.tables import User

STEP_SECONDS = 30
CLOCK_SLIPS_BY = (0, -1, 1)
ISSUER = "Implement"


def make_second_factor() -> str:
    """A new secret, to be shown to its owner and kept once a code of it has been typed in."""
    return pyotp.random_base32()


def write_address(secret: str, email: str) -> str:
    """The address that opens an authenticator app with the secret filled in."""
    return pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name=ISSUER)


def keep_second_factor(user: User, secret: str, code: str, *, now: datetime) -> bool:
    """Switch the second factor on; False when the code does not prove that the app holds the secret."""
    if find_step(secret, code, now=now) is None:
        return False
    user.totp_secret = secret
    db.session.flush()
    log_write("keep_second_factor", f"user:{user.id}", by=user, now=now)
    return True


def remove_second_factor(user: User, *, by: Actor, now: datetime) -> None:
    """Switch it off: its owner, or an administrator when the device is lost."""
    user.totp_secret = None
    log_write("remove_second_factor", f"user:{user.id}", by=by, now=now)


def find_step(secret: str, code: str, *, now: datetime) -> int | None:
    """The 30 seconds whose code this is: now, just before or just after; None when it is none of them."""
    typed = "".join(code.split())
    if not secret or not typed.isascii():
        return None
    step = int(now.timestamp()) // STEP_SECONDS
    hits = [step + slip for slip in CLOCK_SLIPS_BY if hmac.compare_digest(_code_at(secret, step + slip), typed)]
    return hits[0] if hits else None


def _code_at(secret: str, step: int) -> str:
    return pyotp.TOTP(secret).generate_otp(step)
