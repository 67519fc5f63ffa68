"""Write what was priced as JSON, one person a line; the same plan gives the same bytes."""

import json
from collections.abc import Iterable

from implement.engine.pay.plan import Plan
from implement.engine.pay.pricing import PersonPay, price_variable_pay

ENGINE = "implement-pay/1"
"""Changes whenever the same plan would give other amounts."""


def price_plan(plan: Plan) -> Iterable[PersonPay]:
    """Everybody's pay, in the order of the plan."""
    return (price_variable_pay(person, plan.terms) for person in plan.people)


def write_pay(plan: Plan) -> bytes:
    """The pay of a plan as the bytes of PAY.json."""
    head = f'{{"engine": {json.dumps(ENGINE)}, "input_sha256": {json.dumps(plan.input_sha256)}, "people": ['
    lines = ",\n".join(_write_person(pay) for pay in price_plan(plan))
    # Half of a pair of surrogates, which JSON may hold and UTF-8 may not, is written as the escape it was read from.
    return f"{head}\n{lines}\n]}}\n".encode(errors="backslashreplace")


def _write_person(pay: PersonPay) -> str:
    parts = [{"name": part.name, "minor": part.minor} for part in pay.parts]
    written = {"id": pay.person.id, "total_minor": pay.total_minor, "parts": parts}
    return json.dumps(written, ensure_ascii=False)
