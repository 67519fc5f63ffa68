"""What is typed in an audit: answers, people, files, the consultant's own findings."""

from collections import Counter
from collections.abc import Sequence
from contextlib import suppress

from wtforms import EmailField, Field, SelectChoice, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional, Regexp, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from implement.engine.checklist import AnswerKind, Item, JoinedPack, Pack, RuleKind, Section, Severity
from implement.rollout.service.rollouts import get_rollout
from implement.stages.audit.service.findings import FindingText
from implement.stages.audit.words import KIND_LABELS, ROLE_LABELS, SEVERITY_LABELS
from implement.web.access import standing
from implement.web.forms import BaseForm, MoneyField, NotReadable, UploadField, read_number
from implement.web.texts import _, language, lazy

EVIDENCE_LIMIT_MB = 50
LINK_DAYS = 14
NUMBER_SIGNS = str.maketrans("", "", "%€$£")
ROLES = [SelectChoice(role, label) for role, label in ROLE_LABELS.items() if role != "consultant"]


class WordsField(Field):
    """All that was typed or ticked under one name, in its order."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Keep every word."""
        self.data: list[str] = list(valuelist)


class AnswerForm(BaseForm):
    """The answer to one question, with a note."""

    value = WordsField()
    note = TextAreaField()


class EvidenceForm(BaseForm):
    """A file shown for an answer."""

    file = UploadField(lazy("File"), [InputRequired()], limit_mb=EVIDENCE_LIMIT_MB)


class PersonForm(BaseForm):
    """Somebody who answers in person."""

    name = StringField(lazy("Name"), [InputRequired(), Length(max=200)])
    role = SelectField(lazy("Role"), [InputRequired()], choices=ROLES)


def mostly_asked(section: Section) -> str:
    """The role that can answer most questions of a section."""
    return Counter(item.role.value for item in section.items).most_common(1)[0][0]


class AskForm(PersonForm):
    """Somebody who gets a link for some sections."""

    sections = SelectMultipleField(
        lazy("Sections to answer"),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        validators=[InputRequired(lazy("Please choose at least one section."))],
    )
    days = SelectField(
        lazy("The link holds for"),
        [InputRequired()],
        coerce=int,
        default=LINK_DAYS,
        choices=[
            SelectChoice(7, lazy("one week")),
            SelectChoice(14, lazy("two weeks")),
            SelectChoice(30, lazy("thirty days")),
        ],
    )
    email = EmailField(
        lazy("E-mail address"),
        [Optional(), Regexp(r"^[^@\s]+@[^@\s]+$", message=lazy("This is not an e-mail address.")), Length(max=254)],
        description=lazy("If given, the link is also sent there."),
    )

    def offer(self, pack: JoinedPack) -> "AskForm":
        """Offer the sections, each with its pack where there are several."""
        speaks = language()
        self.sections.choices = []
        for section in pack.sections:
            origin = f"{pack.origins[section.id].title.in_language(speaks)}: " if len(pack.packs) > 1 else ""
            title, asked = section.title.in_language(speaks), ROLE_LABELS[mostly_asked(section)]
            label = f"{origin}{title} ({len(section.items)}, {asked})"
            self.sections.choices.append(SelectChoice(section.id, label))
        return self


def own_currency() -> str:
    """The currency of the rollout at hand."""
    return get_rollout(standing().rollout_id).currency


class PacksForm(BaseForm):
    """What an audit is made of."""

    packs = SelectMultipleField(lazy("Packs"), validate_choice=False)


class OwnPackForm(BaseForm):
    """A pack that the consultancy wrote itself."""

    file = UploadField(lazy("Pack (YAML)"), [InputRequired()], accept=(".yaml", ".yml"), limit_mb=2)


class FindingForm(BaseForm):
    """A finding of the consultant's own."""

    kind = SelectField(
        lazy("What it is"),
        [InputRequired()],
        choices=[SelectChoice(kind.value, label) for kind, label in KIND_LABELS.items()],
    )
    severity = SelectField(
        lazy("How grave"),
        [InputRequired()],
        coerce=int,
        default=Severity.HIGH.value,
        choices=[SelectChoice(severity.value, label) for severity, label in SEVERITY_LABELS.items()],
    )
    problem = StringField(lazy("Problem"), [InputRequired(), Length(max=200)], description=lazy("One sentence."))
    cause = TextAreaField(lazy("Likely cause"), [Length(max=600)])
    recommendation = TextAreaField(lazy("Recommendation"), [Length(max=400)])
    amount_minor_per_year = MoneyField(lazy("Money a year"), [Optional()], currency=own_currency)
    calculation = TextAreaField(
        lazy("How the money was calculated"),
        [Length(max=400)],
        description=lazy("Factor by factor, so that somebody else comes to the same figure."),
    )
    item_id = SelectField(lazy("Follows from the question"), choices=[], default="")

    def offer(self, pack: Pack) -> "FindingForm":
        """Offer the questions of the pack."""
        labels = [
            SelectChoice(item.id, f"{n} {item.label.in_language(language())}") for n, item in enumerate(pack.items, 1)
        ]
        self.item_id.choices = [SelectChoice("", _("none of them")), *labels]
        return self

    def validate_calculation(self, field: Field) -> None:
        """Demand the calculation behind an amount."""
        if self.amount_minor_per_year.data is not None and not (field.data or "").strip():
            raise ValidationError(_("Money needs its calculation."))

    def text(self) -> FindingText:
        """What was written."""
        amount = self.amount_minor_per_year.data
        return FindingText(
            kind=RuleKind(self.kind.data),
            severity=Severity(self.severity.data),
            problem=self.problem.data or "",
            cause=self.cause.data or "",
            recommendation=self.recommendation.data or "",
            amount_minor_per_year=None if amount is None else int(amount),
            calculation=self.calculation.data or "",
            item_id=self.item_id.data or "",
        )


def plain_words(item: Item, words: Sequence[str]) -> list[str]:
    """The words as the engine reads them: a number is read as the reader's language writes it (1.200 or 1,200)."""
    if item.kind is not AnswerKind.NUMBER:
        return list(words)
    plain = []
    for word in words:
        with suppress(NotReadable):
            word = str(read_number(word.translate(NUMBER_SIGNS), language()))
        plain.append(word)
    return plain
