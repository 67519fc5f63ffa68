"""Forms of remedies: start one, stop one."""

from collections.abc import Sequence
from datetime import date

from wtforms import SelectChoice, SelectField, TextAreaField
from wtforms.validators import InputRequired, Length, ValidationError

from implement.stages.adoption.service.remedies import LONGEST_EXPECTED, Plan
from implement.web.forms import BaseForm, DayField
from implement.web.texts import _, lazy


class RemedyForm(BaseForm):
    """A remedy with its owner, first day and expected effect; choices are filled in by the page."""

    remedy = SelectField(lazy("Remedy"), [InputRequired()])
    chosen = SelectField("", default="")
    owner_id = SelectField(lazy("By whom"), [InputRequired()], coerce=int)
    starts_on = DayField(lazy("First day"), [InputRequired()])
    expected = TextAreaField(
        lazy("What you expect from it"),
        [InputRequired(), Length(max=LONGEST_EXPECTED)],
        description=lazy("One sentence, so that you can say later whether it came true."),
    )

    def offer_choice(self, label: str, nothing: str, choices: Sequence[tuple[str, str]]) -> None:
        """Ask for what the room of the remedy offers; where there is nothing to choose the question falls away."""
        if not choices:
            del self.chosen
            return
        self.chosen.label.text = label
        self.chosen.choices = [SelectChoice("", nothing), *(SelectChoice(*one) for one in choices)]

    def validate_starts_on(self, field: DayField) -> None:
        """Days far off are slips of the pen."""
        if isinstance(field.data, date) and not 2000 <= field.data.year <= 2100:
            raise ValidationError(_("Please write the day as 2024-03-31 or 31.03.2024."))

    @property
    def plan(self) -> Plan:
        """What was typed in."""
        assert self.starts_on.data is not None
        chosen = self.chosen.data if "chosen" in self else ""
        return Plan(self.remedy.data, self.owner_id.data, self.starts_on.data, self.expected.data or "", chosen or "")


class StopForm(BaseForm):
    """Why a remedy is stopped before its time."""

    reason = TextAreaField(lazy("Reason"), [InputRequired(), Length(max=1000)])
