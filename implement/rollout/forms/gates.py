"""Forms at a gate: a document, a signature, an override, a stage done before Implement."""

from wtforms import SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from implement.web.forms import BaseForm, UploadField
from implement.web.texts import lazy


class DocumentForm(BaseForm):
    """The file for a criterion."""

    file = UploadField(lazy("Document"), [InputRequired()], limit_mb=50)


class ExceptionForm(BaseForm):
    """A sign-off that the criteria do not carry: who decides, and why."""

    kind = SelectField(
        lazy("What happened"),
        [InputRequired()],
        choices=[
            SelectChoice("before", lazy("done before Implement came")),
            SelectChoice("override", lazy("decided against open criteria")),
        ],
    )
    name = StringField(lazy("Who decides"), [InputRequired(), Length(max=200)])
    reason = TextAreaField(
        lazy("Reason"), [InputRequired(), Length(max=4000)], description=lazy("Stays visible in every report.")
    )
