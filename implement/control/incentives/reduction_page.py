"""What the pages of reductions and of a rule's simulation show."""

from datetime import UTC, date, datetime, time, timedelta

from wtforms import SelectChoice

from implement.control.incentives.forms.reductions import MonthForm, ReductionForm
from implement.control.incentives.run_page import last_day_of, sees_names
from implement.control.incentives.service.policy import read_pay_currency
from implement.control.incentives.service.reducing import ReductionRow, list_reductions
from implement.control.incentives.service.simulating import FEWEST, Simulation, simulate
from implement.control.incentives.tables import PayRule, PayRuleVersion
from implement.control.regulations.service.asking import list_regulations_at
from implement.rollout.service.people import list_payees
from implement.rollout.service.rollouts import zone_of
from implement.web.access import Standing
from implement.web.texts import _, _n, lazy, month

MONTHS_BACK = 6
STATES = {
    "noted": ("watch", lazy("the person is to be heard")),
    "heard": ("watch", lazy("heard; a second person decides")),
    "approved": ("bad", lazy("counts")),
    "withdrawn": ("neutral", lazy("withdrawn")),
}


def describe_reductions(standing: Standing) -> dict[str, object]:
    """Everything that was written down; names as far as they may be seen."""
    rows, names = list_reductions(standing.rollout_id), list_payees(standing.rollout_id)
    waiting = [row for row in rows if row.state in ("noted", "heard")]
    answer = _n("One reduction is undecided.", "%(num)d reductions are undecided.", len(waiting))
    shown = [(row, names.get(row.person_id, ("", ""))[1]) for row in rows]
    return {"answer": answer if waiting else _("No reduction is undecided."), "rows": shown, "states": STATES}


def describe_own(standing: Standing) -> list[ReductionRow]:
    """What was written down about oneself."""
    return list_reductions(standing.rollout_id, standing.person_id) if standing.person_id is not None else []


def offer_choices(form: ReductionForm, rollout_id: int, now: datetime) -> ReductionForm:
    """People, and the grounds of the regulations in force."""
    people = sorted(list_payees(rollout_id).items(), key=lambda one: one[1][1])
    form.person_id.choices = [SelectChoice(key, f"{name} ({number})") for key, (number, name) in people]
    listed = {ground.key: ground.ground for row in list_regulations_at(rollout_id, now) for ground in row.terms.grounds}
    form.ground.choices = [SelectChoice(key, f"{key}: {ground}") for key, ground in sorted(listed.items())]
    return form


def noon_of(rollout_id: int, day: date | None) -> datetime:
    """The middle of a day at the firm; the form has been validated."""
    assert day is not None
    return datetime.combine(day, time(12), zone_of(rollout_id)).astimezone(UTC)


def offer_months(form: MonthForm, today: date) -> MonthForm:
    """The months that are over, the newest first."""
    days, day = [], today
    for _number in range(MONTHS_BACK):
        day = (day.replace(day=1) - timedelta(days=1)).replace(day=1)
        days.append(day)
    form.month.choices = [SelectChoice(one.isoformat(), month(one)) for one in days]
    return form


def describe_simulation(
    rule: PayRule, version: PayRuleVersion, month: str, standing: Standing, today: date
) -> dict[str, object]:
    """A rule tried out on a month."""
    first = date.fromisoformat(month)
    found = simulate(rule.rollout_id, version, first, last_day_of(first))
    names = list_payees(rule.rollout_id)
    is_named = sees_names(standing, today)
    people = sorted(found.people, key=lambda one: one.difference_minor) if found and is_named else []
    return {
        "rule": rule, "version": version, "found": found, "fewest": FEWEST, "answer": say_simulation(found, first),
        "people": [(names[one.person_id][1], one) for one in people],
        "currency": read_pay_currency(rule.rollout_id),
    }  # fmt: skip


def say_simulation(found: Simulation | None, first_day: date) -> str:
    """The first line."""
    said = {"month": month(first_day)}
    if found is None:
        return _("The rule has faults; mend them first.")
    if not found.people:
        return _("For %(month)s nobody can be compared: targets, actuals or amounts are missing.", **said)
    if found.is_withheld:
        return _("Tried out on %(month)s: too few people on a side to tell winners and losers.", **said)
    said |= {"winners": str(found.winners), "losers": str(found.losers)}
    return _("Tried out on %(month)s: %(winners)s would get more, %(losers)s less.", **said)
