"""What is typed in about ways round the CRM."""

from wtforms import SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from implement.stages.adoption.service.bypasses import SOURCE_LABELS, STATES
from implement.web.forms import BaseForm, WholeField
from implement.web.texts import lazy


class BypassForm(BaseForm):
    """A way round the CRM, and what is done about it."""

    name = StringField(lazy("The way round the CRM"), [InputRequired(), Length(max=200)])
    technical_measure = TextAreaField(lazy("Technical measure"), [InputRequired(), Length(max=2000)])
    rule = TextAreaField(lazy("Administrative rule"), [InputRequired(), Length(max=2000)])
    owner_id = SelectField(lazy("Owner"), [InputRequired()], coerce=int)
    source = SelectField(
        lazy("How it is counted"), choices=[SelectChoice(value, label) for value, label in SOURCE_LABELS.items()]
    )


class NoteForm(BaseForm):
    """What became of it."""

    state = SelectField(
        lazy("State"), [InputRequired()], choices=[SelectChoice(value, label) for value, label in STATES.items()]
    )
    still_used = WholeField(lazy("Still used, times in four weeks"), [Optional(), NumberRange(0)])
    text = TextAreaField(lazy("Note"), [Optional(), Length(max=2000)])
