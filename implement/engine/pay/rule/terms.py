"""What a rule says: KPIs with weights and formulas, team, ramp, presence, gates, kickers, bands; as canonical JSON."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import cast

from implement.engine.pay.entry import NoDecimal, read_decimal
from implement.engine.pay.plan import FULL_WEIGHT_BP, CommissionKind
from implement.engine.pay.rounding import Rounding
from implement.engine.pay.rule.formulas import Formula

OF_PROCESS, OF_RESULT = "process", "result"
LINEAR = Formula()
Plain = str | int | bool | None | list["Plain"] | dict[str, "Plain"]


class UnreadableRule(ValueError):
    """A kept rule that is none; the argument names the field."""


class PresenceRule(StrEnum):
    """What days away make smaller: nothing, the pay, or the target."""

    NONE = "none"
    PAY = "pay"
    TARGET = "target"


class NotApplicable(StrEnum):
    """What becomes of the weight of a KPI that does not apply: shared out among the others, or credited in full."""

    REDISTRIBUTE = "redistribute"
    CREDIT = "credit"


@dataclass(frozen=True)
class RuleItem:
    """A KPI that pay depends on: of process or of result (M127), its weight, which way is better, its formula."""

    kpi: str
    about: str
    weight_bp: int
    lower_is_better: bool = False
    formula: Formula = LINEAR


@dataclass(frozen=True)
class RuleGate:
    """A condition: where less than `least` of the KPI's target is reached, the plan part counts times `factor`."""

    kpi: str
    least: str
    factor: str


@dataclass(frozen=True)
class RuleKicker:
    """A fixed sum when `least` of the KPI's target is reached."""

    name: str
    kpi: str
    least: str
    amount_minor: int


@dataclass(frozen=True)
class RuleCommission:
    """Rates by bands on the actual of a KPI, in whole units of the currency."""

    kpi: str
    kind: str
    bands: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class RuleTerms:
    """A whole rule."""

    items: tuple[RuleItem, ...] = ()
    team_share: str = "0"
    ramp: tuple[str, ...] = ()
    presence: PresenceRule = PresenceRule.NONE
    not_applicable: NotApplicable = NotApplicable.REDISTRIBUTE
    rounding: Rounding = Rounding.HALF_UP
    gates: tuple[RuleGate, ...] = ()
    kickers: tuple[RuleKicker, ...] = ()
    commission: RuleCommission | None = None

    @property
    def kpis(self) -> tuple[str, ...]:
        """Every KPI the rule looks at, once, in its order: by each of them pay may fall or rise."""
        named = [one.kpi for one in self.items] + [one.kpi for one in self.gates] + [one.kpi for one in self.kickers]
        return tuple(dict.fromkeys(named + ([self.commission.kpi] if self.commission else [])))

    @property
    def weight_bp(self) -> int:
        """All weights together."""
        return sum(item.weight_bp for item in self.items)

    def share_of(self, about: str) -> Fraction:
        """The share of the plan part that depends on process, or on result (M50, M127)."""
        return Fraction(sum(item.weight_bp for item in self.items if item.about == about), FULL_WEIGHT_BP)

    def ramp_in(self, month: int) -> str | None:
        """The multiplier of targets in a month of tenure, from 1; None once it is over."""
        return self.ramp[month - 1] if 1 <= month <= len(self.ramp) else None


def write_rule(terms: RuleTerms) -> dict[str, Plain]:
    """The rule as it is kept: whole numbers and decimal strings only."""
    commission = terms.commission
    return {
        "items": [
            {
                "kpi": one.kpi, "about": one.about, "weight_bp": one.weight_bp, "lower_is_better": one.lower_is_better,
                "formula": one.formula.name, "figures": list(one.formula.figures),
            }
            for one in terms.items
        ],
        "team_share": terms.team_share,
        "ramp": list(terms.ramp),
        "presence": str(terms.presence),
        "not_applicable": str(terms.not_applicable),
        "rounding": str(terms.rounding),
        "gates": [vars(one) for one in terms.gates],
        "kickers": [vars(one) for one in terms.kickers],
        "commission": None if commission is None else {
            "kpi": commission.kpi, "kind": commission.kind, "bands": [list(pair) for pair in commission.bands],
        },
    }  # fmt: skip


def read_rule(kept: Mapping[str, object]) -> RuleTerms:
    """Read a kept rule; what is missing is as a new rule has it. Raises UnreadableRule."""
    try:
        return RuleTerms(
            items=tuple(_read_item(row) for row in _rows(kept, "items")),
            team_share=_decimal(kept.get("team_share", "0")),
            ramp=tuple(_decimal(one) for one in cast(Sequence[object], kept.get("ramp", ()))),
            presence=PresenceRule(str(kept.get("presence", "none"))),
            not_applicable=NotApplicable(str(kept.get("not_applicable", "redistribute"))),
            rounding=Rounding(str(kept.get("rounding", "half_up"))),
            gates=tuple(
                RuleGate(str(row["kpi"]), _decimal(row["least"]), _decimal(row["factor"]))
                for row in _rows(kept, "gates")
            ),
            kickers=tuple(
                RuleKicker(str(row["name"]), str(row["kpi"]), _decimal(row["least"]), int(str(row["amount_minor"])))
                for row in _rows(kept, "kickers")
            ),
            commission=_read_commission(kept.get("commission")),
        )
    except (KeyError, TypeError, ValueError) as fault:
        raise UnreadableRule(str(fault)) from fault


def _read_item(row: Mapping[str, object]) -> RuleItem:
    figures = tuple(_decimal(one) for one in cast(Sequence[object], row.get("figures", ())))
    formula = Formula(str(row.get("formula", "linear")), figures)
    return RuleItem(
        str(row["kpi"]), str(row["about"]), int(str(row["weight_bp"])), row.get("lower_is_better") is True, formula
    )


def _read_commission(kept: object) -> RuleCommission | None:
    if not isinstance(kept, Mapping):
        return None
    bands = tuple((_decimal(low), _decimal(rate)) for low, rate in kept["bands"])
    return RuleCommission(str(kept["kpi"]), str(CommissionKind(str(kept["kind"]))), bands)


def _rows(kept: Mapping[str, object], name: str) -> Sequence[Mapping[str, object]]:
    return cast(Sequence[Mapping[str, object]], kept.get(name, ()))


def _decimal(written: object) -> str:
    try:
        read_decimal(str(written))
    except NoDecimal as fault:
        raise UnreadableRule(str(written)) from fault
    return str(written)
