"""Forms of reductions and of simulations."""

from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from implement.web.forms import BaseForm, DayField
from implement.web.texts import lazy


class ReductionForm(BaseForm):
    """Something that happened on a listed ground."""

    person_id = SelectField(lazy("Person"), [InputRequired()], coerce=int)
    ground = SelectField(lazy("Ground in the regulation"), [InputRequired()])
    day = DayField(lazy("When it happened"), [InputRequired()])
    sanction_day = DayField(
        lazy("Day of the sanction"), [Optional()],
        description=lazy("Where the law asks for one: only the pay of that month falls."),
    )  # fmt: skip
    note = StringField(lazy("What happened"), [InputRequired(), Length(max=1000)])


class HearForm(BaseForm):
    """What the person has to say to it."""

    said = TextAreaField(lazy("What I have to say to it"), [InputRequired(), Length(max=4000)], render_kw={"rows": 3})


class MonthForm(BaseForm):
    """A month that is over."""

    month = SelectField(lazy("Month"), [InputRequired()])
