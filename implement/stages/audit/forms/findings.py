"""A finding that somebody writes."""

from wtforms import Field, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from implement.engine.checklist import Pack, RuleKind, Severity
from implement.rollout.service.rollouts import get_rollout
from implement.stages.audit.service.findings import FindingText
from implement.stages.audit.words import KIND_LABELS, SEVERITY_LABELS
from implement.web.access import standing
from implement.web.forms import BaseForm, MoneyField
from implement.web.texts import _, language, lazy


def own_currency() -> str:
    """The currency of the rollout at hand."""
    return get_rollout(standing().rollout_id).currency


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
