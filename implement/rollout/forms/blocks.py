"""Forms of the building blocks: tasks, discussion, regulations, the named view."""

from wtforms import BooleanField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from implement.web.access import Permission
from implement.web.forms import BaseForm, DayField
from implement.web.texts import lazy

TEXT_ROWS = 20
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


COVERS_LOOKS = lazy("An agreement: it also covers unusual views and exports, to protect the client base")
COVERS_CALLS = lazy("An agreement: it also covers counting calls and mails by team; never what was said or to whom")


class RegulationForm(BaseForm):
    """A text people are bound by."""

    kind = SelectField(
        lazy("Kind"),
        [InputRequired()],
        choices=[
            SelectChoice("regulation", lazy("Regulation of the firm")),
            SelectChoice("agreement", lazy("Agreement about what is evaluated")),
        ],
    )
    title = StringField(lazy("Title"), [InputRequired(), Length(max=200)])
    valid_from = DayField(lazy("Valid from"), [InputRequired()])
    text = TextAreaField(lazy("Text"), [InputRequired(), Length(max=100_000)], render_kw={"rows": TEXT_ROWS})
    covers_looks = BooleanField(COVERS_LOOKS)
    covers_calls = BooleanField(COVERS_CALLS)


class VersionForm(BaseForm):
    """The next version of a text."""

    valid_from = DayField(lazy("Valid from"), [InputRequired()])
    text = TextAreaField(lazy("Text"), [InputRequired(), Length(max=100_000)], render_kw={"rows": TEXT_ROWS})
    covers_looks = BooleanField(COVERS_LOOKS)
    covers_calls = BooleanField(COVERS_CALLS)


def read_purposes(form: RegulationForm | VersionForm) -> dict[str, bool]:
    """What an agreement covers besides use and transfer."""
    return {name: bool(form[name].data) for name in ("covers_looks", "covers_calls")}


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
