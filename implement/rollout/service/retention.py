"""Retention by class: what is held since when, when it is deleted, and the deleting itself (R10)."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from flask_babel.speaklater import LazyString
from sqlalchemy import func, select

from implement.db import db
from implement.jobs import Job, Plain, enqueue_job
from implement.rollout.service.errors import NotFound, RuleBroken
from implement.rollout.service.files import doom_files
from implement.rollout.service.log import Actor, log_write
from implement.rollout.tables import Disposal, RetentionPeriod, Rollout
from implement.store import Store
from implement.web.texts import lazy

DISPOSE_JOB = "rollout.dispose"
EVERY = timedelta(hours=20)
LONGEST_DAYS, LONGEST_BY_LAW = 4_383, 27_394
"""Twelve years; where a law sets the period 75, which Russian law asks for documents on staff."""
SHOWN_DISPOSALS = 50


@dataclass(frozen=True)
class Held:
    """What is held of a class: the day of the oldest, None where nothing is, and how many rows."""

    oldest: date | None
    count: int


@dataclass(frozen=True)
class Disposed:
    """What was deleted: rows, and the files that may go with them."""

    row_count: int
    files: frozenset[str] = frozenset()


@dataclass(frozen=True)
class RetentionClass:
    """A class of what is kept about people: its period, why it is kept, how to find and delete what is too old.

    `dispose` takes rollout, the first day that stays, and the store; it deletes nothing twice and commits nothing.
    Where a law sets the period, `by_law` has it by legal profile and `laws` which it is, and nobody chooses a shorter
    one.
    """

    kind: str
    label: LazyString
    purpose: LazyString
    days: int
    hold: Callable[[int], Held]
    dispose: Callable[[int, date, Store], Disposed]
    least_days: int = 1
    by_law: Mapping[str, int] = field(default_factory=dict)
    laws: Mapping[str, str] = field(default_factory=dict)

    def days_in(self, rollout_id: int) -> int:
        """How long the class is kept in a rollout while nobody chose otherwise."""
        return self.by_law.get(_profile(rollout_id), self.days) if self.by_law else self.days

    def least_days_in(self, rollout_id: int) -> int:
        """The shortest period that may be chosen in a rollout."""
        return self.by_law.get(_profile(rollout_id), self.least_days) if self.by_law else self.least_days


@dataclass(frozen=True)
class RetentionRow:
    """A class as the page shows it."""

    kind: str
    label: LazyString
    purpose: LazyString
    law: str
    days: int
    default_days: int
    reason: str
    held: Held
    last: Disposal | None

    @property
    def deleted_on(self) -> date | None:
        """When the oldest of what is held is deleted."""
        return None if self.held.oldest is None else self.held.oldest + timedelta(days=self.days + 1)


def list_retention(rollout_id: int, classes: Sequence[RetentionClass]) -> list[RetentionRow]:
    """Every class with its period, what is held, and when something was last deleted."""
    chosen, profile = {row.kind: row for row in db.session.scalars(_periods(rollout_id))}, _profile(rollout_id)
    newest = select(func.max(Disposal.id)).where(Disposal.rollout_id == rollout_id).group_by(Disposal.kind)
    last = {row.kind: row for row in db.session.scalars(select(Disposal).where(Disposal.id.in_(newest)))}
    return [
        RetentionRow(
            one.kind, one.label, one.purpose, one.laws.get(profile, ""),
            chosen[one.kind].days if one.kind in chosen else one.days_in(rollout_id), one.days_in(rollout_id),
            chosen[one.kind].reason if one.kind in chosen else "", one.hold(rollout_id), last.get(one.kind),
        )
        for one in classes
    ]  # fmt: skip


def list_disposals(rollout_id: int) -> list[Disposal]:
    """What was deleted, the newest first."""
    asked = select(Disposal).where(Disposal.rollout_id == rollout_id).order_by(Disposal.id.desc())
    return list(db.session.scalars(asked.limit(SHOWN_DISPOSALS)))


def set_period(
    rollout_id: int, kept: RetentionClass | None, *, days: int, reason: str, by: Actor, now: datetime
) -> None:
    """Let a class be kept for another span, with a reason everybody can read."""
    if kept is None:
        raise NotFound(lazy("There is no such class."))
    least = kept.least_days_in(rollout_id)
    most = LONGEST_BY_LAW if kept.by_law else LONGEST_DAYS
    if not least <= days <= most:
        said = {"least": least, "most": most}
        raise RuleBroken(lazy("Between %(least)s and %(most)s days are possible here.", **said))
    if not reason.strip():
        raise RuleBroken(lazy("Please give a reason; everybody concerned can read it."))
    row = db.session.get(RetentionPeriod, (rollout_id, kept.kind)) or RetentionPeriod(
        rollout_id=rollout_id, kind=kept.kind
    )
    row.days, row.reason, row.by_name, row.at = days, reason.strip(), by.name, now
    db.session.add(row)
    log_write("set_retention", f"retention:{kept.kind}", by=by, now=now, rollout_id=rollout_id, days=days)


def dispose(
    rollout_id: int, classes: Iterable[RetentionClass], *, store: Store, today: date, now: datetime
) -> list[Disposal]:
    """Delete what has outlived its period; a second time nothing is left to delete. The caller commits."""
    chosen = {row.kind: row.days for row in db.session.scalars(_periods(rollout_id))}
    found = [(one, today - timedelta(days=chosen.get(one.kind, one.days_in(rollout_id)))) for one in classes]
    done = [row for one, before in found if (row := _dispose(rollout_id, one, before, store, now)) is not None]
    counts = {"classes": len(found), "disposed": len(done)}
    log_write("look_through", f"rollout:{rollout_id}", by=None, now=now, rollout_id=rollout_id, **counts)
    return done


def ask_for_disposals(*, now: datetime) -> int:
    """Have each rollout looked through once a day; returns how many were asked for."""
    lately = select(Job.rollout_id).where(Job.kind == DISPOSE_JOB, Job.created_at > now - EVERY)
    due = db.session.scalars(select(Rollout.id).where(Rollout.id.not_in(lately))).all()
    for rollout_id in due:
        enqueue_job(DISPOSE_JOB, rollout_id=rollout_id, arguments={}, by_id=None, now=now)
    return len(due)


def _dispose(rollout_id: int, one: RetentionClass, before: date, store: Store, now: datetime) -> Disposal | None:
    done = one.dispose(rollout_id, before, store)
    if not done.row_count and not done.files:
        return None
    doom_files(done.files, now=now)
    row = Disposal(
        rollout_id=rollout_id, kind=one.kind, before_day=before, row_count=done.row_count, file_count=len(done.files),
        at=now,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    counts: dict[str, Plain] = {"rows": row.row_count, "files": row.file_count, "before": before.isoformat()}
    log_write("dispose", f"retention:{one.kind}", by=None, now=now, rollout_id=rollout_id, **counts)
    return row


def _profile(rollout_id: int) -> str:
    return db.session.get_one(Rollout, rollout_id).legal_profile


def _periods(rollout_id: int):  # type: ignore[no-untyped-def]
    return select(RetentionPeriod).where(RetentionPeriod.rollout_id == rollout_id)
