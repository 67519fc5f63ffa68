"""Forms of the policy, of rules and of agreed amounts. None has a field for base pay or for a fine."""

from decimal import Decimal

from wtforms import BooleanField, SelectChoice, SelectField, StringField
from wtforms.validators import InputRequired, Length, NumberRange, ValidationError

from implement.control.incentives import words
from implement.control.incentives.service.policy import CURRENCIES, read_pay_currency
from implement.engine.pay.entry import DECIMAL
from implement.engine.pay.rule import Formula, NoFormula, RuleGate, RuleItem, RuleKicker
from implement.web.access import standing
from implement.web.forms import BaseForm, DayField, LocalDecimalField, MoneyField, NotReadable, ShareField, read_number
from implement.web.texts import _, language, lazy

FIGURES_HINT = lazy(
    "Threshold: 60. Accelerator: 1.5; 2 (faster by, cap). Decelerator: 40; 50 (below, counts). Points: 0 0; 50 20; "
    "100 100 (per cent of target, per cent paid)."
)
IN_SHARES = {"threshold": (0,), "cliff": (0,), "accelerator": (), "decelerator": (0, 1)}


class DecimalsField(StringField):
    """Numbers as the reader writes them, parted by semicolons or spaces; `.data` is a list of Decimals."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was typed; nothing typed is an empty list."""
        self.data: list[Decimal] = []
        typed = valuelist[0].replace("%", " ").replace(";", " ").split() if valuelist else []
        try:
            self.data = [read_number(one, language()) for one in typed]
        except NotReadable as fault:
            raise ValueError(_("Please write numbers, parted by semicolons.")) from fault

    def _value(self) -> str:
        return str(self.raw_data[0]) if self.raw_data else "; ".join(plain(one) for one in self.data or ())


def plain(number: Decimal | int | None) -> str:
    """A number as a plan writes it, without an exponent."""
    written = f"{Decimal(number or 0):f}"
    return written.rstrip("0").rstrip(".") if "." in written else written


def as_share(number: Decimal) -> str:
    """Per cent as a share."""
    return plain(number.scaleb(-2))


def own_currency() -> str:
    """The currency that people are paid in."""
    return read_pay_currency(standing().rollout_id)


class PolicyForm(BaseForm):
    """What the rollout pays for well-kept records."""

    policy = SelectField(
        lazy("What is paid"), [InputRequired()], choices=[SelectChoice(*one) for one in words.POLICIES.items()]
    )
    currency = SelectField(
        lazy("Currency of the variable part"), [InputRequired()], choices=[SelectChoice(code) for code in CURRENCIES],
        description=lazy("It may be another than that of the deals. Once sums are agreed it stays."),
    )  # fmt: skip


class RuleForm(BaseForm):
    """A new rule."""

    name = StringField(lazy("Name of the rule"), [InputRequired(), Length(max=120)])
    valid_from = DayField(lazy("Valid from"), [InputRequired()])


class DraftForm(BaseForm):
    """What holds for the whole rule."""

    valid_from = DayField(lazy("Valid from"), [InputRequired()])
    team_share = ShareField(
        lazy("Team share in %"), [InputRequired(), NumberRange(0, 1)],
        description=lazy("So much of the plan part follows what the team reached together."),
    )  # fmt: skip
    ramp = DecimalsField(
        lazy("Ramp in % by month"),
        description=lazy("How much of the target counts in the first months of tenure, for example 50; 75."),
    )
    presence = SelectField(
        lazy("Presence"), [InputRequired()], choices=[SelectChoice(*one) for one in words.PRESENCE.items()]
    )
    not_applicable = SelectField(
        lazy("A figure that does not apply"), [InputRequired()],
        choices=[SelectChoice(*one) for one in words.NOT_APPLICABLE.items()],
    )  # fmt: skip
    rounding = SelectField(
        lazy("Rounding"), [InputRequired()], choices=[SelectChoice(*one) for one in words.ROUNDINGS.items()]
    )


class ItemForm(BaseForm):
    """A figure that pay depends on, with its weight and its curve."""

    kpi = SelectField(lazy("Figure"), [InputRequired()])
    about = SelectField(
        lazy("Measures"), [InputRequired()], choices=[SelectChoice(*one) for one in words.ABOUT.items()]
    )
    weight = ShareField(lazy("Weight in %"), [InputRequired(), NumberRange(Decimal("0.0001"), 1)])
    lower_is_better = BooleanField(lazy("Less is better"))
    formula = SelectField(
        lazy("Formula"), [InputRequired()], choices=[SelectChoice(*one) for one in words.FORMULAS.items()]
    )
    figures = DecimalsField(lazy("Figures of the formula"), description=FIGURES_HINT)

    def validate_weight(self, field: ShareField) -> None:
        """Weights are whole basis points."""
        weight_bp = Decimal(field.data or 0).scaleb(4)
        if weight_bp != weight_bp.to_integral_value():
            raise ValidationError(_("A weight has at most two places."))

    def validate_figures(self, field: DecimalsField) -> None:
        """The figures must make a curve of the formula."""
        try:
            self.to_formula().curve.jumps  # noqa: B018 - it is made when it is asked for
        except NoFormula as fault:
            raise ValidationError(lazy("These figures make no curve of this formula.")) from fault

    def to_formula(self) -> Formula:
        """The formula with its figures as shares; a multiplier and a cap are plain numbers."""
        name, numbers = str(self.formula.data), self.figures.data or []
        if name == "linear":
            return Formula()
        shares = range(len(numbers)) if name == "knots" else IN_SHARES.get(name, ())
        return Formula(
            name, tuple(as_share(one) if place in shares else plain(one) for place, one in enumerate(numbers))
        )

    def to_item(self) -> RuleItem:
        """The item that was typed; the form has been validated."""
        weight_bp = int(Decimal(self.weight.data or 0).scaleb(4))
        return RuleItem(
            str(self.kpi.data).strip(),
            str(self.about.data),
            weight_bp,
            bool(self.lower_is_better.data),
            self.to_formula(),
        )


class GateForm(BaseForm):
    """A condition for the plan part."""

    gate_kpi = SelectField(lazy("Figure"), [InputRequired()])
    gate_least = ShareField(lazy("At least % of the target"), [InputRequired(), NumberRange(Decimal("0.0001"), 10)])
    factor = ShareField(lazy("Otherwise the plan part counts %"), [InputRequired(), NumberRange(0, 1)])

    def to_part(self) -> RuleGate:
        """The gate that was typed."""
        return RuleGate(str(self.gate_kpi.data).strip(), plain(self.gate_least.data), plain(self.factor.data))


class KickerForm(BaseForm):
    """A fixed sum when a condition is met."""

    name = StringField(lazy("Name"), [InputRequired(), Length(max=60)])
    kicker_kpi = SelectField(lazy("Figure"), [InputRequired()])
    kicker_least = ShareField(lazy("At least % of the target"), [InputRequired(), NumberRange(Decimal("0.0001"), 10)])
    amount = MoneyField(lazy("Sum"), [InputRequired(), NumberRange(1, 10**12)], currency=own_currency)

    def to_part(self) -> RuleKicker:
        """The kicker that was typed."""
        return RuleKicker(
            str(self.name.data).strip(),
            str(self.kicker_kpi.data).strip(),
            plain(self.kicker_least.data),
            int(self.amount.data or 0),
        )


class BandForm(BaseForm):
    """A band of the commission; it ends where the next begins."""

    band_kpi = SelectField(lazy("On the figure"), [InputRequired()])
    kind = SelectField(
        lazy("How the rates count"),
        [InputRequired()],
        choices=[SelectChoice(*one) for one in words.COMMISSIONS.items()],
    )
    low = LocalDecimalField(lazy("From"), [InputRequired(), NumberRange(0, 10**12)])
    rate = ShareField(lazy("Rate in %"), [InputRequired(), NumberRange(0, 1)])

    def validate_low(self, field: LocalDecimalField) -> None:
        """Numbers that a plan can write."""
        if not DECIMAL.fullmatch(plain(Decimal(field.data or 0))):
            raise ValidationError(_("At most twelve places."))


class AmountForm(BaseForm):
    """What was agreed with a person: the variable amount a month at full plan."""

    person_id = SelectField(lazy("Person"), [InputRequired()], coerce=int)
    rule_id = SelectField(lazy("Rule"), [InputRequired()], coerce=int)
    amount = MoneyField(
        lazy("Variable amount a month"), [InputRequired(), NumberRange(0, 10**12)], currency=own_currency
    )
    valid_from = DayField(lazy("Valid from"), [InputRequired()])
