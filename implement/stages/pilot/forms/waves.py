"""What is typed in about waves: who helps newcomers, and how much."""

from decimal import Decimal

from wtforms.validators import InputRequired, NumberRange, Optional

from implement.engine.support_load import SupportTerms
from implement.web.forms import BaseForm, LocalDecimalField, WholeField
from implement.web.texts import lazy

MOST_HOURS = 60
WEEK_FIELDS = ("first_week", "second_week", "third_week", "fourth_week")


class SupportForm(BaseForm):
    """How many people help, and how many hours a newcomer needs week by week."""

    supporters = WholeField(lazy("People who help"), [InputRequired(), NumberRange(0, 1000)])
    hours_each = LocalDecimalField(
        lazy("Hours a week that each of them has for it"), [InputRequired(), NumberRange(0, MOST_HOURS)]
    )
    first_week = LocalDecimalField(
        lazy("Hours a newcomer needs in the first week"), [InputRequired(), NumberRange(0, MOST_HOURS)]
    )
    second_week = LocalDecimalField(lazy("In the second week"), [Optional(), NumberRange(0, MOST_HOURS)])
    third_week = LocalDecimalField(lazy("In the third week"), [Optional(), NumberRange(0, MOST_HOURS)])
    fourth_week = LocalDecimalField(lazy("In the fourth week"), [Optional(), NumberRange(0, MOST_HOURS)])

    def fill(self, terms: SupportTerms) -> "SupportForm":
        """Show what holds now."""
        self.supporters.data, self.hours_each.data = terms.supporters, _hours(terms.minutes_each)
        for name, minutes in zip(WEEK_FIELDS, terms.minutes_by_week, strict=False):
            self[name].data = _hours(minutes)
        return self

    def said(self) -> SupportTerms:
        """What was typed, in minutes."""
        weeks = tuple(_minutes(self[name].data) for name in WEEK_FIELDS)
        return SupportTerms(int(str(self.supporters.data)), _minutes(self.hours_each.data), weeks)


def _hours(minutes: int) -> Decimal:
    return (Decimal(minutes) / 60).quantize(Decimal("0.01"))


def _minutes(hours: Decimal | int | None) -> int:
    return round(Decimal(hours or 0) * 60)
