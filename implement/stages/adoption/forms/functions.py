"""What is typed in about functions, seats and fields of the CRM."""

from wtforms import SelectChoice, SelectField, StringField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from implement.stages.adoption.service.functions import COUNTED_AS
from implement.web.forms import BaseForm, DayField, MoneyField, WholeField
from implement.web.texts import lazy


class FunctionForm(BaseForm):
    """A function or a kind of seat."""

    name = StringField(lazy("Function or seat"), [InputRequired(), Length(max=200)])
    counted_as = SelectField(
        lazy("Its use is counted by"), choices=[SelectChoice(value, label) for value, label in COUNTED_AS.items()]
    )
    introduced_on = DayField(lazy("Introduced on"), [Optional()])
    told = StringField(lazy("Who was told, and how"), [Optional(), Length(max=2000)])
    seats = WholeField(lazy("Paid seats"), [Optional(), NumberRange(1, 1_000_000)])
    yearly_cost = MoneyField(lazy("Cost a year"), [Optional(), NumberRange(0, 10**12)])


class FieldForm(BaseForm):
    """A field that people fill in."""

    field = StringField(lazy("Field"), [InputRequired(), Length(max=200)])
    entries_a_week = WholeField(
        lazy("Entries a week, all people"),
        [Optional(), NumberRange(0, 10**7)],
        description=lazy("Left empty: as many as records are typed a week, by the usage log."),
    )
    seconds = WholeField(lazy("Seconds for one entry"), [InputRequired(), NumberRange(1, 3600)], default=5)
    hourly_cost = MoneyField(lazy("Cost of a working hour"), [InputRequired(), NumberRange(0, 10**7)])
    read_in = StringField(
        lazy("Read in which report or view"), [Optional(), Length(max=2000)], description=lazy("Left empty: nowhere.")
    )
