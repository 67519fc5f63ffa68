"""Delete what the adoption room has kept for long enough: files, events, scores, rounds of the survey."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import delete, func, select, update

from implement.db import change_rows, db
from implement.engine.backend import open_backend
from implement.jobs import Plain
from implement.rollout.kept_classes import start_of
from implement.rollout.service.retention import Disposed, Held
from implement.stages.adoption.log_parts import PartFile, cut_part
from implement.stages.adoption.service.helping import dispose_remarks
from implement.stages.adoption.service.parts import keep_parts, list_parts
from implement.stages.adoption.service.uploads import ensure_basis, forget_files, move_edition
from implement.stages.adoption.tables import (
    BookedOrder,
    CountedCalls,
    Evaluation,
    EventBatch,
    LeftOut,
    LogPart,
    PersonScore,
    PulseRound,
    UsageBasis,
    UsageUpload,
)
from implement.store import Store

BESIDE = (BookedOrder, CountedCalls)
"""Lists beside the log that go with its events."""


def hold_files(rollout_id: int) -> Held:
    """Uploads whose files are still kept."""
    kept = [at.date() for at, files in _uploads(rollout_id) if _hashes(files)]
    return Held(min(kept, default=None), len(kept))


def dispose_files(rollout_id: int, before: date, store: Store) -> Disposed:
    """Let go of the files of old uploads and of the tables read from them; their names and what came of them stay."""
    old = select(UsageUpload).where(UsageUpload.rollout_id == rollout_id, UsageUpload.at < start_of(before))
    uploads = [upload for upload in db.session.scalars(old) if _hashes(upload.files)]
    gone = frozenset[str]().union(*(forget_files(upload) for upload in uploads))
    return Disposed(len(uploads), gone)


def hold_events(rollout_id: int) -> Held:
    """Events in the parts of the log, orders, and counts of calls."""
    parts = select(func.min(LogPart.first_day), func.sum(LogPart.event_count)).where(LogPart.rollout_id == rollout_id)
    beside = [select(func.min(kept.day), func.count()).where(kept.rollout_id == rollout_id) for kept in BESIDE]
    found = [db.session.execute(asked).one() for asked in (parts, *beside)]
    return Held(min((day for day, _count in found if day), default=None), sum(int(count or 0) for _day, count in found))


def dispose_events(rollout_id: int, before: date, store: Store) -> Disposed:
    """Delete events, orders and counts of calls from before a day; a part that reaches over it is cut.

    The days stay as they were counted: what comes in later of those days is left aside, for it could only be counted
    by halves.
    """
    old = [part for part in list_parts(rollout_id, store) if part.first_day < before]
    rows = sum(change_rows(delete(kept).where(kept.rollout_id == rollout_id, kept.day < before)) for kept in BESIDE)
    if not old:
        return Disposed(rows)
    kept = _cut(old, before, store)
    hashes = [p.sha256 for p in old]
    change_rows(delete(LogPart).where(LogPart.rollout_id == rollout_id, LogPart.sha256.in_(hashes)))
    for part, upload_id in kept:
        keep_parts(rollout_id, [part], upload_id=upload_id)
    ensure_basis(rollout_id)
    change_rows(update(UsageBasis).where(UsageBasis.rollout_id == rollout_id).values(events_from=before))
    move_edition(rollout_id)
    gone = sum(part.event_count for part in old) - sum(part.event_count for part, _ in kept)
    return Disposed(rows + gone, frozenset(part.sha256 for part in old))


def hold_scores(rollout_id: int) -> Held:
    """Evaluations."""
    here = Evaluation.rollout_id == rollout_id
    oldest, count = db.session.execute(select(func.min(Evaluation.as_of), func.count()).where(here)).one()
    return Held(oldest, count)


def dispose_scores(rollout_id: int, before: date, store: Store) -> Disposed:
    """Delete old evaluations with everybody's scores and what was said on them, and the batches counted then."""
    old = select(Evaluation.id).where(Evaluation.rollout_id == rollout_id, Evaluation.as_of < before)
    rows = dispose_remarks(rollout_id, old)
    rows += sum(change_rows(delete(table).where(table.evaluation_id.in_(old))) for table in (PersonScore, LeftOut))
    rows += change_rows(delete(Evaluation).where(Evaluation.id.in_(old.scalar_subquery())))
    batches = (EventBatch.rollout_id == rollout_id, EventBatch.at < start_of(before))
    return Disposed(rows + change_rows(delete(EventBatch).where(*batches)))


def hold_rounds(rollout_id: int) -> Held:
    """Rounds of the survey that are over."""
    over = (PulseRound.rollout_id == rollout_id, PulseRound.results.is_not(None))
    oldest, count = db.session.execute(select(func.min(PulseRound.last_day), func.count()).where(*over)).one()
    return Held(oldest, count)


def dispose_rounds(rollout_id: int, before: date, store: Store) -> Disposed:
    """Delete the sums of old rounds; the row stays, so that the next round has the next number."""
    old = (PulseRound.rollout_id == rollout_id, PulseRound.last_day < before, PulseRound.results.is_not(None))
    return Disposed(change_rows(update(PulseRound).where(*old).values(results=None)))


def _cut(parts: Iterable[PartFile], before: date, store: Store) -> list[tuple[PartFile, int | None]]:
    """What stays of parts that reach over the day, each with the upload it came by."""
    over = [part for part in parts if part.last_day >= before]
    if not over:
        return []
    named = LogPart.sha256.in_([part.sha256 for part in over])
    rows = db.session.execute(select(LogPart.sha256, LogPart.upload_id).where(named))
    uploads: dict[str, int | None] = dict(iter(rows))
    with open_backend() as backend:
        return [(cut_part(part, before, store, backend), uploads[part.sha256]) for part in over]


def _uploads(rollout_id: int):  # type: ignore[no-untyped-def]
    return db.session.execute(select(UsageUpload.at, UsageUpload.files).where(UsageUpload.rollout_id == rollout_id))


def _hashes(kept: Iterable[Plain]) -> list[str]:
    return [str(one["sha256"]) for one in kept if isinstance(one, dict) and one.get("sha256")]
