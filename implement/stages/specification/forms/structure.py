"""What is typed of the planned CRM: roles, kinds of record, stages, functions, fields, rights, seconds."""

from wtforms import (
    BooleanField,
    HiddenField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from implement.engine.checklist.structure import MOST_DAYS, MOST_RECORDS_A_WEEK
from implement.stages.specification.service.fields import FieldText
from implement.stages.specification.service.requirements import list_choices
from implement.stages.specification.service.structure import (
    KIND_LABELS,
    LEVEL_LABELS,
    PART_LABELS,
    STEP_LABELS,
    Structure,
)
from implement.web.forms import BaseForm, WholeField
from implement.web.texts import _, lazy

NOTHING, MOST_ENTRIES, MOST_SECONDS = 0, 10_000, 3600
LONGEST_NAME, LONGEST_TEXT = 200, 2000


def _choices(labels: dict[str, object]) -> list[SelectChoice]:
    return [SelectChoice(value, label) for value, label in labels.items()]


class OutlineForm(BaseForm):
    """What roles, kinds of record, stages and parts have in common."""

    name = StringField(lazy("Name"), [InputRequired(), Length(max=LONGEST_NAME)])

    def offer(self, rollout_id: int, chosen: list[int]) -> "OutlineForm":
        """Offer what this rollout has to choose from."""
        return self

    def said(self) -> dict[str, object]:
        """What was typed, by column."""
        return {"name": self.name.data.strip()}

    def asked_by(self) -> list[int]:
        """The requirements that were chosen."""
        return []


class RoleForm(OutlineForm):
    """A role in the CRM."""


class ObjectForm(OutlineForm):
    """A kind of record."""

    records_a_week = WholeField(
        lazy("New ones a week, each person"), [InputRequired(), NumberRange(0, MOST_RECORDS_A_WEEK)]
    )
    estimate = StringField(lazy("Where this estimate comes from"), [InputRequired(), Length(max=500)])

    def said(self) -> dict[str, object]:
        """What was typed, by column."""
        return super().said() | {"records_a_week": self.records_a_week.data, "estimate": self.estimate.data.strip()}


class StageForm(OutlineForm):
    """A stage of a deal."""

    days = WholeField(lazy("At most so many days"), [InputRequired(), NumberRange(1, MOST_DAYS)])
    done_when = TextAreaField(lazy("It is left when"), [Optional(), Length(max=LONGEST_TEXT)])

    def said(self) -> dict[str, object]:
        """What was typed, by column."""
        return super().said() | {"days": self.days.data, "done_when": (self.done_when.data or "").strip()}


class PartForm(OutlineForm):
    """A function, widget or integration."""

    kind = SelectField(lazy("What it is"), choices=_choices(PART_LABELS))
    step = SelectField(lazy("When it comes"), choices=_choices(STEP_LABELS))
    requirements = SelectMultipleField(
        lazy("Requirements that ask for it"),
        coerce=int,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )

    def offer(self, rollout_id: int, chosen: list[int]) -> "PartForm":
        """Offer the requirements that stand."""
        self.requirements.choices = [SelectChoice(*one) for one in list_choices(rollout_id)]
        if not self.is_submitted():
            self.requirements.data = chosen
        return self

    def said(self) -> dict[str, object]:
        """What was typed, by column."""
        return super().said() | {"kind": self.kind.data, "step": self.step.data}

    def asked_by(self) -> list[int]:
        """The requirements that were chosen."""
        return list(self.requirements.data or ())


OUTLINE_FORMS: dict[str, type[OutlineForm]] = {
    "roles": RoleForm,
    "objects": ObjectForm,
    "stages": StageForm,
    "parts": PartForm,
}


class FieldForm(BaseForm):
    """A field of the planned CRM."""

    object_id = SelectField(lazy("Record"), coerce=int)
    name = StringField(lazy("Field"), [InputRequired(), Length(max=LONGEST_NAME)])
    kind = SelectField(lazy("Kind"), choices=_choices(KIND_LABELS))
    is_required = BooleanField(lazy("It must be filled in"))
    filled_by_id = SelectField(lazy("Filled in by"), coerce=int)
    read_by = StringField(
        lazy("Read by"), [Optional(), Length(max=500)], description=lazy("Roles, reports or views; left empty: nobody.")
    )
    requirement_id = SelectField(lazy("Requirement that asks for it"), coerce=int)
    step = SelectField(lazy("When it comes"), choices=_choices(STEP_LABELS))
    entries_a_week = WholeField(
        lazy("Entries a week, each person"),
        [Optional(), NumberRange(0, MOST_ENTRIES)],
        description=lazy("Left empty: once for each new record."),
    )

    def offer(self, rollout_id: int, structure: Structure) -> "FieldForm":
        """Offer kinds of record, roles and requirements of this rollout."""
        self.object_id.choices = [SelectChoice(one.id, one.name) for one in structure.objects]
        self.filled_by_id.choices = [SelectChoice(NOTHING, _("the CRM itself"))]
        self.filled_by_id.choices += [SelectChoice(one.id, one.name) for one in structure.roles]
        self.requirement_id.choices = [SelectChoice(NOTHING, _("none"))]
        self.requirement_id.choices += [SelectChoice(*one) for one in list_choices(rollout_id)]
        return self

    def said(self) -> FieldText:
        """What was typed."""
        entries = self.entries_a_week.data
        return FieldText(
            object_id=self.object_id.data,
            name=self.name.data.strip(),
            kind=self.kind.data,
            is_required=self.is_required.data,
            filled_by_id=self.filled_by_id.data or None,
            read_by=(self.read_by.data or "").strip(),
            requirement_id=self.requirement_id.data or None,
            step=self.step.data,
            entries_a_week=None if entries is None else int(entries),
        )


class ProposalForm(BaseForm):
    """From which field sets the structure is proposed."""

    businesses = SelectMultipleField(
        lazy("Kind of business"), widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )


class NormForm(BaseForm):
    """How long an entry of a kind takes here."""

    kind = HiddenField(validators=[InputRequired()])
    seconds = WholeField(lazy("Seconds for one entry"), [InputRequired(), NumberRange(1, MOST_SECONDS)])
    source = StringField(lazy("Measured or estimated by whom, and how"), [InputRequired(), Length(max=500)])


class RightsForm(BaseForm):
    """What each role may do with each kind of record; cells are named `right-role-object`."""

    def read(self, structure: Structure, sent: dict[str, str]) -> dict[tuple[int, int], str]:
        """The levels that were chosen; an unknown one is nothing."""
        pairs = [(role.id, record.id) for role in structure.roles for record in structure.objects]
        levels = {pair: sent.get(f"right-{pair[0]}-{pair[1]}", "none") for pair in pairs}
        return {pair: level if level in LEVEL_LABELS else "none" for pair, level in levels.items()}
