"""A closed period changes only by an adjustment: corrected actuals, all else as frozen, lines that point back."""

import json
from datetime import datetime

from sqlalchemy import select

from implement.control.incentives.service.computing import RunLacks, freeze_with_files
from implement.control.incentives.service.gathering import Lack
from implement.control.incentives.service.pricing import (
    Original,
    Payee,
    Priced,
    price_run,
)
from implement.control.incentives.service.runs import begin_run, demand_state
from implement.control.incentives.service.statements import list_lines
from implement.control.incentives.tables import PayCorrection, PayLine, PayRun, PayStatement
from implement.db import db
from implement.engine.law import PROFILES
from implement.engine.pay import (
    cut_plan,
    freeze_basis,
    freeze_plan,
    pick_entries,
    read_entry,
    read_head,
    read_plan,
)
from implement.engine.pay.entry import NoDecimal, read_decimal
from implement.engine.pay.scan import Json
from implement.rollout.service.errors import NotFound, RuleBroken
from implement.rollout.service.log import Actor, log_write
from implement.rollout.service.rollouts import get_rollout, lock_rollout
from implement.store import Store
from implement.web.texts import lazy

Entry = dict[str, Json]
EARNED = "earned"
SETTLED_STATES = ("approved", "exported", "closed")


def begin_adjustment(original: PayRun, *, by: Actor, now: datetime) -> PayRun:
    """Begin a draft that adjusts a regular run that was approved."""
    if original.kind != "regular" or original.state not in SETTLED_STATES:
        raise RuleBroken(lazy("Only a run that was approved is adjusted; an earlier one is computed anew."))
    others = (PayRun.adjusts_id == original.id, PayRun.state.not_in(SETTLED_STATES))
    lock_rollout(original.rollout_id)
    if db.session.scalar(select(PayRun.id).where(*others)) is not None:
        raise RuleBroken(lazy("Another adjustment of this run is not approved yet; go on with that one."))
    span = (original.first_day, original.last_day)
    return begin_run(original.rollout_id, *span, by=by, now=now, kind="adjustment", adjusts_id=original.id)


def correct_actual(
    run: PayRun, statement: PayStatement, entry: str, kpi: str, actual: str, *, reason: str, store: Store, by: Actor,
    now: datetime,
) -> PayCorrection:  # fmt: skip
    """Say what an actual of an entry really was, and why; said twice, the later counts."""
    demand_state(run, "draft")
    if statement.run_id != run.adjusts_id or entry not in {line.entry for line in list_lines(statement.id)}:
        raise NotFound(lazy("There is no such line."))
    original = db.session.get_one(PayRun, run.adjusts_id)
    items = read_entry(store.path(original.plan_sha256).read_bytes(), entry)["items"]
    if not isinstance(items, list) or kpi not in {item["kpi"] for item in items}:
        raise NotFound(lazy("There is no such line."))
    try:
        if read_decimal(actual) < 0:
            raise NoDecimal(actual)
    except NoDecimal as fault:
        raise RuleBroken(lazy("An actual is a number that is not negative.")) from fault
    if not reason.strip():
        raise RuleBroken(lazy("Please give a reason; the person can read it."))
    here = (PayCorrection.run_id == run.id, PayCorrection.entry == entry, PayCorrection.kpi == kpi)
    row = db.session.scalar(select(PayCorrection).where(*here)) or PayCorrection(run_id=run.id, entry=entry, kpi=kpi)
    row.actual, row.reason, row.by_id, row.at = actual, reason.strip(), by.id, now
    db.session.add(row)
    db.session.flush()
    log_write("correct_actual", f"pay_run:{run.id}", by=by, now=now, rollout_id=run.rollout_id, entry=entry, kpi=kpi)
    return row


def compute_adjustment(run: PayRun, *, store: Store, by: Actor, now: datetime) -> int:
    """Price the corrected entries; lines are differences to what was paid so far. Returns how many people it pays.

    Raises RunLacks with everybody of whom the law forbids to take back what they earned (R5).
    """
    demand_state(run, "draft")
    demand_corrections(run)
    corrections = list_corrections(run.id)
    entries = list(dict.fromkeys(one.entry for one in corrections))
    original = db.session.get_one(PayRun, run.adjusts_id)
    plan, basis = _correct(original, entries, corrections, store)
    payees, lines = _find_payees(original, entries), read_original_lines(original, entries)
    priced = price_run(plan, basis, payees, lines)
    _refuse_taking_back(run, priced)
    freeze_with_files(run, priced, store=store, by=by, now=now)
    return len(payees)


def demand_corrections(run: PayRun) -> None:
    """Refuse to compute an adjustment in which nothing is corrected yet."""
    if not list_corrections(run.id):
        raise RuleBroken(lazy("Nothing is corrected yet."))


def list_corrections(run_id: int) -> list[PayCorrection]:
    """What an adjustment corrects."""
    asked = select(PayCorrection).where(PayCorrection.run_id == run_id).order_by(PayCorrection.id)
    return list(db.session.scalars(asked))


def read_original_lines(original: PayRun, entries: list[str], *, before: int | None = None) -> Original:
    """The lines of the original with what earlier adjustments added to them, by entry and part."""
    of_run = select(PayStatement.id).where(PayStatement.run_id == original.id)
    asked = select(PayLine.id, PayLine.entry, PayLine.part, PayLine.amount_minor)
    rows = db.session.execute(asked.where(PayLine.statement_id.in_(of_run), PayLine.entry.in_(entries))).all()
    sums: dict[str, dict[str, tuple[int | None, int]]] = {}
    for line_id, entry, part, minor in rows:
        sums.setdefault(entry, {})[part] = (line_id, minor)
    others = select(PayLine.entry, PayLine.part, PayLine.amount_minor, PayLine.adjusts_id).join(
        PayStatement, PayStatement.id == PayLine.statement_id
    )
    others = others.join(PayRun, PayRun.id == PayStatement.run_id).where(
        PayRun.adjusts_id == original.id, PayLine.entry.in_(entries)
    )
    if before is not None:
        others = others.where(PayRun.number < before)
    for entry, part, minor, _line in db.session.execute(others):
        mine = sums.setdefault(entry, {})
        first, so_far = mine.get(part, (None, 0))
        mine[part] = (first, so_far + minor)
    return Original(sums)


def _correct(
    original: PayRun, entries: list[str], corrections: list[PayCorrection], store: Store
) -> tuple[bytes, bytes]:
    """Plan and basis of only these entries, with the corrected actuals in their places."""
    files = _read_newest(original, entries, store)
    plan, head = (store.path(one).read_bytes() for one in (original.plan_sha256, original.basis_sha256))
    terms = read_plan(cut_plan(plan, entries[:1])).terms
    said = {(one.entry, one.kpi): one for one in corrections}
    corrected, origins = [], []
    for entry_id in entries:
        entry, origin = files[entry_id]
        items = json.loads(json.dumps(entry["items"]))
        mine = [said[entry_id, item["kpi"]] for item in items if (entry_id, item["kpi"]) in said]
        for item in items:
            one = said.get((entry_id, item["kpi"]))
            if one is not None:
                item.pop("decision", None)
                item["actual"] = one.actual
        corrected.append({**entry, "items": items})
        origins.append({**origin, "corrected": {one.kpi: {"actual": one.actual, "reason": one.reason} for one in mine}})
    return freeze_plan(terms, corrected), freeze_basis({**read_head(head), "adjusts": original.number}, origins)


def _read_newest(original: PayRun, entries: list[str], store: Store) -> dict[str, tuple[Entry, Entry]]:
    """Plan and basis that each entry was priced by last: those of its newest adjustment, else of the original; every
    file is read once.
    """
    columns = (PayLine.entry, PayRun.number, PayRun.plan_sha256, PayRun.basis_sha256)
    asked = select(*columns).join(PayStatement, PayStatement.id == PayLine.statement_id)
    asked = asked.join(PayRun, PayRun.id == PayStatement.run_id).where(PayRun.adjusts_id == original.id)
    rows = db.session.execute(asked.where(PayLine.entry.in_(entries)).distinct().order_by(PayRun.number))
    newest = dict.fromkeys(entries, (original.plan_sha256, original.basis_sha256))
    newest |= {entry: (plan, basis) for entry, _number, plan, basis in rows}
    found: dict[str, tuple[Entry, Entry]] = {}
    for plan, basis in set(newest.values()):
        mine = [entry for entry, files in newest.items() if files == (plan, basis)]
        plans, origins = (pick_entries(store.path(one).read_bytes(), mine) for one in (plan, basis))
        found |= {entry: (plans[entry], origins[entry]) for entry in mine}
    return found


def _find_payees(original: PayRun, entries: list[str]) -> list[Payee]:
    one = PayStatement
    asked = select(one.number, one.name, one.person_id, PayLine.entry).join(PayLine, PayLine.statement_id == one.id)
    rows = db.session.execute(asked.where(one.run_id == original.id, PayLine.entry.in_(entries)).distinct())
    found: dict[tuple[str, str, int | None], list[str]] = {}
    for number, name, person_id, entry in rows:
        found.setdefault((number, name, person_id), []).append(entry)
    return [Payee(*who, tuple(sorted(mine))) for who, mine in sorted(found.items(), key=lambda pair: pair[0][:2])]


def _refuse_taking_back(run: PayRun, priced: Priced) -> None:
    if PROFILES[get_rollout(run.rollout_id).legal_profile].takes_back_earned:
        return
    less = [one.payee for one in priced.statements if one.total_minor < 0]
    if less:
        raise RunLacks([Lack(payee.person_id or 0, "", EARNED, run.first_day) for payee in less])
