"""Forms of pay runs, statements and objections."""

from decimal import Decimal

from wtforms import HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange

from implement.control.incentives.forms.rules import plain
from implement.web.forms import BaseForm, LocalDecimalField, ShareField
from implement.web.texts import lazy


class RunForm(BaseForm):
    """The month of a pay run."""

    month = SelectField(lazy("Month"), [InputRequired()])


class SeenForm(BaseForm):
    """A step over exactly the pay that was seen."""

    seen = HiddenField(validators=[Length(max=64)])


class BackForm(BaseForm):
    """Why a run is sent back."""

    note = StringField(lazy("Reason"), [InputRequired(), Length(max=500)])


class DecideForm(BaseForm):
    """A decision where a figure is missing."""

    kpi = HiddenField(validators=[InputRequired(), Length(max=120)])
    payout = ShareField(lazy("It pays % of its part"), [InputRequired(), NumberRange(0, 2)], default=Decimal(1))
    reason = StringField(lazy("Reason"), [InputRequired(), Length(max=500)])


class ObjectForm(BaseForm):
    """An objection to a statement or to one of its lines."""

    line_id = SelectField(lazy("It is about"), coerce=int)
    text = TextAreaField(lazy("What is wrong"), [InputRequired(), Length(max=4000)], render_kw={"rows": 3})


class AnswerForm(BaseForm):
    """A rejection with its reason."""

    reason = TextAreaField(lazy("Reason"), [InputRequired(), Length(max=4000)], render_kw={"rows": 3})


class CorrectForm(BaseForm):
    """What an actual really was."""

    line = SelectField(lazy("Figure"), [InputRequired()])
    actual = LocalDecimalField(lazy("What was really reached"), [InputRequired(), NumberRange(0, 10**12)])
    correct_reason = StringField(lazy("Reason"), [InputRequired(), Length(max=500)])

    def written(self) -> str:
        """The actual as a plan writes it."""
        return plain(self.actual.data)
