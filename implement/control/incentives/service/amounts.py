"""The variable amount agreed with each person: how much at full plan a month, by which rule, from which day."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from implement.control.incentives.service.policy import demand_variable
from implement.control.incentives.service.rules import get_rule
from implement.control.incentives.service.settled import demand_open_day
from implement.control.incentives.tables import PayRule, VariablePay
from implement.db import db
from implement.engine.pay.entry import MOST_MINOR
from implement.rollout.service.errors import NotFound, RuleBroken
from implement.rollout.service.log import Actor, log_write
from implement.rollout.service.people import list_payees
from implement.web.texts import lazy


@dataclass(frozen=True)
class AmountRow:
    """What holds for a person from a day on; 0 ends the variable part."""

    person_id: int
    rule_id: int
    rule: str
    variable_minor: int
    valid_from: date


def agree_amount(
    rollout_id: int, person_id: int, rule_id: int, variable_minor: int, *, valid_from: date, by: Actor, now: datetime
) -> VariablePay:
    """Write down what was agreed with a person; earlier agreements stay as they were."""
    demand_variable(rollout_id)
    if person_id not in list_payees(rollout_id):
        raise NotFound(lazy("There is no such person."))
    get_rule(rollout_id, rule_id)
    if not 0 <= variable_minor <= MOST_MINOR:
        raise RuleBroken(lazy("A variable part is never negative."))
    demand_open_day(rollout_id, valid_from)
    row = VariablePay(
        rollout_id=rollout_id, person_id=person_id, rule_id=rule_id, variable_minor=variable_minor,
        valid_from=valid_from, by_id=by.id, at=now,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    said = {"by": by, "now": now, "rollout_id": rollout_id, "rule": rule_id, "from_day": valid_from.isoformat()}
    log_write("agree_variable_pay", f"person:{person_id}", **said)  # type: ignore[arg-type]
    return row


def list_amounts(rollout_id: int, until: date) -> list[AmountRow]:
    """Every agreement that began by a day, by person, oldest first; of two from one day the one written last holds."""
    one = VariablePay
    asked = select(one.person_id, one.rule_id, PayRule.name, one.variable_minor, one.valid_from)
    here = (one.rollout_id == rollout_id, one.valid_from <= until)
    ordered = (
        asked.join(PayRule, PayRule.id == one.rule_id).where(*here).order_by(one.person_id, one.valid_from, one.id)
    )
    latest: dict[tuple[int, date], AmountRow] = {}
    for row in db.session.execute(ordered):
        latest[row.person_id, row.valid_from] = AmountRow(*row)
    return list(latest.values())


def pick_amount(rows: list[AmountRow], day: date) -> AmountRow | None:
    """Of one person's agreements the one that holds on a day."""
    return max((row for row in rows if row.valid_from <= day), key=lambda row: row.valid_from, default=None)
