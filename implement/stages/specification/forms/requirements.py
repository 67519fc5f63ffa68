"""What is typed in of a requirement."""

from wtforms import HiddenField, SelectChoice, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from implement.rollout.service.people import list_members
from implement.stages.specification.service.origins import Origin
from implement.stages.specification.service.requirements import LONGEST_TEXT, PRIORITIES, RequirementText
from implement.stages.specification.tables import RequirementOrigin
from implement.web.forms import BaseForm
from implement.web.texts import _, lazy

NOBODY = 0
LONGEST_LINE = 160


class OriginForm(BaseForm):
    """The finding or task that a requirement is made of, `kind:key`."""

    origin = HiddenField(validators=[InputRequired(), Length(max=220)])


class RequirementForm(BaseForm):
    """A requirement with its test, its owner and what it follows from."""

    text = TextAreaField(
        lazy("What the CRM must be able to do"),
        [InputRequired(), Length(max=LONGEST_TEXT)],
        description=lazy("One thing in one sentence, so that both sides understand the same."),
    )
    acceptance_test = TextAreaField(
        lazy("Acceptance test"),
        [Optional(), Length(max=LONGEST_TEXT)],
        description=lazy("What somebody does and what they then see; without it the requirement hangs in the air."),
    )
    priority = SelectField(
        lazy("Priority"), choices=[SelectChoice(value, label) for value, label in PRIORITIES.items()], default="must"
    )
    owner_id = SelectField(lazy("Owner"), coerce=int, default=NOBODY)
    used_by = StringField(
        lazy("Who uses it"),
        [Optional(), Length(max=500)],
        description=lazy("Roles in the CRM, with commas between them."),
    )
    needs = TextAreaField(lazy("What it needs to know"), [Optional(), Length(max=LONGEST_TEXT)])
    origins = SelectMultipleField(
        lazy("Follows from"), widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )

    def offer(
        self, rollout_id: int, origins: list[Origin], chosen: list[RequirementOrigin] | None = None
    ) -> "RequirementForm":
        """Offer members as owners, and tasks and findings to follow from; what is gone stays as it was chosen."""
        members = {user_id: name for user_id, name, *_rest in list_members(rollout_id)}
        self.owner_id.choices = [SelectChoice(NOBODY, _("nobody yet"))]
        self.owner_id.choices += [SelectChoice(user_id, name) for user_id, name in members.items()]
        known = {f"{one.kind}:{one.key}": one.said for one in chosen or ()} | {one.choice: one.said for one in origins}
        self.origins.choices = [SelectChoice(key, _name_origin(key, said)) for key, said in known.items()]
        if not self.is_submitted() and chosen:
            self.origins.data = [f"{one.kind}:{one.key}" for one in chosen]
        return self

    def said(self) -> RequirementText:
        """What was typed."""
        return RequirementText(
            text=self.text.data,
            acceptance_test=self.acceptance_test.data or "",
            priority=self.priority.data,
            owner_id=self.owner_id.data or None,
            used_by=self.used_by.data or "",
            needs=self.needs.data or "",
            origins=tuple(self.origins.data or ()),
        )


def _name_origin(choice: str, said: str) -> str:
    """A task or a finding in a line."""
    line = said if len(said) <= LONGEST_LINE else f"{said[:LONGEST_LINE]}…"
    if choice.startswith("aim:"):
        return _("Task: %(said)s", said=line)
    return _("Finding: %(said)s", said=line)
