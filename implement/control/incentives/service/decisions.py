"""Signed decisions where a run lacks a figure: never silently 0, never a consequence without its basis (R3, R4)."""

from datetime import datetime

from implement.control.incentives.service.grounding import Grounds
from implement.control.incentives.service.runs import demand_state
from implement.control.incentives.tables import PayDecision, PayRun
from implement.db import db
from implement.engine.pay.entry import NoDecimal, read_decimal
from implement.engine.pay.frozen import freeze_basis
from implement.rollout.service.errors import NotFound, RuleBroken
from implement.rollout.service.log import Actor, log_write
from implement.rollout.service.people import list_payees
from implement.rollout.service.signatures import sign
from implement.web.access import Role
from implement.web.texts import lazy

DECIDING = (Role.HR, Role.LEAD)


def decide(
    run: PayRun, person_id: int, kpi: str, *, payout: str, reason: str, roles: frozenset[Role], by: Actor,
    now: datetime,
) -> PayDecision:  # fmt: skip
    """Decide what a KPI of a person pays in a draft, as a share of its part, and sign it.

    Less than the whole is refused where no acknowledged regulation lets the KPI feed this person's pay.
    """
    demand_state(run, "draft")
    if person_id not in list_payees(run.rollout_id):
        raise NotFound(lazy("There is no such person."))
    if not reason.strip():
        raise RuleBroken(lazy("Please give a reason; the person can read it."))
    try:
        share = read_decimal(payout)
    except NoDecimal as fault:
        raise RuleBroken(lazy("The payout is a share between 0 and 200 %.")) from fault
    if not 0 <= share <= 2:
        raise RuleBroken(lazy("The payout is a share between 0 and 200 %."))
    basis = Grounds(run.rollout_id, [person_id]).ask(kpi, person_id, run.first_day)
    if basis.why_not and share < 1:
        raise RuleBroken(lazy("Without an acknowledged regulation nothing less than the whole may be decided."))
    row = PayDecision(
        run_id=run.id, person_id=person_id, kpi=kpi, payout=payout, reason=reason.strip(), by_id=by.id, name=by.name,
        at=now,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    said = freeze_basis({"run": run.id}, [{"id": str(person_id), "kpi": kpi, "payout": payout, "reason": row.reason}])
    role = next((one for one in DECIDING if one in roles), Role.SALESPERSON)
    sign(run.rollout_id, f"pay_decision:{row.id}", said, role=role, roles=roles, by=by, now=now)
    log_write("decide_pay", f"pay_decision:{row.id}", by=by, now=now, rollout_id=run.rollout_id, kpi=kpi)
    return row
