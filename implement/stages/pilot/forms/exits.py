"""What is typed in at the exit of a wave."""

from wtforms import HiddenField, SelectChoice, SelectField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from implement.stages.pilot.service.exits import VERDICTS, ExitSaid
from implement.web.forms import BaseForm, DayField
from implement.web.texts import lazy
from implement.web.texts.languages import LANGUAGES


class ExitForm(BaseForm):
    """Go, extend or no go, and why."""

    verdict = SelectField(lazy("Decision"), [InputRequired()], choices=[SelectChoice(*one) for one in VERDICTS.items()])
    reason = TextAreaField(lazy("Reason"), [InputRequired(), Length(max=5000)], render_kw={"rows": 4})
    extended_until = DayField(lazy("Extended until"), [Optional()])
    language = SelectField(
        lazy("Language"), [InputRequired()], choices=[SelectChoice(*one) for one in LANGUAGES.items()]
    )

    def said(self) -> ExitSaid:
        """What was typed."""
        return ExitSaid(self.verdict.data, self.reason.data or "", self.extended_until.data)


class SignExitForm(BaseForm):
    """The exact bytes that were seen, and the side that signs."""

    sha256 = HiddenField(validators=[InputRequired(), Length(max=64)])
    role = HiddenField(validators=[InputRequired(), Length(max=20)])
