"""What the page of agreed amounts shows."""

from dataclasses import dataclass
from datetime import date

from wtforms import SelectChoice

from implement.control.incentives.forms import AmountForm
from implement.control.incentives.service.amounts import AmountRow, list_amounts
from implement.control.incentives.service.policy import read_pay_currency
from implement.control.incentives.service.rules import list_versions
from implement.rollout.service.people import list_payees
from implement.web.texts import _n


@dataclass(frozen=True)
class ShownAmount:
    """What was agreed with a person."""

    number: str
    name: str
    row: AmountRow


def describe(rollout_id: int, today: date) -> dict[str, object]:
    """Every agreement, by name, and how many people have none."""
    names = list_payees(rollout_id)
    rows = list_amounts(rollout_id, date.max)
    shown = [ShownAmount(*names[row.person_id], row) for row in rows if row.person_id in names]
    having = {row.person_id for row in rows if row.valid_from <= today}
    answer = _n("One person has a variable part.", "%(num)d people have a variable part.", len(having))
    return {
        "answer": answer,
        "rows": sorted(shown, key=lambda one: (one.name, one.row.valid_from)),
        "without": len(names.keys() - {row.person_id for row in rows}),
        "currency": read_pay_currency(rollout_id),
    }


def offer_choices(form: AmountForm, rollout_id: int) -> AmountForm:
    """People and rules to choose from."""
    names = sorted(list_payees(rollout_id).items(), key=lambda one: one[1][1])
    form.person_id.choices = [SelectChoice(key, f"{name} ({number})") for key, (number, name) in names]
    rules = {row.rule_id: row.name for row in list_versions(rollout_id)}
    form.rule_id.choices = [SelectChoice(key, name) for key, name in rules.items()]
    return form
