"""A finding that somebody writes, with the figures behind its money."""

from collections.abc import Sequence
from fractions import Fraction

from markupsafe import Markup
from wtforms import Field, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from implement.engine.calculation import NamedFigure
from implement.engine.checklist import Pack, RuleKind, Severity
from implement.stages.audit.service.findings import FindingText, read_figures
from implement.stages.audit.tables import OwnFinding
from implement.stages.audit.words import KIND_LABELS, SEVERITY_LABELS, say_figure
from implement.web.forms import BaseForm, NotReadable, read_number
from implement.web.texts import _, language, lazy

MOST_FIGURES = 5
LONGEST_LABEL = 120
BOX = Markup(
    '<li><input class="form-control" name="{name}" value="{label}" aria-label="{what}" maxlength="{longest}">'
    '<input class="form-control num" name="{name}" value="{value}" aria-label="{how_much}" inputmode="decimal"></li>'
)


class FigureBoxes:
    """Boxes for five figures, what each counts and its value; those left empty do not count."""

    def __call__(self, field: "FiguresField", **attributes: object) -> Markup:
        """The boxes as a numbered list."""
        typed = [*field.typed(), *[("", "")] * MOST_FIGURES][:MOST_FIGURES]
        rows = (
            BOX.format(
                name=field.name, label=label, value=value, longest=LONGEST_LABEL,
                what=_("What the figure %(n)s counts", n=n), how_much=_("Value of the figure %(n)s", n=n),
            )
            for n, (label, value) in enumerate(typed, 1)
        )  # fmt: skip
        said = Markup(' aria-describedby="{}"').format(attributes.get("aria-describedby", ""))
        return Markup('<ol class="figure-boxes" id="{}"{}>{}</ol>').format(field.id, said, Markup().join(rows))


class FiguresField(Field):
    """The figures that are multiplied: `420 requests a month`, `12 months`, `8 %`; `.data` is a tuple of them."""

    widget = FigureBoxes()

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Read the boxes two by two; every figure that cannot be read is named by its place."""
        if not valuelist:
            return
        self.raw_data = list(valuelist)
        faults, figures = [], []
        for n, (label, value) in enumerate(self.typed(), 1):
            try:
                figures += [read_figure(label, value)] if label or value else []
            except ValueError as fault:
                faults.append(_("Figure %(n)s: %(reason)s", n=n, reason=fault))
        self.data: tuple[NamedFigure, ...] | None = tuple(figures)
        if faults:
            raise ValueError(" ".join(faults))

    def typed(self) -> list[tuple[str, str]]:
        """What stands in the boxes: what was typed, else the figures as the reader's language writes them."""
        if self.raw_data:
            words = [" ".join(word.split()) for word in self.raw_data]
            return list(zip(words[::2], words[1::2], strict=False))
        return [(one.label, say_figure(one)) for one in self.data or ()]


def read_figure(label: str, value: str) -> NamedFigure:
    """One figure as it was typed; raises ValueError with the reason."""
    if not label:
        raise ValueError(_("say in words what it counts."))
    if not value:
        raise ValueError(_("its value is missing."))
    is_share = value.endswith("%")
    try:
        amount = Fraction(read_number(value.rstrip("% \u00a0\u202f"), language()))
    except NotReadable as fault:
        raise ValueError(_("“%(value)s” is not a number.", value=value[:40])) from fault
    return NamedFigure(label[:LONGEST_LABEL], amount / 100 if is_share else amount, is_share)


class NoteForm(BaseForm):
    """A finding noted during the talk, in one sentence; the rest is filled in afterwards."""

    problem = StringField(lazy("Problem"), [InputRequired(), Length(max=200)])
    severity = SelectField(
        lazy("How grave"),
        [InputRequired()],
        coerce=int,
        default=Severity.HIGH.value,
        choices=[SelectChoice(severity.value, label) for severity, label in SEVERITY_LABELS.items()],
    )

    def text(self, item_id: str) -> FindingText:
        """What was noted, on the question at hand."""
        return FindingText(RuleKind.FINDING, Severity(self.severity.data), self.problem.data or "", item_id=item_id)


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
    evidence = TextAreaField(
        lazy("What shows it"),
        [Length(max=600)],
        description=lazy("What you saw, counted or were shown, and where: a list, a page, a date."),
    )
    recommendation = TextAreaField(lazy("Recommendation"), [Length(max=400)])
    figures = FiguresField(
        lazy("Money a year: figures that are multiplied"),
        description=lazy(
            "Each with its words, for example “requests lost a month” 36, “months” 12, “margin of an order” 420; "
            "a share as 8 %. The product is the money a year, so nobody has to believe a bare number."
        ),
    )
    item_id = SelectField(lazy("Follows from the question"), choices=[], default="")

    def offer(self, pack: Pack, row: OwnFinding | None = None) -> "FindingForm":
        """Offer the questions of the pack, and show the figures of a finding that is changed."""
        labels = [
            SelectChoice(item.id, f"{n} {item.label.in_language(language())}") for n, item in enumerate(pack.items, 1)
        ]
        self.item_id.choices = [SelectChoice("", _("none of them")), *labels]
        if row is not None and not self.figures.raw_data:
            self.figures.data = read_figures(row)
        return self

    def text(self) -> FindingText:
        """What was written."""
        return FindingText(
            kind=RuleKind(self.kind.data),
            severity=Severity(self.severity.data),
            problem=self.problem.data or "",
            cause=self.cause.data or "",
            recommendation=self.recommendation.data or "",
            evidence=self.evidence.data or "",
            figures=self.figures.data or (),
            item_id=self.item_id.data or "",
        )
