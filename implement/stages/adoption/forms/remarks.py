"""Forms of remarks on reasons: speak, answer, go on."""

from wtforms import RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from implement.web.forms import BaseForm
from implement.web.texts import lazy

LONGEST = 5_000


class RemarkForm(BaseForm):
    """What a person says on a reason in their own evidence."""

    kind = RadioField(
        lazy("What you want to do"),
        [InputRequired()],
        choices=[
            SelectChoice("comment", lazy("explain it")),
            SelectChoice("contest", lazy("contest it: it is wrong or says something else")),
        ],
        default="comment",
    )
    text = TextAreaField(lazy("Your words"), [InputRequired(), Length(max=LONGEST)])


class AnswerForm(BaseForm):
    """The answer of whoever leads."""

    outcome = RadioField(
        lazy("Your answer"),
        [InputRequired()],
        choices=[
            SelectChoice("stands", lazy("the reason stands")),
            SelectChoice("withdrawn", lazy("the reason is withdrawn")),
        ],
    )
    text = TextAreaField(lazy("Why"), [InputRequired(), Length(max=LONGEST)])


class MoreForm(BaseForm):
    """A further contribution."""

    text = TextAreaField(lazy("Your contribution"), [InputRequired(), Length(max=LONGEST)])
