"""Ask for the full report, sign it."""

from wtforms import HiddenField, SelectChoice, SelectField
from wtforms.validators import InputRequired, Length

from implement.web.forms import BaseForm
from implement.web.texts import lazy
from implement.web.texts.languages import LANGUAGES


class ReportForm(BaseForm):
    """In which language the report is written."""

    language = SelectField(
        lazy("Language"), [InputRequired()], choices=[SelectChoice(code, name) for code, name in LANGUAGES.items()]
    )


class SignReportForm(BaseForm):
    """Which bytes are signed, and for which side."""

    sha256 = HiddenField(validators=[InputRequired(), Length(min=64, max=64)])
    role = HiddenField(validators=[InputRequired(), Length(max=20)])
