"""Look through the tables of a side before they are transferred, and keep what was found."""

import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pyarrow.parquet as pq
from sqlalchemy import func, select

from implement.db import db
from implement.engine.facts import Progress, no_progress
from implement.engine.health import HealthFinding, HealthReport, check_health
from implement.jobs import Plain, enqueue_job
from implement.rollout.service.errors import NotFound, RuleBroken
from implement.rollout.service.log import Actor, log_write
from implement.stages.transfer.service.engine import Workshop
from implement.stages.transfer.service.sides import TableAtHand, list_tables_at_hand, open_side
from implement.stages.transfer.tables import Ailment, HealthCheck
from implement.store import Store
from implement.web.texts import lazy

HEALTH_JOB = "transfer.health"
LONGEST_EXAMPLE = 200


@dataclass(frozen=True)
class HealthOutcome:
    """What a look through the tables found, the rows behind it already in the store."""

    report: HealthReport
    sha256: str


def begin_check(rollout_id: int, side: str, *, by: Actor, now: datetime) -> HealthCheck:
    """Freeze which tables of a side are looked through."""
    tables = [one for one in list_tables_at_hand(rollout_id) if one.side == side]
    if not tables:
        raise RuleBroken(lazy("There is no table to look through yet; hand in a file first."))
    newest = db.session.scalar(select(func.max(HealthCheck.number)).where(HealthCheck.rollout_id == rollout_id)) or 0
    check = HealthCheck(
        rollout_id=rollout_id, number=newest + 1, side=side, begun_by_id=by.id, begun_at=now,
        inputs=_name_inputs(tables),
    )  # fmt: skip
    db.session.add(check)
    db.session.flush()
    log_write(
        "begin_health_check", f"transfer_health_check:{check.id}", by=by, now=now, rollout_id=rollout_id, side=side
    )
    return check


def enqueue_check(check: HealthCheck, *, by: Actor, now: datetime) -> None:
    """Have the tables looked through in the background."""
    arguments: dict[str, Plain] = {"check_id": check.id}
    check.job_id = enqueue_job(HEALTH_JOB, rollout_id=check.rollout_id, arguments=arguments, by_id=by.id, now=now).id


def gather_tables(check: HealthCheck) -> list[TableAtHand]:
    """The tables of the check that are still at hand as they were."""
    at_hand = {one.table_id: one for one in list_tables_at_hand(check.rollout_id)}
    return [at_hand[int(table_id)] for table_id, _name in check.inputs if int(table_id) in at_hand]


def compute_check(
    tables: list[TableAtHand], side: str, *, store: Store, workshop: Workshop, progress: Progress = no_progress
) -> HealthOutcome:
    """Look through the tables and keep the rows behind the findings; touches no database."""
    with workshop.open() as backend:
        report = check_health(open_side(tables, side, backend, store=store), backend, progress=progress)
    with tempfile.TemporaryDirectory(prefix="implement-health-") as folder:
        path = Path(folder) / "rows.parquet"
        pq.write_table(report.rows_behind(), path, compression="zstd")
        with path.open("rb") as stream:
            return HealthOutcome(report, store.put(stream).sha256)


def record_check(check: HealthCheck, outcome: HealthOutcome, *, by: Actor | None, now: datetime) -> None:
    """Write down what was found; a check that is finished stays as it is."""
    if check.finished_at is not None:
        return
    db.session.add_all(_ailment(check.id, number, found) for number, found in outcome.report.numbered())
    check.finished_at, check.rows_sha256, check.row_count = now, outcome.sha256, outcome.report.rows
    subject, said = f"transfer_health_check:{check.id}", {"findings": len(outcome.report.findings)}
    log_write("finish_health_check", subject, by=by, now=now, rollout_id=check.rollout_id, **said)


def look_through(
    rollout_id: int, side: str, *, store: Store, by: Actor, now: datetime, workshop: Workshop | None = None
) -> HealthCheck:
    """Begin, compute and record a check at once, without a job."""
    check = begin_check(rollout_id, side, by=by, now=now)
    outcome = compute_check(gather_tables(check), side, store=store, workshop=workshop or Workshop())
    record_check(check, outcome, by=by, now=now)
    return check


def find_newest_check(rollout_id: int, side: str) -> HealthCheck | None:
    """The newest finished look through a side, or None before the first."""
    here = (HealthCheck.rollout_id == rollout_id, HealthCheck.side == side, HealthCheck.finished_at.is_not(None))
    found: HealthCheck | None = db.session.scalar(
        select(HealthCheck).where(*here).order_by(HealthCheck.number.desc()).limit(1)
    )
    return found


def get_check(rollout_id: int, number: int) -> HealthCheck:
    """A finished look through the tables of this rollout."""
    here = (HealthCheck.rollout_id == rollout_id, HealthCheck.number == number, HealthCheck.finished_at.is_not(None))
    check: HealthCheck | None = db.session.scalar(select(HealthCheck).where(*here))
    if check is None:
        raise NotFound(lazy("There is no such look through the tables."))
    return check


def find_check(rollout_id: int, check_id: int) -> HealthCheck:
    """A look through the tables by its id, finished or not."""
    here = (HealthCheck.rollout_id == rollout_id, HealthCheck.id == check_id)
    return db.session.scalars(select(HealthCheck).where(*here)).one()


def list_ailments(check: HealthCheck) -> list[Ailment]:
    """Everything that was found, in the order in which it is told."""
    return list(db.session.scalars(select(Ailment).where(Ailment.check_id == check.id).order_by(Ailment.number)))


def get_ailment(check: HealthCheck, number: int) -> Ailment:
    """One finding by its number."""
    here = (Ailment.check_id == check.id, Ailment.number == number)
    found: Ailment | None = db.session.scalar(select(Ailment).where(*here))
    if found is None:
        raise NotFound(lazy("There is no such finding."))
    return found


def is_outdated(check: HealthCheck) -> bool:
    """Whether other tables of the side are at hand now."""
    tables = [one for one in list_tables_at_hand(check.rollout_id) if one.side == check.side]
    return _name_inputs(tables) != [list(one) for one in check.inputs]


def _name_inputs(tables: list[TableAtHand]) -> list[list[int | str]]:
    return [[one.table_id, one.name] for one in tables]


def _ailment(check_id: int, number: int, found: HealthFinding) -> Ailment:
    column, values = found.where
    examples = [[value[:LONGEST_EXAMPLE], other[:LONGEST_EXAMPLE], n] for value, other, n in found.examples]
    return Ailment(
        check_id=check_id, number=number, table_name=found.table, column_name=found.column, kind=found.kind,
        concerned=found.count, of_rows=found.of, parent_name=found.parent, where_column=column,
        where_values=list(values), examples=examples,
    )  # fmt: skip
