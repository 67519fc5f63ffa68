"""Forms of the building blocks: tasks, discussion, the named view."""

from wtforms import SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from implement.web.access import Permission
from implement.web.forms import BaseForm, DayField
from implement.web.texts import lazy

TOKEN_LABELS = {
    Permission.IMPORT_USAGE: lazy("hand in usage events"),
    Permission.RUN_TRANSFER: lazy("hand in and reconcile records"),
    Permission.SEE_REPORT: lazy("read the report"),
}


class TokenForm(BaseForm):
    """A token for a program."""

    name = StringField(lazy("Which program"), [InputRequired(), Length(max=120)])
    permission = SelectField(lazy("What it may do"), [InputRequired()])


class TaskForm(BaseForm):
    """A task with one owner and a deadline."""

    title = StringField(lazy("What is to be done"), [InputRequired(), Length(max=300)])
    owner_id = SelectField(lazy("By whom"), [InputRequired()], coerce=int)
    due = DayField(lazy("Until"), [InputRequired()])
    escalate_to_id = SelectField(
        lazy("If overdue, tell"), coerce=lambda typed: int(typed) if typed else None, validators=[Optional()]
    )


class MessageForm(BaseForm):
    """A contribution to a discussion."""

    text = TextAreaField(lazy("Your contribution"), [InputRequired(), Length(max=10_000)])


class SwitchForm(BaseForm):
    """Consent to the named view, or its withdrawal."""

    reason = TextAreaField(lazy("Reason"), [InputRequired(), Length(max=2000)])
    is_on = SelectField(
        lazy("Named view"),
        [InputRequired()],
        choices=[
            SelectChoice("on", lazy("I consent to it")),
            SelectChoice("off", lazy("I withdraw or refuse my consent")),
        ],
    )
