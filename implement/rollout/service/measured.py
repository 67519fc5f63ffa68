"""Everything that is measured about people, for the council: what, for what, since when, and who looked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from implement.db import db
from implement.engine.law import PROFILES, read_terms
from implement.rollout.registries import Measured
from implement.rollout.service.privacy import named_view_is_on, pseudonym
from implement.rollout.service.regulations import covers_calls, covers_looks, version_in_force
from implement.rollout.service.retention import Held, RetentionClass, RetentionRow, list_retention
from implement.rollout.service.rollouts import get_rollout
from implement.rollout.tables import Look, User
from implement.web.texts import lazy

MOST_LOOKS = 10_000
UNTOLD = lazy("whoever may see the room that keeps it")


@dataclass(frozen=True)
class MeasuredRow:
    """One thing that is measured: held since when and how much, when the first of it is deleted (None: unknown) and how
    long that was kept.
    """

    key: str
    label: str
    purpose: str
    seen_by: str
    held: Held
    days: int | None
    deleted_on: date | None


@dataclass(frozen=True)
class Limits:
    """What the agreement in force allows, as the product enforces it; no agreement: None and everything off."""

    profile: str
    agreement_id: int | None
    since: date | None
    text: str
    sha256: str
    purposes: tuple[str, ...]
    is_named: bool
    covers_calls: bool
    covers_looks: bool
    notice_days: int


@dataclass(frozen=True)
class LookRow:
    """Somebody looked at a person's figures; the person stands under a pseudonym."""

    at: datetime
    by: str
    view: str
    page: str
    person: str


def list_measured(
    rollout_id: int, measured: Sequence[Measured], classes: Sequence[RetentionClass]
) -> list[MeasuredRow]:  # fmt: skip
    """Every registered thing in the order of the rooms; a class that no room told of stands under its own name."""
    kept = {row.kind: row for row in list_retention(rollout_id, classes)}
    told = {kind for one in measured for kind in one.kinds}
    untold = [one for one in classes if one.kind not in told]
    every = [*measured, *(Measured(one.kind, one.label, one.purpose, UNTOLD, (one.kind,)) for one in untold)]
    return [_read(rollout_id, one, [kept[kind] for kind in one.kinds if kind in kept]) for one in every]


def read_limits(rollout_id: int, today: date) -> Limits:
    """The agreement in force and what follows from it."""
    rollout = get_rollout(rollout_id)
    version, profile = version_in_force(rollout_id, "agreement", today), PROFILES[rollout.legal_profile]
    return Limits(
        profile.code, version.id if version else None, version.valid_from if version else None,
        version.text if version else "", version.sha256 if version else "",
        read_terms(version.terms).purposes if version else (),
        named_view_is_on(rollout_id, rollout.legal_profile, today), bool(version and covers_calls(version)),
        bool(version and covers_looks(version)), profile.notice_days,
    )  # fmt: skip


def list_all_looks(rollout_id: int, *, secret: str) -> list[LookRow]:
    """Every look at figures of single people that is still kept, the newest first."""
    asked = select(Look.at, User.name, Look.view, Look.page, Look.person_id).join(User, User.id == Look.by_id)
    rows = db.session.execute(asked.where(Look.rollout_id == rollout_id).order_by(Look.id.desc()).limit(MOST_LOOKS))
    return [LookRow(at, by, view, page, pseudonym(secret, rollout_id, who)) for at, by, view, page, who in rows]


def _read(rollout_id: int, one: Measured, kept: Sequence[RetentionRow]) -> MeasuredRow:
    helds = [row.held for row in kept] + ([one.hold(rollout_id)] if one.hold else [])
    oldest = min((held.oldest for held in helds if held.oldest), default=None)
    held = Held(oldest, sum(held.count for held in helds))
    going = sorted((row.deleted_on, row.days) for row in kept if row.deleted_on)
    deleted, days = going[0] if going else (None, max((row.days for row in kept), default=None))
    return MeasuredRow(one.key, str(one.label), str(one.purpose), str(one.seen_by), held, days, deleted)
