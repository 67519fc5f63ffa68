"""Lists of deals: handed in, found again, withdrawn; the same files once more are the same list."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import PurePath
from typing import IO

from sqlalchemy import Select, func, select

from implement.db import db
from implement.engine.intake import Fault
from implement.jobs import Job, Plain, enqueue_job, find_job
from implement.rollout.service.errors import NotFound, RuleBroken
from implement.rollout.service.log import Actor, log_write
from implement.stages.audit.tables import DealList
from implement.store import Store
from implement.web.texts import lazy

READ_JOB, MAP_JOB = "audit.read_list", "audit.map_list"
LONGEST_NAME, MOST_FILES, LISTED_FAULTS, SHOWN_LISTS = 255, 10, 100, 30


@dataclass(frozen=True)
class ListRow:
    """A list of deals as others are listed beside it."""

    number: int
    month: date | None
    files: tuple[str, ...]
    added_at: datetime
    added_by_name: str
    is_finished: bool
    withdrawn_reason: str


def keep_upload(name: str, stream: IO[bytes], *, store: Store) -> tuple[str, str]:
    """Keep a file as it came; its name and hash."""
    shown = PurePath(name.replace("\\", "/")).name[-LONGEST_NAME:] or "file"
    return shown, store.put(stream).sha256


def hand_in(
    rollout_id: int, files: Sequence[tuple[str, str]], *, month: date | None, by: Actor, now: datetime
) -> DealList:
    """Note files as a list and have it read; for a month the list before it is replaced when this one is confirmed."""
    row = note_list(rollout_id, files, month=month, by=by, now=now)
    if row.job_id is None and row.tables is None:
        _enqueue(row, READ_JOB, by=by, now=now)
    return row


def note_list(
    rollout_id: int, files: Sequence[tuple[str, str]], *, month: date | None, by: Actor, now: datetime
) -> DealList:
    """Note files as a list; nothing is read yet."""
    if not 0 < len(files) <= MOST_FILES:
        raise RuleBroken(lazy("Please hand in between one and %(most)s files at a time.", most=MOST_FILES))
    given = [list(one) for one in sorted(set(files))]
    known = [row for row in db.session.scalars(_standing(rollout_id, month)) if row.files == given]
    if known:
        return known[0]
    newest = db.session.scalar(select(func.max(DealList.number)).where(DealList.rollout_id == rollout_id)) or 0
    row = DealList(rollout_id=rollout_id, number=newest + 1, month=month, files=given, remarks=[])
    row.added_by_id, row.added_by_name, row.added_at, row.withdrawn_reason = by.id, by.name, now, ""
    db.session.add(row)
    db.session.flush()
    names: list[Plain] = [name for name, _sha256 in given]
    said: dict[str, Plain] = {"files": names, "month": month.isoformat() if month else None}
    log_write("hand_in_deal_list", f"deal_list:{row.id}", by=by, now=now, rollout_id=rollout_id, **said)
    return row


def enqueue_mapping(row: DealList, *, by: Actor, now: datetime) -> None:
    """Have the figures of a list computed in the background."""
    _enqueue(row, MAP_JOB, by=by, now=now)


def withdraw_list(row: DealList, reason: str, *, by: Actor, now: datetime) -> None:
    """Let a list count no more; it stays with its reason."""
    if row.withdrawn_at is not None:
        return
    if not reason.strip():
        raise RuleBroken(lazy("Please give a reason; nothing was changed."))
    row.withdrawn_at, row.withdrawn_reason = now, reason.strip()
    said = {"reason": row.withdrawn_reason}
    log_write("withdraw_deal_list", f"deal_list:{row.id}", by=by, now=now, rollout_id=row.rollout_id, **said)


def get_list(rollout_id: int, number: int) -> DealList:
    """A list of this rollout."""
    here = (DealList.rollout_id == rollout_id, DealList.number == number)
    row: DealList | None = db.session.scalar(select(DealList).where(*here))
    if row is None:
        raise NotFound(lazy("There is no such list of deals."))
    return row


def find_newest(rollout_id: int, *, is_finished: bool) -> DealList | None:
    """The newest list of the loss map, or the newest with figures; None before the first."""
    asked = _standing(rollout_id, None)
    if is_finished:
        asked = asked.where(DealList.finished_at.is_not(None))
    found: DealList | None = db.session.scalar(asked.limit(1))
    return found


def list_lists(rollout_id: int, *, of_months: bool) -> list[ListRow]:
    """The lists of the loss map, or those of the months, the newest first, those withdrawn among them."""
    columns = (
        DealList.number, DealList.month, DealList.files, DealList.added_at, DealList.added_by_name,
        DealList.finished_at.is_not(None), DealList.withdrawn_reason,
    )  # fmt: skip
    kind = DealList.month.is_not(None) if of_months else DealList.month.is_(None)
    asked = select(*columns).where(DealList.rollout_id == rollout_id, kind)
    rows = db.session.execute(asked.order_by(DealList.number.desc()).limit(SHOWN_LISTS))
    return [ListRow(row[0], row[1], tuple(file[0] for file in row[2]), *row[3:]) for row in rows]


def job_of(row: DealList) -> Job | None:
    """The job that works on a list, or did last."""
    return None if row.job_id is None else find_job(row.job_id, row.rollout_id)


def is_busy(row: DealList) -> bool:
    """True while a job works on it."""
    job = job_of(row)
    return job is not None and not job.is_finished


def write_faults(faults: Sequence[Fault]) -> list[Plain]:
    """Faults as they are kept, the first hundred."""
    return [
        {"file": one.file, "row": one.row, "column": one.column, "code": one.code, "values": list(one.values)}
        for one in faults[:LISTED_FAULTS]
    ]


def read_faults(row: DealList) -> list[Fault]:
    """What reading the files found."""
    found = []
    for kept in row.remarks:
        assert isinstance(kept, dict)
        values, at, column = kept["values"], kept["row"], kept["column"]
        texts = tuple(str(one) for one in values) if isinstance(values, list) else ()
        number = at if isinstance(at, int) else None
        found.append(
            Fault(str(kept["file"]), number, None if column is None else str(column), str(kept["code"]), texts)
        )
    return found


def _standing(rollout_id: int, month: date | None) -> Select[DealList]:
    mine = DealList.month.is_(None) if month is None else DealList.month == month
    here = (DealList.rollout_id == rollout_id, mine, DealList.withdrawn_at.is_(None))
    return select(DealList).where(*here).order_by(DealList.number.desc())


def _enqueue(row: DealList, kind: str, *, by: Actor, now: datetime) -> None:
    arguments: dict[str, Plain] = {"number": row.number}
    row.job_id = enqueue_job(kind, rollout_id=row.rollout_id, arguments=arguments, by_id=by.id, now=now).id
