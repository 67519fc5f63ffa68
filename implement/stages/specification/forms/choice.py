"""What is typed in to choose a CRM."""

from collections.abc import Mapping, Sequence

from wtforms import BooleanField, Field, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from implement.engine.choice import Criterion, Gain, Guide
from implement.stages.specification.choice_page import FACT_LABELS, HOSTING_LABELS, LEVEL_LABELS
from implement.stages.specification.service.choice.comparing import Candidate
from implement.stages.specification.service.choice.gains import GainSaid
from implement.stages.specification.service.choice.needs import NeedsSaid
from implement.stages.specification.service.choice.weights import HIGHEST_POINTS, WeighedRequirement, Weights
from implement.web.forms import BaseForm, DayField, TickList, UploadField, WholeField
from implement.web.texts import LANGUAGES, language, lazy

MOST_USERS, MOST_RECORDS = 1_000_000, 1_000_000_000
ASKED = ""


class NeedsForm(BaseForm):
    """What the firm cannot do without."""

    users = WholeField(lazy("Users in three years"), [Optional(), NumberRange(1, MOST_USERS)])
    records = WholeField(lazy("Customers in three years"), [Optional(), NumberRange(0, MOST_RECORDS)])
    languages = TickList(
        lazy("Languages people must be able to work in"),
        choices=[SelectChoice(code, name) for code, name in LANGUAGES.items()],
    )
    hosting = SelectField(
        lazy("Where it may run"), choices=[SelectChoice(key, label) for key, label in HOSTING_LABELS.items()]
    )
    facts = TickList(lazy("What is so here"), choices=[SelectChoice(key, label) for key, label in FACT_LABELS.items()])
    must = TickList(lazy("Without these no system is chosen"))

    def offer(self, guide: Guide) -> "NeedsForm":
        """Offer the criteria."""
        self.must.choices = [SelectChoice(one.id, one.title.in_language(language())) for one in guide.criteria]
        return self

    def said(self) -> NeedsSaid:
        """What was typed."""
        ticked = [tuple(field.data or ()) for field in (self.languages, self.must, self.facts)]
        users, records = self.users.data, self.records.data
        return NeedsSaid(
            None if users is None else int(users), None if records is None else int(records), ticked[0],
            self.hosting.data or "", ticked[1], ticked[2], self.version.data,
        )  # fmt: skip


class CatalogueForm(BaseForm):
    """A catalogue that the consultancy wrote itself."""

    file = UploadField(lazy("Catalogue (YAML)"), [InputRequired()], accept=(".yaml", ".yml"), limit_mb=2)


class DecisionForm(BaseForm):
    """Which system is chosen, and why."""

    system = SelectField(lazy("CRM system"), [InputRequired()])
    reason = TextAreaField(lazy("Reason"), [InputRequired(), Length(max=2000)])

    def offer(self, candidates: Sequence[Candidate]) -> "DecisionForm":
        """Offer the systems that nothing rules out."""
        self.system.choices = [SelectChoice(one.system.id, one.system.name) for one in candidates]
        return self


class FieldsForm(BaseForm):
    """A form whose fields are made for what is at hand: one named pair or row each."""

    def value(self, name: str) -> object:
        """What stands in a field by its name."""
        return self[name].data


def make_levels_form(criteria: Sequence[Criterion], candidate: Candidate) -> FieldsForm:
    """One level and its evidence for each criterion, filled with what this rollout has found out."""
    fields: dict[str, Field] = {}
    choices = [SelectChoice(ASKED, lazy("as the catalogue says"))]
    choices += [SelectChoice(str(level), label) for level, label in LEVEL_LABELS.items()]
    for one in criteria:
        seen = candidate.seen.get(one.id)
        fields[f"level_{one.id}"] = SelectField(
            one.title.in_language(language()), choices=choices, default=str(seen.level) if seen else ASKED
        )
        fields[f"evidence_{one.id}"] = StringField(
            lazy("Seen by"), [Length(max=500)], default=seen.evidence if seen else ""
        )
    return _make(fields)


def read_levels_form(form: FieldsForm, criteria: Sequence[Criterion]) -> dict[str, tuple[int | None, str]]:
    """The levels that were typed in, with their evidence."""
    said = {}
    for one in criteria:
        level = str(form.value(f"level_{one.id}") or ASKED)
        said[one.id] = (None if level == ASKED else int(level), str(form.value(f"evidence_{one.id}") or ""))
    return said


def make_weights_form(required: Sequence[WeighedRequirement], weights: Weights, guide: Guide) -> FieldsForm:
    """For each requirement its criterion; for each criterion points and reason by hand."""
    choices = [SelectChoice("", lazy("none of them"))]
    choices += [SelectChoice(one.id, one.title.in_language(language())) for one in guide.criteria]
    fields: dict[str, Field] = {
        f"criterion_{one.id}": SelectField(f"R{one.number}", choices=choices, default=one.criterion_id)
        for one in required
    }
    for one in guide.criteria:
        points, reason = weights.own.get(one.id, (None, ""))
        limits = [Optional(), NumberRange(0, HIGHEST_POINTS)]
        fields[f"points_{one.id}"] = WholeField(lazy("Points by hand"), limits, default=points)
        fields[f"reason_{one.id}"] = StringField(lazy("Reason"), [Length(max=300)], default=reason)
    return _make(fields)


def read_criteria(form: FieldsForm, required: Sequence[WeighedRequirement]) -> dict[int, str]:
    """The criterion chosen for each requirement."""
    return {one.id: str(form.value(f"criterion_{one.id}") or "") for one in required}


def read_points(form: FieldsForm, weights: Weights, guide: Guide) -> dict[str, tuple[int | None, str]]:
    """The weights by hand that were changed."""
    changed = {}
    for one in guide.criteria:
        typed = form.value(f"points_{one.id}")
        points, reason = (None if typed is None else int(str(typed))), str(form.value(f"reason_{one.id}") or "").strip()
        before = weights.own.get(one.id)
        if (points, reason if points is not None else "") != (before or (None, "")):
            changed[one.id] = (points, reason)
    return changed


def make_gains_form(gains: Sequence[Gain], expected: Mapping[str, GainSaid]) -> FieldsForm:
    """For each gain whether it is expected, its measure, figures, day, and who counts."""
    fields: dict[str, Field] = {}
    for one in gains:
        said = expected.get(one.id)
        measure = said.measure if said else one.measure.in_language(language())
        fields[f"is_expected_{one.id}"] = BooleanField(one.title.in_language(language()), default=said is not None)
        fields[f"measure_{one.id}"] = StringField(lazy("Measure"), [Length(max=300)], default=measure)
        for name, label in (("figure_today", lazy("Today")), ("target", lazy("Target"))):
            default = getattr(said, name) if said else ""
            fields[f"{name}_{one.id}"] = StringField(label, [Length(max=80)], default=default)
        fields[f"due_{one.id}"] = DayField(lazy("By"), [Optional()], default=said.due if said else None)
        counted_by = said.counted_by if said else ""
        fields[f"counted_by_{one.id}"] = StringField(lazy("Counted by"), [Length(max=200)], default=counted_by)
    return _make(fields)


def read_gains(form: FieldsForm, gains: Sequence[Gain]) -> dict[str, GainSaid | None]:
    """Each gain as it was typed in; None where it is not expected."""
    said: dict[str, GainSaid | None] = {}
    for one in gains:
        words = [
            str(form.value(f"{name}_{one.id}") or "") for name in ("measure", "figure_today", "target", "counted_by")
        ]
        gain = GainSaid(words[0], words[1], words[2], form[f"due_{one.id}"].data, words[3])
        said[one.id] = gain if form.value(f"is_expected_{one.id}") else None
    return said


def _make(fields: Mapping[str, Field]) -> FieldsForm:
    form: FieldsForm = type("MadeForm", (FieldsForm,), dict(fields))()
    return form
