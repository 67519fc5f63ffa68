"""What the hall itself keeps about people, by class: days of use, looks, links and tokens."""

from datetime import UTC, date, datetime, time

from sqlalchemy import delete, func, select

from implement.db import change_rows, db
from implement.rollout.service.api_tokens import forget_revoked_tokens, hold_revoked_tokens
from implement.rollout.service.retention import Disposed, Held, RetentionClass
from implement.rollout.tables import LinkToken, Look, UsageDay
from implement.store import Store
from implement.web.texts import lazy

THIRTEEN_MONTHS = 396
LEAST_DAYS_OF_LOOKS = 90
"""So long the database itself refuses to delete a look."""


def list_classes() -> list[RetentionClass]:
    """The hall's classes."""
    return [
        RetentionClass(
            "usage_days", lazy("Use by person and day"), lazy("to compare with the same season a year ago"),
            THIRTEEN_MONTHS, _hold_days, _dispose_days,
        ),
        RetentionClass(
            "looks", lazy("Who looked at whose figures"), lazy("so that everybody can read who looked"),
            THIRTEEN_MONTHS, _hold_looks, _dispose_looks, least_days=LEAST_DAYS_OF_LOOKS,
        ),
        RetentionClass(
            "links", lazy("Links with which people act without an account"),
            lazy("to explain who came in by which link"), 30, _hold_links, _dispose_links,
        ),
        RetentionClass(
            "api_tokens", lazy("Tokens of programs that were revoked"),
            lazy("to explain which program acted here"), THIRTEEN_MONTHS, _hold_tokens, _forget_tokens,
        ),
    ]  # fmt: skip


def start_of(day: date) -> datetime:
    """The first instant of a day in UTC."""
    return datetime.combine(day, time(), UTC)


def _hold_days(rollout_id: int) -> Held:
    asked = select(func.min(UsageDay.day), func.count()).where(UsageDay.rollout_id == rollout_id)
    oldest, count = db.session.execute(asked).one()
    return Held(oldest, count)


def _dispose_days(rollout_id: int, before: date, store: Store) -> Disposed:
    return Disposed(change_rows(delete(UsageDay).where(UsageDay.rollout_id == rollout_id, UsageDay.day < before)))


def _hold_looks(rollout_id: int) -> Held:
    oldest, count = db.session.execute(
        select(func.min(Look.at), func.count()).where(Look.rollout_id == rollout_id)
    ).one()
    return Held(oldest.date() if oldest else None, count)


def _dispose_looks(rollout_id: int, before: date, store: Store) -> Disposed:
    return Disposed(change_rows(delete(Look).where(Look.rollout_id == rollout_id, Look.at < start_of(before))))


def _hold_links(rollout_id: int) -> Held:
    asked = select(func.min(LinkToken.expires_at), func.count()).where(LinkToken.rollout_id == rollout_id)
    oldest, count = db.session.execute(asked).one()
    return Held(oldest.date() if oldest else None, count)


def _dispose_links(rollout_id: int, before: date, store: Store) -> Disposed:
    over = (LinkToken.rollout_id == rollout_id, LinkToken.expires_at < start_of(before))
    return Disposed(change_rows(delete(LinkToken).where(*over)))


def _hold_tokens(rollout_id: int) -> Held:
    oldest, count = hold_revoked_tokens(rollout_id)
    return Held(oldest.date() if oldest else None, count)


def _forget_tokens(rollout_id: int, before: date, store: Store) -> Disposed:
    return Disposed(forget_revoked_tokens(rollout_id, start_of(before)))
