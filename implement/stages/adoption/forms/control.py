"""Forms of the first month's control: start it, tick a check."""

from wtforms import SelectField, StringField
from wtforms.validators import InputRequired, Length

from implement.stages.adoption.service.control import LONGEST_EVIDENCE
from implement.web.forms import BaseForm, DayField
from implement.web.texts import lazy


class ControlForm(BaseForm):
    """For which team, or all teams of a wave, and from which day."""

    whom = SelectField(lazy("For whom"), [InputRequired()])
    starts_on = DayField(lazy("First day"), [InputRequired()])


class TickForm(BaseForm):
    """What was seen."""

    evidence = StringField(lazy("What you saw"), [InputRequired(), Length(max=LONGEST_EVIDENCE)])
