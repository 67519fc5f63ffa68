"""What a finished run says in sums: totals, discrepancies, value at risk, inputs; read from SQL only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from implement.db import db
from implement.jobs import Job
from implement.rollout.service.errors import NotFound
from implement.rollout.service.rollouts import get_rollout
from implement.stages.transfer.service.case_list import list_cases_of
from implement.stages.transfer.service.case_steps import SETTLED
from implement.stages.transfer.service.files import read_remarks
from implement.stages.transfer.tables import (
    Case,
    Discrepancy,
    MappingVersion,
    RunInput,
    RunRisk,
    RunTotal,
    TransferFile,
    TransferRun,
)
from implement.web.texts import lazy


@dataclass(frozen=True)
class Results:
    """Everything the page of a run shows; `cases` by the discrepancies that the run saw them in."""

    run: TransferRun
    currency: str
    mapping_number: int
    totals: Sequence[RunTotal]
    discrepancies: Sequence[Discrepancy]
    risks: Sequence[RunRisk]
    cases: Mapping[int, Sequence[Case]]

    @property
    def unexplained(self) -> int:
        """Harmful findings outside explained and waived cases."""
        return sum(self.count_unexplained(one) for one in self.harmful)

    def count_unexplained(self, one: Discrepancy) -> int:
        """The findings of a discrepancy that nobody explained or waived, alone or as a whole."""
        settled = [case.findings for case in self.cases.get(one.id, ()) if case.state in SETTLED]
        return max(0, one.findings - sum(settled))

    def find_case(self, one: Discrepancy) -> Case | None:
        """The case of a discrepancy as a whole."""
        return next((case for case in self.cases.get(one.id, ()) if not case.is_of_record), None)

    @property
    def harmful(self) -> list[Discrepancy]:
        """Discrepancies that mean something went wrong, the largest first; whole columns and tables after records."""
        found = [one for one in self.discrepancies if one.is_harmful]
        return sorted(found, key=lambda one: (one.is_whole, -one.findings, one.number))

    def count(self, table: str, *fates: str) -> int:
        """Findings on records of a table in some classes."""
        return sum(
            one.findings
            for one in self.discrepancies
            if one.table_name == table and one.fate in fates and not one.is_whole
        )


@dataclass(frozen=True)
class RunRow:
    """A run as the list shows it; without `finished_at` the job's state says why."""

    number: int
    as_of_at: datetime
    finished_at: datetime | None
    mapping_number: int
    job_state: str | None
    source_rows: int
    arrived: int
    harmful: int

    @property
    def missing(self) -> int:
        """Records of the source that are not in the target."""
        return self.source_rows - self.arrived


def gather_results(run: TransferRun) -> Results:
    """Read the sums of a finished run."""
    totals = select(RunTotal).where(RunTotal.run_id == run.id).order_by(RunTotal.source_rows.desc(), RunTotal.id)
    discrepancies = select(Discrepancy).where(Discrepancy.run_id == run.id).order_by(Discrepancy.number)
    risks = select(RunRisk).where(RunRisk.run_id == run.id).order_by(RunRisk.id)
    found = list(db.session.scalars(discrepancies))
    return Results(
        run=run,
        currency=get_rollout(run.rollout_id).currency,
        mapping_number=db.session.get_one(MappingVersion, run.mapping_id).number,
        totals=list(db.session.scalars(totals)),
        discrepancies=found,
        risks=list(db.session.scalars(risks)),
        cases=list_cases_of(one.id for one in found if one.is_harmful),
    )


def list_inputs(run_id: int) -> list[RunInput]:
    """The tables a run read, with the files they came from."""
    return list(db.session.scalars(select(RunInput).where(RunInput.run_id == run_id).order_by(RunInput.id)))


def list_faulty_files(run_id: int) -> list[tuple[int, str]]:
    """Files of a run that could not be read without faults: what is missing there may only be unread."""
    asked = (
        select(TransferFile)
        .join(RunInput, RunInput.file_sha256 == TransferFile.sha256)
        .join(TransferRun, (TransferRun.id == RunInput.run_id) & (TransferRun.rollout_id == TransferFile.rollout_id))
        .where(RunInput.run_id == run_id, RunInput.side == TransferFile.side)
        .order_by(TransferFile.name, TransferFile.id)
    )
    files = {file.id: file for file in db.session.scalars(asked)}
    return [(file.id, file.name) for file in files.values() if read_remarks(file).faults]


def get_discrepancy(run: TransferRun, number: int) -> Discrepancy:
    """A discrepancy of this run."""
    here = (Discrepancy.run_id == run.id, Discrepancy.number == number)
    found: Discrepancy | None = db.session.scalar(select(Discrepancy).where(*here))
    if found is None:
        raise NotFound(lazy("There is no such discrepancy."))
    return found


def list_runs(rollout_id: int) -> list[RunRow]:
    """All runs, the newest first."""
    asked = (
        select(TransferRun, MappingVersion.number, Job.state)
        .join(MappingVersion, MappingVersion.id == TransferRun.mapping_id)
        .outerjoin(Job, Job.id == TransferRun.job_id)
        .where(TransferRun.rollout_id == rollout_id)
        .order_by(TransferRun.number.desc())
    )
    return [
        RunRow(run.number, run.as_of_at, run.finished_at, number, state, run.source_rows, run.arrived, run.harmful)
        for run, number, state in db.session.execute(asked)
    ]


@dataclass(frozen=True)
class RunClass:
    """How many harmful findings of one class a run had."""

    run: int
    fate: str
    findings: int


def count_by_run(rollout_id: int, *, most: int = 12) -> list[RunClass]:
    """Harmful findings by class of the newest finished runs, a run without any with an empty class."""
    newest = (
        select(TransferRun.id, TransferRun.number)
        .where(TransferRun.rollout_id == rollout_id, TransferRun.finished_at.is_not(None))
        .order_by(TransferRun.number.desc())
        .limit(most)
        .subquery()
    )
    asked = (
        select(newest.c.number, func.coalesce(Discrepancy.fate, ""), func.coalesce(func.sum(Discrepancy.findings), 0))
        .select_from(newest)
        .outerjoin(Discrepancy, (Discrepancy.run_id == newest.c.id) & Discrepancy.is_harmful)
        .group_by(newest.c.number, Discrepancy.fate)
        .order_by(newest.c.number)
    )
    return [RunClass(run, fate, int(found)) for run, fate, found in db.session.execute(asked)]


def find_job_of(rollout_id: int, kind: str) -> Job | None:
    """The newest job of a kind in this rollout."""
    newest = select(func.max(Job.id)).where(Job.rollout_id == rollout_id, Job.kind == kind).scalar_subquery()
    found: Job | None = db.session.scalar(select(Job).where(Job.id == newest))
    return found
