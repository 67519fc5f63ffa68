"""What the page of a case shows: what and why, its records on both sides, its history, what is to be done next."""

from collections.abc import Sequence
from dataclasses import dataclass

from implement.rollout.service.people import list_members
from implement.rollout.service.threads import Said, list_said
from implement.stages.transfer.case_words import say_next
from implement.stages.transfer.record_page import RecordPage, open_record
from implement.stages.transfer.service.case_list import HistoryLine, SightingLine, list_history, list_sightings
from implement.stages.transfer.service.cases import may_repair, subject_of
from implement.stages.transfer.service.findings import Row, Wanted, fetch_findings, get_finding
from implement.stages.transfer.service.results import get_discrepancy
from implement.stages.transfer.service.runs import find_newest_run, get_run
from implement.stages.transfer.tables import Case, TransferRun
from implement.stages.transfer.words import say_cause
from implement.store import Store
from implement.web.access import ALLOWED, Permission, Role

SHOWN_FINDINGS = 10


@dataclass(frozen=True)
class CasePage:
    """A case with all that its page shows; `run` is the one that saw it last, `example` a record of it on both sides.

    `last_run` is the newest run's number: later than `run` when the case was no longer found.
    """

    case: Case
    run: TransferRun
    last_run: int
    discrepancy: int
    why: str
    next_action: str
    findings: Sequence[Row]
    example: RecordPage | None
    history: list[HistoryLine]
    sightings: list[SightingLine]
    said: list[Said]
    may_repair: bool


def open_case_page(case: Case, *, user_id: int, roles: frozenset[Role], store: Store) -> CasePage:
    """Read all that the page of a case shows."""
    sightings = list_sightings(case)
    run = get_run(case.rollout_id, sightings[0].run_number)
    newest = find_newest_run(case.rollout_id) or run
    findings = _read_findings(run, sightings, store)
    return CasePage(
        case,
        run,
        newest.number,
        sightings[0].discrepancy,
        say_cause(get_discrepancy(run, sightings[0].discrepancy)),
        say_next(case),
        findings,
        _read_example(run, findings, store),
        list_history(case),
        sightings,
        list_said(case.rollout_id, subject_of(case)),
        may_repair(case, user_id, roles),
    )


def list_owners(rollout_id: int) -> list[tuple[int, str]]:
    """Who can own a case: members who may work on it, by name."""
    allowed = ALLOWED[Permission.WORK_ON_CASES]
    members = {user_id: name for user_id, name, _mail, role, _person in list_members(rollout_id) if role in allowed}
    return sorted(members.items(), key=lambda one: one[1].casefold())


def _read_findings(run: TransferRun, sightings: Sequence[SightingLine], store: Store) -> list[Row]:
    """The first findings of the case in the run that saw it last."""
    newest = [one for one in sightings if one.run_number == run.number]
    if newest[0].place is not None:
        return [get_finding(run, newest[0].place, store=store)]
    wanted = Wanted(tuple(one.discrepancy for one in newest), "")
    return fetch_findings(run, wanted, store=store, most=SHOWN_FINDINGS)


def _read_example(run: TransferRun, findings: Sequence[Row], store: Store) -> RecordPage | None:
    """The first record of the case on both sides."""
    if not findings or not (findings[0]["source_row"] or findings[0]["target_row"]):
        return None
    return open_record(run, int(findings[0]["place"] or 0), store)
