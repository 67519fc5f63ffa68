"""A regular run is computed: gathered, refused with everything that is missing, or priced and kept with its files."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from implement.control.incentives.service.freezing import freeze_run
from implement.control.incentives.service.gathering import Decided, Gathered, Lack, Tell, gather
from implement.control.incentives.service.month import read_month
from implement.control.incentives.service.office import read_office
from implement.control.incentives.service.payroll import list_drawn
from implement.control.incentives.service.preparing import keep_files, prepare_files
from implement.control.incentives.service.pricing import Priced, price_run
from implement.control.incentives.service.runs import get_run
from implement.control.incentives.tables import PayDecision, PayRun
from implement.db import db
from implement.engine.pay import ENGINE, freeze_basis, freeze_plan
from implement.engine.pay.rule import write_rule
from implement.engine.pay.rule.terms import Plain
from implement.rollout.service.log import Actor
from implement.store import Store

MOST_LISTED = 500


@dataclass(frozen=True)
class Frozen:
    """A run as it will be kept: plan and basis as bytes."""

    plan: bytes
    basis: bytes
    gathered: Gathered


class RunLacks(Exception):
    """A run cannot be computed; carries everything that is missing."""

    def __init__(self, lacks: Sequence[Lack]) -> None:
        super().__init__(f"{len(lacks)} missing")
        self.lacks = list(lacks)


def gather_run(rollout_id: int, run_id: int, *, tell: Tell | None = None) -> Frozen:
    """Gather and write down what a run would freeze; raises RunLacks, also when nobody has a variable part."""
    run = get_run(rollout_id, run_id)
    span, number = (run.first_day, run.last_day), run.number
    month = read_month(rollout_id, *span)
    gathered = gather(month, decided=read_decisions(run_id), tell=tell)
    if gathered.lacks:
        raise RunLacks(gathered.lacks)
    if not gathered.entries:
        raise RunLacks([Lack(0, "", "nobody", span[0])])
    rules: dict[str, Plain] = {str(key): write_rule(row.terms) for key, row in sorted(gathered.rules.items())}
    head: dict[str, object] = {
        "run": number, "first_day": span[0].isoformat(), "last_day": span[1].isoformat(), "engine": ENGINE,
        "rules": rules,
    }  # fmt: skip
    plan = freeze_plan(gathered.terms, gathered.entries)
    return Frozen(plan, freeze_basis(head, gathered.basis), gathered)


def compute_run(
    rollout_id: int, run_id: int, frozen: Frozen, *, store: Store, by: Actor, now: datetime, tell: Tell | None = None
) -> int:
    """Price what was gathered, prepare its files for payroll, then keep all of it; returns how many it pays."""
    run = get_run(rollout_id, run_id)
    priced = price_run(frozen.plan, frozen.basis, frozen.gathered.payees)
    freeze_with_files(run, priced, store=store, by=by, now=now, tell=tell)
    return len(priced.statements)


def freeze_with_files(
    run: PayRun, priced: Priced, *, store: Store, by: Actor, now: datetime, tell: Tell | None = None
) -> None:
    """Keep a priced draft and the files of each program, which are written before anything is."""
    office = read_office(run.rollout_id)
    prepared = prepare_files(run, list_drawn(priced.statements), office, tell=tell)
    freeze_run(run, priced, store=store, by=by, now=now)
    keep_files(run, priced.pay_sha256, prepared, office, store=store, by=by, now=now)


def read_decisions(run_id: int) -> Decided:
    """The newest decision on each person and KPI: payout, by whom, why."""
    one = PayDecision
    asked = select(one.person_id, one.kpi, one.payout, one.name, one.reason).where(one.run_id == run_id)
    rows = db.session.execute(asked.order_by(one.id))
    return {(who, kpi): (payout, name, reason) for who, kpi, payout, name, reason in rows}


def write_lacks(lacks: Sequence[Lack], names: dict[int, tuple[str, str]]) -> dict[str, Plain]:
    """What is missing as a job keeps it, by name; the count tells how many there are beyond those listed."""
    listed: list[Plain] = [
        {
            "person": one.person_id, "name": names.get(one.person_id, ("", ""))[1], "kpi": one.kpi, "what": one.what,
            "day": "" if one.first_day == date.min else one.first_day.isoformat(),
        }
        for one in lacks[:MOST_LISTED]
    ]  # fmt: skip
    return {"missing": listed, "count": len(lacks)}
