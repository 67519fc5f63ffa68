"""Follow the cases through a new run: opened for what is new, closed when no longer found, reopened when it is back."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select

from implement.db import db
from implement.engine.mapping import Mapping as TransferMapping
from implement.engine.reconcile.classes import TORN_RELATION, WRONG_RELATION
from implement.jobs import Plain
from implement.rollout.service.log import Actor, log_write
from implement.stages.transfer.service.case_steps import CLOSED, OPENED, REPAIRED, SETTLED, add_step, close, reopen
from implement.stages.transfer.service.identities import identify_cause
from implement.stages.transfer.service.seen_again import Seen, count_shared_findings, find_records_again
from implement.stages.transfer.tables import Case, CaseSighting, CaseStep, Discrepancy, TransferRun
from implement.store import Store

LEAST_SHARE = 0.5
"""A case goes on under another cause when at least this share of that cause's findings were the case's already."""


@dataclass
class Followed:
    """What a run did to the cases, by their numbers."""

    opened: list[int] = field(default_factory=list)
    closed: list[int] = field(default_factory=list)
    reopened: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class Round:
    """A run, its mapping and harmful discrepancies, and the cases as they stood before it."""

    run: TransferRun
    mapping: TransferMapping
    discrepancies: list[Discrepancy]
    cases: list[Case]
    store: Store
    now: datetime


def follow_cases(
    run: TransferRun, mapping: TransferMapping, *, store: Store, by: Actor | None, now: datetime
) -> Followed:
    """Take every case through a finished run; an older run that ends late changes none."""
    followed = Followed()
    if _is_overtaken(run):
        return followed
    harmful = (Discrepancy.run_id == run.id, Discrepancy.is_harmful)
    found = list(db.session.scalars(select(Discrepancy).where(*harmful).order_by(Discrepancy.number)))
    cases = list(db.session.scalars(select(Case).where(Case.rollout_id == run.rollout_id).order_by(Case.number)))
    at_hand = Round(run, mapping, found, cases, store, now)
    seen = _see_causes(at_hand)
    seen.update(find_records_again(run, [case for case in cases if case.is_of_record], found, store=store))
    for case in cases:
        _move_on(case, seen.get(case.id, []), at_hand, followed)
    taken = {one.discrepancy.id for sightings in seen.values() for one in sightings if one.place is None}
    _open_new(at_hand, taken, followed)
    said: dict[str, Plain] = {"opened": list(followed.opened), "closed": list(followed.closed),
                              "reopened": list(followed.reopened)}  # fmt: skip
    log_write("follow_cases", f"transfer_run:{run.id}", by=by, now=now, rollout_id=run.rollout_id, **said)
    return followed


def _is_overtaken(run: TransferRun) -> bool:
    later = (TransferRun.rollout_id == run.rollout_id, TransferRun.number > run.number)
    asked = select(TransferRun.id).where(*later, TransferRun.finished_at.is_not(None)).limit(1)
    return db.session.scalar(asked) is not None


def _see_causes(at_hand: Round) -> dict[int, list[Seen]]:
    """Which discrepancies each case of a cause is seen in: by its identity, else by the findings they share."""
    by_identity = {case.identity: case for case in at_hand.cases if not case.is_of_record}
    seen: dict[int, list[Seen]] = {}
    left = []
    for one in at_hand.discrepancies:
        case = by_identity.get(identify_cause(one))
        if case is None:
            left.append(one)
        else:
            seen.setdefault(case.id, []).append(Seen(one, one.findings))
    vanished = [case for case in by_identity.values() if case.id not in seen]
    for case, one in _go_on_under_another_cause(at_hand, vanished, left):
        case.identity = identify_cause(one)
        seen[case.id] = [Seen(one, one.findings)]
    return seen


def _go_on_under_another_cause(
    at_hand: Round, vanished: list[Case], left: list[Discrepancy]
) -> Iterable[tuple[Case, Discrepancy]]:
    """Pair cases that lost their cause with new causes whose findings were mostly theirs, the most shared first."""
    if not vanished or not left:
        return
    shared = count_shared_findings(at_hand.run, _last_sightings(vanished), store=at_hand.store)
    cases, causes = {case.id: case for case in vanished}, {one.number: one for one in left}
    for (case_id, number), rows in sorted(shared.items(), key=lambda entry: (-entry[1], entry[0])):
        one = causes.get(number)
        if case_id in cases and one is not None and rows >= LEAST_SHARE * one.findings:
            yield cases.pop(case_id), causes.pop(number)


def _last_sightings(cases: Iterable[Case]) -> list[CaseSighting]:
    """What each case was when it was last seen."""
    wanted = CaseSighting.case_id.in_([case.id for case in cases])
    rows = list(db.session.scalars(select(CaseSighting).where(wanted).order_by(CaseSighting.run_id)))
    last = {row.case_id: row.run_id for row in rows}
    return [row for row in rows if last[row.case_id] == row.run_id]


def _move_on(case: Case, seen: list[Seen], at_hand: Round, followed: Followed) -> None:
    """Note what the run saw of a case, and close or reopen it where that changes its state."""
    if not seen:
        if case.state != CLOSED and was_looked_for(case, at_hand.mapping):
            case.findings = 0
            close(case, at_hand.run, now=at_hand.now)
            followed.closed.append(case.number)
        return
    note_sightings(case, at_hand.run, seen)
    if case.state in SETTLED and _is_still_settled(case, seen, at_hand):
        return
    if case.state in (*SETTLED, CLOSED, REPAIRED):
        reopen(case, at_hand.run, now=at_hand.now)
        followed.reopened.append(case.number)


def note_sightings(case: Case, run: TransferRun, seen: Iterable[Seen]) -> None:
    """Write down what a run saw of a case."""
    rows = [
        CaseSighting(case_id=case.id, run_id=run.id, discrepancy_id=one.discrepancy.id, findings=one.findings,
                     place=one.place)
        for one in seen
    ]  # fmt: skip
    db.session.add_all(rows)
    case.findings = sum(one.findings for one in rows)


def _is_still_settled(case: Case, seen: list[Seen], at_hand: Round) -> bool:
    """True while nothing was found beyond what was explained or waived."""
    if case.is_of_record:
        return True
    decided = select(CaseStep.run_id).where(CaseStep.case_id == case.id, CaseStep.kind == case.state)
    run_id = db.session.scalar(decided.order_by(CaseStep.id.desc()).limit(1))
    here = (CaseSighting.case_id == case.id, CaseSighting.run_id == run_id)
    agreed = list(db.session.scalars(select(CaseSighting).where(*here)))
    prints = select(Discrepancy.fingerprint).where(Discrepancy.id.in_([one.discrepancy_id for one in agreed]))
    if {one.discrepancy.fingerprint for one in seen} <= set(db.session.scalars(prints)):
        return True
    shared = count_shared_findings(at_hand.run, agreed, store=at_hand.store)
    return all(shared.get((case.id, one.discrepancy.number), 0) == one.findings for one in seen)


def was_looked_for(case: Case, mapping: TransferMapping) -> bool:
    """True when the run compared what the case is about, so that not finding it means that it is gone."""
    table = mapping.table(case.table_name)
    if table is None:
        return False
    if table.left_behind or not case.field:
        return bool(table.left_behind or table.target)
    column = table.column(case.field)
    if column is None or not (column.target or column.left_behind):
        return False
    parents = [one.parent for one in table.relations if one.column == case.field]
    known = [mapping.table(name) for name in parents]
    return case.fate not in (TORN_RELATION, WRONG_RELATION) or all(one and one.target for one in known)


def _open_new(at_hand: Round, taken: set[int], followed: Followed) -> None:
    """Open a case for every cause that has none."""
    causes: dict[str, list[Discrepancy]] = {}
    for one in at_hand.discrepancies:
        if one.id not in taken:
            causes.setdefault(identify_cause(one), []).append(one)
    first_number = max((case.number for case in at_hand.cases), default=0) + 1
    for number, (identity, alike) in enumerate(causes.items(), start=first_number):
        case = _open_case(at_hand, alike, identity, number)
        note_sightings(case, at_hand.run, [Seen(one, one.findings) for one in alike])
        followed.opened.append(number)


def _open_case(at_hand: Round, alike: list[Discrepancy], identity: str, number: int) -> Case:
    one, findings = alike[0], sum(same.findings for same in alike)
    case = Case(
        rollout_id=at_hand.run.rollout_id, number=number, identity=identity, table_name=one.table_name, fate=one.fate,
        field=one.field, findings=findings, first_findings=findings,
    )  # fmt: skip
    db.session.add(case)
    db.session.flush()
    add_step(case, OPENED, run_id=at_hand.run.id, now=at_hand.now)
    return case
