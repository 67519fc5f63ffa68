"""What is typed in of scenarios, trials and defects."""

from collections.abc import Sequence

from wtforms import SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from implement.stages.pilot.service.defects import GRAVITIES, STATES, DefectSaid
from implement.stages.pilot.service.scenarios import BLOCKED, FAILED, PASSED, Said
from implement.web.forms import BaseForm, UploadField
from implement.web.texts import _, lazy

RESULTS = {
    PASSED: lazy("it works"),
    FAILED: lazy("it does not work"),
    BLOCKED: lazy("it could not be tried"),
}


class TesterForm(BaseForm):
    """Who tries a scenario."""

    tester_id = SelectField(lazy("Tester"), coerce=int)

    def offer(self, members: Sequence[tuple[int, str]]) -> "TesterForm":
        """Offer those who may test."""
        self.tester_id.choices = [SelectChoice(0, _("nobody yet")), *(SelectChoice(*one) for one in members)]
        return self


class TrialForm(BaseForm):
    """How a trial went."""

    result = SelectField(lazy("Result"), [InputRequired()], choices=[SelectChoice(*one) for one in RESULTS.items()])
    note = TextAreaField(lazy("What you saw"), [Optional(), Length(max=5000)], render_kw={"rows": 4})
    file = UploadField(lazy("Evidence: a picture or a file"), limit_mb=20)
    defect = StringField(lazy("Defect found, in one line"), [Optional(), Length(max=300)])
    gravity = SelectField(
        lazy("How grave"), choices=[SelectChoice(*one) for one in GRAVITIES.items()], default="normal"
    )

    def said(self) -> Said:
        """What was typed."""
        return Said(self.result.data, self.note.data or "", self.defect.data or "", self.gravity.data)


class DefectForm(BaseForm):
    """A defect, and how far it is."""

    title = StringField(lazy("Defect"), [InputRequired(), Length(max=300)])
    gravity = SelectField(lazy("How grave"), choices=[SelectChoice(*one) for one in GRAVITIES.items()])
    owner_id = SelectField(lazy("Who mends it"), coerce=int)
    state = SelectField(lazy("State"), choices=[SelectChoice(*one) for one in STATES.items()])
    note = TextAreaField(lazy("Note"), [Optional(), Length(max=5000)], render_kw={"rows": 4})

    def offer(self, members: Sequence[tuple[int, str]]) -> "DefectForm":
        """Offer those who belong here."""
        self.owner_id.choices = [SelectChoice(0, _("nobody yet")), *(SelectChoice(*one) for one in members)]
        return self

    def said(self) -> DefectSaid:
        """What was typed."""
        owner_id = self.owner_id.data or None
        return DefectSaid(str(self.title.data), self.gravity.data, owner_id, self.state.data, self.note.data or "")
