"""Events that programs hand in: each batch is taken over at once, whole, and once however often it arrives."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import ibis
from sqlalchemy import delete, func, select

from implement.db import change_rows, db
from implement.engine.backend import Backend, open_backend
from implement.engine.exchange import ExchangeMapping, TableMapping, read_exchange
from implement.engine.intake import ROW, Intake, SourceTable
from implement.rollout.service.accounts import get_user
from implement.rollout.service.api_tokens import HeldToken, name_api_tokens, note_use
from implement.rollout.service.errors import RuleBroken
from implement.rollout.service.log import log_write
from implement.rollout.service.usage import replace_usage_days
from implement.stages.adoption.event_lines import EventLines
from implement.stages.adoption.log_parts import PartFile, RolledUp, count_known, merge_parts, type_exchange
from implement.stages.adoption.service.parts import keep_parts, list_parts, roll_up_touched
from implement.stages.adoption.service.scoring import ask_for_evaluation
from implement.stages.adoption.service.uploads import ensure_basis, move_edition, read_edition
from implement.stages.adoption.tables import EventBatch, LogPart
from implement.store import Store
from implement.web.texts import lazy

MOST_SMALL_PARTS, SMALL_PART_EVENTS = 24, 50_000
BATCHES_A_MINUTE = 60
SHOWN_BATCHES = 100
MINUTE = timedelta(minutes=1)


class KeyUsed(RuleBroken):
    """The key came before, with other events."""

    status = 422


class TooOften(RuleBroken):
    """More batches than a program may send in a minute."""

    status = 429


@dataclass(frozen=True)
class BatchTask:
    """A batch to be taken over, with what is known of the log."""

    rollout_id: int
    edition: int
    key: str
    sha256: str
    lines: EventLines
    known_parts: tuple[PartFile, ...]


@dataclass(frozen=True)
class BatchTaken:
    """What was computed: the part to be kept, the parts it takes the place of, the days counted anew."""

    part: PartFile
    instead_of: tuple[PartFile, ...]
    rolled: RolledUp
    known_count: int


@dataclass(frozen=True)
class BatchRow:
    """A batch as the page shows it."""

    at: datetime
    program: str
    line_count: int
    event_count: int
    known_count: int


def find_batch(rollout_id: int, key: str, sha256: str) -> EventBatch | None:
    """The batch that came under this key before; raises `KeyUsed` where it held other events."""
    asked = select(EventBatch).where(EventBatch.rollout_id == rollout_id, EventBatch.key == key)
    found: EventBatch | None = db.session.scalar(asked)
    if found is not None and found.sha256 != sha256:
        raise KeyUsed(lazy("This key was used before for other events."))
    return found


def refuse_too_often(token: HeldToken, now: datetime) -> None:
    """Raise `TooOften` when the program sent as many batches in the last minute as it may."""
    asked = select(func.count(EventBatch.id)).where(EventBatch.token_id == token.id, EventBatch.at > now - MINUTE)
    if (db.session.scalar(asked) or 0) >= BATCHES_A_MINUTE:
        raise TooOften(lazy("Too many batches in one minute; please send larger ones, or wait."))


def prepare(rollout_id: int, lines: EventLines, *, key: str, sha256: str, store: Store) -> BatchTask:
    """Read the parts that are there already."""
    known = tuple(list_parts(rollout_id, store))
    return BatchTask(rollout_id, read_edition(rollout_id), key, sha256, lines, known)


def compute(task: BatchTask, store: Store) -> BatchTaken:
    """Type the events and count the days they touch; touches no database.

    Small parts of programs become one with the new events, so that a day is never read from hundreds of files.
    """
    with open_backend() as backend:
        part = type_events(task.lines, store, backend)
        known_count = count_known(part, task.known_parts, backend)
        rolled = roll_up_touched([part], task.known_parts, backend)
        instead_of = _find_small(task.known_parts)
        whole = merge_parts([*instead_of, part], store, backend) if instead_of else part
    return BatchTaken(whole, instead_of, rolled, known_count)


def keep(task: BatchTask, taken: BatchTaken, token: HeldToken, *, now: datetime) -> EventBatch | None:
    """Write what was computed; None when the log was changed meanwhile and it must be computed anew."""
    ensure_basis(task.rollout_id)
    if not move_edition(task.rollout_id, task.edition):
        return None
    gone = [part.sha256 for part in taken.instead_of]
    change_rows(delete(LogPart).where(LogPart.rollout_id == task.rollout_id, LogPart.sha256.in_(gone)))
    known = {part.sha256 for part in task.known_parts} - set(gone)
    keep_parts(task.rollout_id, [taken.part] if taken.part.sha256 not in known else [], upload_id=None)
    replace_usage_days(task.rollout_id, taken.rolled.days, taken.rolled.rows)
    batch = EventBatch(
        rollout_id=task.rollout_id, token_id=token.id, key=task.key, sha256=task.sha256,
        line_count=task.lines.line_count, event_count=task.lines.table.num_rows, known_count=taken.known_count, at=now,
    )  # fmt: skip
    db.session.add(batch)
    db.session.flush()
    note_use(token, now=now)
    counts = {"lines": batch.line_count, "events": batch.event_count, "known": batch.known_count, "token": token.id}
    log_write("take_event_batch", f"batch:{batch.id}", by=None, now=now, rollout_id=task.rollout_id, **counts)
    ask_for_evaluation(task.rollout_id, by=get_user(token.created_by_id), now=now)
    return batch


def _find_small(parts: Sequence[PartFile]) -> tuple[PartFile, ...]:
    """The small parts of programs, once there are many of them."""
    small = [part for part in parts if part.is_from_programs and part.event_count < SMALL_PART_EVENTS]
    return tuple(small) if len(small) >= MOST_SMALL_PARTS else ()


def type_events(lines: EventLines, store: Store, backend: Backend) -> PartFile:
    """The events of a batch as a part of the log; every line has been found readable before."""
    names = tuple(name for name in lines.table.column_names if name != ROW)
    source = SourceTable("events", "", None, names, lines.table.num_rows, ibis.memtable(lines.table), "table")
    said = ExchangeMapping({"events": TableMapping(file="events", columns={name: name for name in names})})
    exchange = read_exchange(Intake((source,)), backend, said)
    part = type_exchange(exchange, "", store, backend).part
    if part is None:
        raise ValueError("checked lines make no part of a log")
    return replace(part, is_from_programs=True)


def list_batches(rollout_id: int) -> list[BatchRow]:
    """The newest batches, with the program that sent each."""
    asked = (
        select(
            EventBatch.at, EventBatch.token_id, EventBatch.line_count, EventBatch.event_count, EventBatch.known_count
        )
        .where(EventBatch.rollout_id == rollout_id)
        .order_by(EventBatch.id.desc())
        .limit(SHOWN_BATCHES)
    )
    names = name_api_tokens(rollout_id)
    return [BatchRow(at, names.get(token_id, ""), *counts) for at, token_id, *counts in db.session.execute(asked)]


def hash_body(body: bytes) -> str:
    """What a batch is known by."""
    return hashlib.sha256(body).hexdigest()
