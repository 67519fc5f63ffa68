"""The deals that a transfer lost or tore for certain owners, and the cases in which they are repaired (M29)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from implement.rollout.service.log import Actor
from implement.stages.transfer.service.at_risk import find_places, read_at_risk
from implement.stages.transfer.service.case_steps import CLOSED, SETTLED
from implement.stages.transfer.service.cases import assign, find_cases_of, open_record_case, task_title
from implement.stages.transfer.service.findings import get_finding
from implement.stages.transfer.service.runs import find_newest_run
from implement.stages.transfer.tables import Case, TransferRun
from implement.store import Store

MOST_REPAIRED_AT_ONCE = 10


@dataclass(frozen=True)
class LostRecord:
    """A deal that did not arrive whole; `place` is where the run's finding about it stands, None without one."""

    name: str
    client: str
    stage: str
    fate: str
    place: int | None


@dataclass(frozen=True)
class LostRecords:
    """Every lost or torn deal of the owners asked for, in the newest finished run."""

    run_number: int
    records: tuple[LostRecord, ...]


def find_lost_records(rollout_id: int, owners: Collection[str], *, store: Store) -> LostRecords | None:
    """The deals of these owners that were dropped or torn; None before the first run and where there are none."""
    run = find_newest_run(rollout_id)
    if run is None:
        return None
    records = []
    for table in read_at_risk(run, store=store).deals:
        mine = [deal for deal in table.deals if deal.owner in owners]
        if not mine:
            continue
        places = find_places(run, table.columns.table, [deal.source_row for deal in mine], store=store)
        records += [
            LostRecord(deal.name, deal.client, deal.stage, deal.fate, places.get(deal.source_row)) for deal in mine
        ]
    return LostRecords(run.number, tuple(records)) if records else None


def repair_lost_records(
    rollout_id: int, owners: Collection[str], *, owner_id: int, due: date, store: Store, by: Actor, now: datetime
) -> list[int]:
    """Give the cases of these owners' lost deals to somebody, opening those there are not; returns their numbers.

    A deal lost by a cause that is a case already is repaired in that case. Settled cases, and those that somebody owns,
    stay as they are.
    """
    run, lost = find_newest_run(rollout_id), find_lost_records(rollout_id, owners, store=store)
    if run is None or lost is None:
        return []
    places = [one.place for one in lost.records if one.place is not None][:MOST_REPAIRED_AT_ONCE]
    cases = {case.number: case for case in [_case(run, place, store, by, now) for place in places]}
    for case in cases.values():
        if case.owner_id is None and case.state not in (CLOSED, *SETTLED):
            assign(case, owner_id=owner_id, due=due, title=task_title(case, owner_id), by=by, now=now)
    return sorted(cases)


def _case(run: TransferRun, place: int, store: Store, by: Actor, now: datetime) -> Case:
    finding = get_finding(run, place, store=store)
    cause, own = find_cases_of(run, finding)
    return own or cause or open_record_case(run, finding, by=by, now=now)
