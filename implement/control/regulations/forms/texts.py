"""Forms of texts: a new one, a draft with whom it binds."""

from wtforms import BooleanField, SelectChoice, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from implement.control.regulations.service.drafts import MOST_DAYS, MOST_MONTHS
from implement.web.access import Role
from implement.web.forms import BaseForm, DayField, WholeField
from implement.web.roles import ROLE_LABELS
from implement.web.texts import lazy

TEXT_ROWS = 20
LONGEST_TEXT = 100_000
KINDS = [
    SelectChoice("regulation", lazy("Regulation of the firm")),
    SelectChoice("agreement", lazy("Agreement about what is evaluated")),
]


class BoxesField(SelectMultipleField):
    """Several of a few choices, as boxes to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class NewForm(BaseForm):
    """A text people are bound by."""

    kind = SelectField(lazy("Kind"), [InputRequired()], choices=KINDS)
    title = StringField(lazy("Title"), [InputRequired(), Length(max=200)])
    valid_from = DayField(lazy("Valid from"), [InputRequired()])
    text = TextAreaField(lazy("Text"), [InputRequired(), Length(max=LONGEST_TEXT)], render_kw={"rows": TEXT_ROWS})


class DraftForm(BaseForm):
    """The words of a draft, whom it binds, and by when it is acknowledged."""

    title = StringField(lazy("Title"), [InputRequired(), Length(max=200)])
    valid_from = DayField(lazy("Valid from"), [InputRequired()])
    text = TextAreaField(lazy("Text"), [InputRequired(), Length(max=LONGEST_TEXT)], render_kw={"rows": TEXT_ROWS})
    roles = BoxesField(
        lazy("Binds these roles"),
        choices=[SelectChoice(role.value, ROLE_LABELS[role]) for role in Role],
        description=lazy("None ticked: everybody."),
        validators=[Optional()],
    )
    team_ids = BoxesField(
        lazy("Binds these teams"),
        coerce=int,
        description=lazy("None ticked: all teams."),
        validators=[Optional()],
    )
    days_to_acknowledge = WholeField(
        lazy("Days to acknowledge it"), [InputRequired(), NumberRange(min=1, max=MOST_DAYS)]
    )
    keep_months = WholeField(
        lazy("Figures about people are kept for so many months"), [Optional(), NumberRange(min=1, max=MOST_MONTHS)]
    )
    council_approves = BooleanField(lazy("An agreement: the council approves every regulation"))
    covers_looks = BooleanField(
        lazy("An agreement: it also covers unusual views and exports, to protect the client base")
    )
    covers_calls = BooleanField(
        lazy("An agreement: it also covers counting calls and mails by team; never what was said or to whom")
    )
