"""Cases in lists and counts: by state, owner and table; those of one owner; what is unexplained."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ScalarSelect, Select, Text, cast, func, select
from sqlalchemy import case as when

from implement.db import db
from implement.stages.transfer.service.case_steps import SETTLED, TO_DO
from implement.stages.transfer.tables import Case, CaseSighting, CaseStep, Discrepancy, TransferRun
from implement.web.tables import Column, Filter, Listing, Page
from implement.web.texts import lazy

PAGE_SIZE = 50


@dataclass(frozen=True)
class Unexplained:
    """Harmful findings of the newest finished run that nobody explained or waived."""

    run_number: int
    findings: int
    source_rows: int


@dataclass(frozen=True)
class CaseCounts:
    """How many cases are to be repaired, how many of them are overdue or have no owner, and how many are settled."""

    to_do: int
    overdue: int
    without_owner: int
    to_check: int
    settled: int
    closed: int


@dataclass(frozen=True)
class Mine:
    """The cases that somebody is to repair, and when the first is due."""

    cases: int
    due: date
    number: int


@dataclass(frozen=True)
class HistoryLine:
    """A step of a case as its page shows it."""

    kind: str
    at: datetime
    by: str
    name: str
    reason: str
    due: date | None
    run_number: int | None


@dataclass(frozen=True)
class SightingLine:
    """What a run saw of a case."""

    run_number: int
    discrepancy: int
    findings: int
    place: int | None


def make_listing(rollout_id: int, *, states: Mapping[str, object], fates: Mapping[str, object]) -> Listing:
    """The listing of the cases, offering the states, owners, tables and classes there are."""
    rows = db.session.execute(
        select(Case.state, Case.table_name, Case.fate, Case.owner_id, Case.owner)
        .where(Case.rollout_id == rollout_id)
        .distinct()
    ).all()
    owners = {(str(owner_id), name) for *_rest, owner_id, name in rows if owner_id is not None}
    tables = sorted({row.table_name for row in rows})
    return Listing(
        columns=COLUMNS,
        first_sort="state",
        filters=(
            Filter("state", lazy("State"), _labelled(states, {row.state for row in rows}), by=Case.state),
            Filter("owner", lazy("Owner"), tuple(sorted(owners, key=lambda one: str(one[1]))), by=OWNER),
            Filter("table", lazy("Table"), tuple((name, name) for name in tables), by=Case.table_name),
            Filter("class", lazy("What happened"), _labelled(fates, {row.fate for row in rows}), by=Case.fate),
        ),
        row_key=Case.number,
        size=PAGE_SIZE,
    )


OWNER = cast(Case.owner_id, Text)
URGENCY = when({"reopened": 0, "open": 1, "in_repair": 2, "repaired": 3, "waived": 4, "explained": 5},
               value=Case.state, else_=6)  # fmt: skip
COLUMNS = (
    Column("number", lazy("Case"), by=Case.number),
    Column("table_name", lazy("Table"), by=Case.table_name),
    Column("fate", lazy("What happened"), by=Case.fate),
    Column("findings", lazy("Findings"), "number", by=Case.findings),
    Column("state", lazy("State"), by=URGENCY),
    Column("owner", lazy("Owner"), by=Case.owner),
    Column("due", lazy("Due"), "day", by=Case.due),
)


def page_cases(rollout_id: int, listing: Listing, query: Mapping[str, str]) -> Page:
    """One page of cases as column tuples: one query counts, one fetches."""
    asked = select(
        Case.number, Case.table_name, Case.field, Case.fate, Case.source_id, Case.target_id, Case.findings,
        Case.first_findings, Case.state, Case.owner, Case.due, _newest_discrepancy().label("discrepancy_id"),
    ).where(Case.rollout_id == rollout_id)  # fmt: skip
    return listing.select_page(db.session(), asked, query)


def find_discrepancies(page: Page) -> dict[int, Discrepancy]:
    """The discrepancies that the cases of a page were last seen in, by id."""
    wanted = [one for row in page.rows if (one := getattr(row, "discrepancy_id", None)) is not None]
    rows = db.session.scalars(select(Discrepancy).where(Discrepancy.id.in_(wanted)))
    return {row.id: row for row in rows}


def _newest_discrepancy() -> ScalarSelect[int]:
    newest = select(func.max(CaseSighting.discrepancy_id)).where(CaseSighting.case_id == Case.id)
    return newest.correlate(Case).scalar_subquery()


def count_cases(rollout_id: int, today: date) -> CaseCounts:
    """How the cases of a rollout stand."""
    to_do = Case.state.in_(TO_DO)
    counted = (to_do, to_do & (Case.due < today), to_do & Case.owner_id.is_(None), Case.state == "repaired",
               Case.state.in_(SETTLED), Case.state == "closed")  # fmt: skip
    sums = [func.coalesce(func.sum(when((one, 1), else_=0)), 0) for one in counted]
    here = select(*sums).where(Case.rollout_id == rollout_id)
    return CaseCounts(*(int(count) for count in db.session.execute(here).one()))


def find_mine(rollout_id: int, user_id: int) -> Mine | None:
    """The cases that this person is to repair; None when there are none."""
    mine = (Case.rollout_id == rollout_id, Case.state.in_(TO_DO), Case.owner_id == user_id)
    rows = db.session.execute(select(Case.due, Case.number).where(*mine).order_by(Case.due, Case.number)).all()
    if not rows or rows[0].due is None:
        return None
    return Mine(len(rows), rows[0].due, rows[0].number)


def count_unexplained(rollout_id: int) -> Unexplained | None:
    """The harmful findings of the newest finished run outside explained and waived cases, in one query.

    A settled case of a cause covers all its findings, one of a single record takes one away from its cause. None
    before the first run.
    """
    finished = (TransferRun.rollout_id == rollout_id, TransferRun.finished_at.is_not(None))
    newest = (
        select(TransferRun.id, TransferRun.number, TransferRun.source_rows)
        .where(*finished).order_by(TransferRun.number.desc()).limit(1).subquery()
    )  # fmt: skip
    settled = _settled_findings().subquery()
    left = Discrepancy.findings - func.coalesce(settled.c.findings, 0)
    asked = (
        select(newest.c.number, func.coalesce(func.sum(when((left > 0, left), else_=0)), 0), newest.c.source_rows)
        .select_from(newest)
        .outerjoin(Discrepancy, (Discrepancy.run_id == newest.c.id) & Discrepancy.is_harmful)
        .outerjoin(settled, settled.c.discrepancy_id == Discrepancy.id)
        .group_by(newest.c.number, newest.c.source_rows)
    )
    row = db.session.execute(asked).first()
    return Unexplained(row[0], int(row[1]), row[2]) if row is not None else None


def _settled_findings() -> Select[int, int]:
    """Per discrepancy: how many of its findings belong to explained or waived cases."""
    return (
        select(CaseSighting.discrepancy_id, func.sum(CaseSighting.findings).label("findings"))
        .join(Case, Case.id == CaseSighting.case_id)
        .where(Case.state.in_(SETTLED))
        .group_by(CaseSighting.discrepancy_id)
    )


def list_cases_of(discrepancy_ids: Iterable[int]) -> dict[int, list[Case]]:
    """The cases that a run saw in each of its discrepancies, those of the whole cause first."""
    asked = (
        select(CaseSighting.discrepancy_id, Case)
        .join(Case, Case.id == CaseSighting.case_id)
        .where(CaseSighting.discrepancy_id.in_(list(discrepancy_ids)))
        .order_by(CaseSighting.place.is_not(None), Case.number)
    )
    found: dict[int, list[Case]] = {}
    for discrepancy_id, case in db.session.execute(asked):
        found.setdefault(discrepancy_id, []).append(case)
    return found


def list_largest(rollout_id: int, fate: str) -> list[Case]:
    """The cases of a class, those with the most findings when they were opened first."""
    here = (Case.rollout_id == rollout_id, Case.fate == fate)
    return list(db.session.scalars(select(Case).where(*here).order_by(Case.first_findings.desc(), Case.number)))


def list_history(case: Case) -> list[HistoryLine]:
    """The steps of a case, the oldest first."""
    asked = (
        select(
            CaseStep.kind,
            CaseStep.at,
            CaseStep.by_name,
            CaseStep.name,
            CaseStep.reason,
            CaseStep.due,
            TransferRun.number,
        )
        .outerjoin(TransferRun, TransferRun.id == CaseStep.run_id)
        .where(CaseStep.case_id == case.id)
        .order_by(CaseStep.id)
    )
    return [HistoryLine(*row) for row in db.session.execute(asked)]


def list_sightings(case: Case) -> list[SightingLine]:
    """What each run saw of a case, the newest first."""
    asked = (
        select(TransferRun.number, Discrepancy.number, CaseSighting.findings, CaseSighting.place)
        .join(TransferRun, TransferRun.id == CaseSighting.run_id)
        .join(Discrepancy, Discrepancy.id == CaseSighting.discrepancy_id)
        .where(CaseSighting.case_id == case.id)
        .order_by(TransferRun.number.desc(), Discrepancy.number)
    )
    return [SightingLine(*row) for row in db.session.execute(asked)]


def _labelled(labels: Mapping[str, object], found: set[str]) -> tuple[tuple[str, object], ...]:
    return tuple((value, label) for value, label in labels.items() if value in found)


@dataclass(frozen=True)
class SettledCase:
    """A case that somebody explained or waived: who decided, why and when."""

    case: Case
    name: str
    reason: str
    at: datetime


def list_settled(run_id: int) -> list[SettledCase]:
    """The cases that a run saw and that are explained or waived now, each with the decision that stands."""
    seen = select(CaseSighting.case_id).where(CaseSighting.run_id == run_id)
    newest = select(func.max(CaseStep.id)).where(CaseStep.kind.in_(SETTLED)).group_by(CaseStep.case_id)
    asked = (
        select(Case, CaseStep.name, CaseStep.reason, CaseStep.at)
        .join(CaseStep, CaseStep.case_id == Case.id)
        .where(Case.id.in_(seen), Case.state.in_(SETTLED), CaseStep.id.in_(newest))
        .order_by(Case.number)
    )
    return [SettledCase(case, name, reason, at) for case, name, reason, at in db.session.execute(asked)]
