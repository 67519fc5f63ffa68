"""What is typed in at meetings."""

from wtforms import BooleanField, SelectChoice, SelectField, StringField, TextAreaField, TimeField
from wtforms.validators import InputRequired, Length

from implement.control.meetings.service.talk import LONGEST_NOTE
from implement.web.forms import BaseForm, DayField
from implement.web.texts import lazy

KIND_CHOICES = [SelectChoice("daily", lazy("Daily briefing")), SelectChoice("weekly", lazy("Weekly meeting"))]


class SeriesForm(BaseForm):
    """A series of meetings for a team."""

    team_id = SelectField(lazy("Team"), [InputRequired()], coerce=int)
    kind = SelectField(lazy("Meeting"), [InputRequired()], choices=KIND_CHOICES)
    begins = TimeField(lazy("Begins at"), [InputRequired()])


class PriorityForm(BaseForm):
    """One priority of the day."""

    text = StringField(lazy("What I set out to do"), [InputRequired(), Length(max=300)])


class NoteForm(BaseForm):
    """A contribution."""

    text = TextAreaField(lazy("Add"), [InputRequired(), Length(max=LONGEST_NOTE)], render_kw={"rows": 2})


class DecisionForm(BaseForm):
    """A decision with owner and deadline."""

    title = StringField(lazy("What is decided"), [InputRequired(), Length(max=300)])
    owner_id = SelectField(lazy("By whom"), [InputRequired()], coerce=int)
    due = DayField(lazy("Until"), [InputRequired()])
    is_strategic = BooleanField(lazy("A strategic decision"))


class RevisionForm(BaseForm):
    """A revision of minutes, with its reason."""

    minutes = TextAreaField(lazy("Minutes"), [InputRequired(), Length(max=100_000)], render_kw={"rows": 16})
    reason = StringField(lazy("Reason"), [InputRequired(), Length(max=500)])
