"""What is unused, in a sentence and rows."""

from collections.abc import Sequence
from fractions import Fraction

from implement.engine.unused import LEAST_USERS
from implement.stages.adoption.service.functions import FieldRow, FunctionRow, Uses
from implement.web.texts import _, _n, number, rounded_money


def say_answer(functions: Sequence[FunctionRow], fields: Sequence[FieldRow], currency: str) -> str:
    """How much of what is paid for is unused, and what typing for nobody takes."""
    if not functions and not fields:
        return _("Which functions and fields does the CRM have? None is written down yet.")
    idle = [row.unused_minor for row in functions if row.unused_minor is not None]
    minutes, cost = sum_unread(fields)
    said = _("What unused functions and seats cost is not known yet")
    if idle:
        said = _("Unused functions and seats cost %(money)s a year", money=rounded_money(sum(idle), currency))
    typing = _(
        "fields that nobody reads take %(minutes)s minutes a week, %(money)s a year.",
        minutes=number(minutes, 0), money=rounded_money(cost, currency),
    )  # fmt: skip
    return f"{said}; {typing}"


def sum_unread(fields: Sequence[FieldRow]) -> tuple[Fraction, int]:
    """Minutes a week and cost a year of the fields read nowhere."""
    efforts = [row.effort for row in fields if row.effort is not None and not row.read_in]
    return sum((one.minutes_a_week for one in efforts), Fraction(0)), sum(one.cost_a_year_minor for one in efforts)


def say_used(row: FunctionRow, uses: Uses | None) -> str:
    """By how many of how many people; of one to four only that they are few."""
    if row.used is None or uses is None:
        return _("the log does not tell")
    if not row.used:
        return _("nobody of %(people)s", people=number(uses.people))
    if row.used < LEAST_USERS:
        return _("fewer than five of %(people)s", people=number(uses.people))
    return _n("one of %(people)s", "%(num)d of %(people)s", row.used, people=number(uses.people))


def say_unused(row: FunctionRow, currency: str) -> str:
    """The yearly cost of the unused."""
    if row.yearly_cost_minor is None or row.used is None:
        return _("not known")
    if row.unused_minor is None:
        return _("withheld: fewer than five people")
    return rounded_money(row.unused_minor, currency)
