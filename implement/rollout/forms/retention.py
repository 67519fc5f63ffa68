"""The form for how long a class is kept."""

from wtforms import IntegerField, SelectField, TextAreaField
from wtforms.validators import InputRequired, Length

from implement.web.forms import BaseForm
from implement.web.texts import lazy


class PeriodForm(BaseForm):
    """Another period for one class, with a reason."""

    kind = SelectField(lazy("What"), [InputRequired()])
    days = IntegerField(lazy("Kept for so many days"), [InputRequired()])
    reason = TextAreaField(lazy("Reason"), [InputRequired(), Length(max=1000)])
