"""Uploads: files handed in, what was found in them, what each table is confirmed to be."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from implement.db import change_rows, db
from implement.engine.exchange.vocabulary import REQUIRED_COLUMNS
from implement.engine.intake import Fault
from implement.jobs import Job, JobState, Plain, enqueue_job, find_job
from implement.rollout.service.errors import NotFound, RuleBroken
from implement.rollout.service.log import Actor, log_write
from implement.rollout.service.rollouts import local_day
from implement.stages.adoption.found_tables import Found, FoundTable, HandedIn, from_plain
from implement.stages.adoption.service.calls import is_agreed
from implement.stages.adoption.tables import UsageBasis, UsageUpload
from implement.web.texts import lazy

MOST_FILES = 30
LISTED_FAULTS = 200
SHOWN_UPLOADS = 50
READ_JOB, TAKE_JOB, SCORE_JOB = "adoption.read", "adoption.take", "adoption.score"


@dataclass(frozen=True)
class UploadRow:
    """An upload as the list shows it."""

    id: int
    at: datetime
    by_name: str
    files: tuple[str, ...]
    outcome: Mapping[str, object] | None
    state: str


@dataclass(frozen=True)
class Chosen:
    """What a person says one table is, and which of its columns is which (ours → theirs)."""

    name: str
    kind: str
    columns: Mapping[str, str]


def hand_in(rollout_id: int, files: Sequence[HandedIn], *, by: Actor, now: datetime) -> UsageUpload:
    """Note files that were handed in, and have them read in the background."""
    upload = note_upload(rollout_id, files, by=by, now=now)
    job = enqueue_job(READ_JOB, rollout_id=rollout_id, arguments={"upload_id": upload.id}, by_id=by.id, now=now)
    upload.reading_job_id = job.id
    return upload


def note_upload(rollout_id: int, files: Sequence[HandedIn], *, by: Actor, now: datetime) -> UsageUpload:
    """Note files that were handed in; nothing is read yet."""
    if not 0 < len(files) <= MOST_FILES:
        raise RuleBroken(lazy("Please hand in between one and %(most)s files at a time.", most=MOST_FILES))
    ensure_basis(rollout_id)
    kept: list[Plain] = [{"name": file.name, "sha256": file.sha256} for file in files]
    upload = UsageUpload(rollout_id=rollout_id, files=kept, by_id=by.id, by_name=by.name, at=now)
    db.session.add(upload)
    db.session.flush()
    names: list[Plain] = [file.name for file in files]
    log_write("hand_in_usage", f"upload:{upload.id}", by=by, now=now, rollout_id=rollout_id, files=names)
    return upload


def note_found(upload: UsageUpload, found: Found, *, by: Actor | None, now: datetime) -> None:
    """Keep what was found in the files, to be confirmed."""
    upload.tables = [table.to_plain() for table in found.tables]
    upload.faults = write_faults(found.faults)
    counts = {"tables": len(found.tables), "faults": len(found.faults)}
    log_write("read_usage", f"upload:{upload.id}", by=by, now=now, rollout_id=upload.rollout_id, **counts)


def confirm_tables(upload: UsageUpload, chosen: Sequence[Chosen], *, by: Actor, now: datetime) -> list[Fault]:
    """Keep what each table is and have it taken over in the background; with faults nothing happens but their list."""
    faults = [fault for one in chosen for fault in find_choice_faults(one)]
    if not any(one.kind for one in chosen):
        faults.append(Fault("", None, None, "nothing_chosen"))
    today = local_day(upload.rollout_id, now)
    if any(one.kind == "calls" for one in chosen) and not is_agreed(upload.rollout_id, today):
        faults.append(Fault("", None, None, "calls_not_agreed"))
    if faults or is_busy(upload) or upload.outcome is not None:
        return faults
    wishes = {one.name: one for one in chosen}
    upload.tables = [_wanted(table, wishes).to_plain() for table in tables_of(upload)]
    arguments: dict[str, Plain] = {"upload_id": upload.id}
    job = enqueue_job(TAKE_JOB, rollout_id=upload.rollout_id, arguments=arguments, by_id=by.id, now=now)
    upload.taking_job_id = job.id
    log_write("confirm_usage", f"upload:{upload.id}", by=by, now=now, rollout_id=upload.rollout_id)
    return []


def find_choice_faults(chosen: Chosen) -> list[Fault]:
    """What is missing or said twice in the choice of columns."""
    if not chosen.kind:
        return []
    lacking = [name for name in REQUIRED_COLUMNS[chosen.kind] if name not in chosen.columns]
    faults = [Fault(chosen.name, None, name, "column_not_chosen") for name in lacking]
    used = list(chosen.columns.values())
    twice = sorted({column for column in used if used.count(column) > 1})
    return faults + [Fault(chosen.name, None, column, "column_chosen_twice") for column in twice]


def tables_of(upload: UsageUpload) -> list[FoundTable]:
    """The tables found in an upload."""
    return [from_plain(kept) for kept in upload.tables or [] if isinstance(kept, dict)]


def files_of(upload: UsageUpload) -> list[HandedIn]:
    """The files of an upload."""
    found = (kept for kept in upload.files if isinstance(kept, dict))
    return [HandedIn(str(kept["name"]), str(kept["sha256"])) for kept in found]


def get_upload(rollout_id: int, upload_id: int) -> UsageUpload:
    """An upload of this rollout."""
    here = (UsageUpload.id == upload_id, UsageUpload.rollout_id == rollout_id)
    upload: UsageUpload | None = db.session.scalar(select(UsageUpload).where(*here))
    if upload is None:
        raise NotFound(lazy("There is no such upload."))
    return upload


def list_uploads(rollout_id: int) -> list[UploadRow]:
    """The newest uploads, each with what came of it and the state of its latest job."""
    job_id = db.func.coalesce(UsageUpload.taking_job_id, UsageUpload.reading_job_id)
    rows = db.session.execute(
        select(UsageUpload.id, UsageUpload.at, UsageUpload.by_name, UsageUpload.files, UsageUpload.outcome, Job.state)
        .join(Job, Job.id == job_id, isouter=True)
        .where(UsageUpload.rollout_id == rollout_id)
        .order_by(UsageUpload.id.desc())
        .limit(SHOWN_UPLOADS)
    )
    return [
        UploadRow(number, at, by_name, tuple(_names(files)), outcome, state or "")
        for number, at, by_name, files, outcome, state in rows
    ]


def job_of(upload: UsageUpload) -> Job | None:
    """The job that works on an upload, or did last."""
    job_id = upload.taking_job_id or upload.reading_job_id
    return None if job_id is None else find_job(job_id, upload.rollout_id)


def refusal_of(job: Job | None) -> list[Plain]:
    """The faults for which a job refused its input."""
    faults = job.refusal.get("faults") if job is not None and job.refusal else None
    return faults if isinstance(faults, list) else []


def is_busy(upload: UsageUpload) -> bool:
    """True while a job works on it, or has finished taking it over."""
    job = job_of(upload)
    return job is not None and (not job.is_finished or (job.kind == TAKE_JOB and job.state == JobState.DONE))


def is_open(upload: UsageUpload) -> bool:
    """True while its tables are to be confirmed."""
    return upload.tables is not None and upload.outcome is None and not is_busy(upload)


def forget_files(upload: UsageUpload) -> frozenset[str]:
    """Let go of an upload's files and of the tables read from them, which are returned; their names stay."""
    gone = {file.sha256 for file in files_of(upload)} | {table.sha256 for table in tables_of(upload)}
    upload.files = [{"name": file.name, "sha256": ""} for file in files_of(upload)]
    upload.tables = None
    return frozenset(gone - {""})


def ensure_basis(rollout_id: int) -> None:
    """Make the row that counts the editions of what evaluations rest on; twice, or by two at once, is once."""
    if db.session.get(UsageBasis, rollout_id) is not None:
        return
    try:
        with db.session.begin_nested():
            db.session.add(UsageBasis(rollout_id=rollout_id, edition=0))
    except IntegrityError:
        return


def move_edition(rollout_id: int, seen: int | None = None) -> bool:
    """Count the basis one edition up; False when it is no longer the edition that was seen. Locks it until commit."""
    here = [UsageBasis.rollout_id == rollout_id]
    if seen is not None:
        here.append(UsageBasis.edition == seen)
    return change_rows(update(UsageBasis).where(*here).values(edition=UsageBasis.edition + 1)) == 1


def read_edition(rollout_id: int) -> int:
    """The edition at hand."""
    return db.session.scalar(select(UsageBasis.edition).where(UsageBasis.rollout_id == rollout_id)) or 0


def read_events_from(rollout_id: int) -> date | None:
    """The first day of which events may come in; those of earlier days were deleted."""
    found: date | None = db.session.scalar(select(UsageBasis.events_from).where(UsageBasis.rollout_id == rollout_id))
    return found


def write_faults(faults: Sequence[Fault]) -> list[Plain]:
    """Faults as they are kept: the first two hundred, and how many more there are."""
    kept: list[Plain] = [
        {"file": f.file, "row": f.row, "column": f.column, "code": f.code, "values": list(f.values)}
        for f in faults[:LISTED_FAULTS]
    ]
    rest = len(faults) - LISTED_FAULTS
    more: dict[str, Plain] = {"file": "", "row": None, "column": None, "code": "faults_more", "values": [str(rest)]}
    return [*kept, more] if rest > 0 else kept


def _wanted(table: FoundTable, wishes: Mapping[str, Chosen]) -> FoundTable:
    wish = wishes.get(table.name)
    return table if wish is None else replace(table, kind=wish.kind, columns=dict(wish.columns))


def _names(files: Sequence[Plain]) -> list[str]:
    return [str(kept["name"]) for kept in files if isinstance(kept, dict)]
