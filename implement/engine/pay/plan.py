"""What a plan says: the terms, and per person what is paid for. Shares and payouts are exact, money is minor units."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from implement.engine.attainment import Curve
from implement.engine.pay.rounding import Rounding

FULL_WEIGHT_BP = 10_000
DEFAULT_MINOR_DIGITS = 2


class AppliesTo(StrEnum):
    """What a person's absence makes smaller: the pay or the target, never both."""

    PAY = "pay"
    TARGET = "target"


class CommissionKind(StrEnum):
    """Whether a rate holds for its own band, or for the whole base once its band is reached."""

    MARGINAL = "marginal"
    WHOLE = "whole"


@dataclass(frozen=True)
class Terms:
    """What holds for everybody in a plan."""

    currency: str = ""
    minor_digits: int = DEFAULT_MINOR_DIGITS
    rounding: Rounding = Rounding.HALF_UP

    @property
    def minor_per_unit(self) -> int:
        """How many minor units one unit of the currency has."""
        return int(10**self.minor_digits)


@dataclass(frozen=True, slots=True)
class Decision:
    """What a named person decided to pay where no actual is known, and why."""

    payout: Fraction
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class Item:
    """One KPI of a person; either the actual or the decision is there."""

    kpi: str
    weight_bp: int
    target: Fraction
    actual: Fraction | None
    lower_is_better: bool
    curve: Curve
    decision: Decision | None = None


@dataclass(frozen=True, slots=True)
class Presence:
    """Days present of days planned, and what they make smaller."""

    present: int
    planned: int
    applies_to: AppliesTo

    @property
    def share(self) -> Fraction:
        """The share of the planned days that the person was there."""
        return Fraction(self.present, self.planned)


@dataclass(frozen=True, slots=True)
class Team:
    """The share of the plan that the team earns together, and the team's payout."""

    share: Fraction
    payout: Fraction


@dataclass(frozen=True, slots=True)
class Reduction:
    """So many times so much less, but at most `cap`."""

    count: int
    each: Fraction
    cap: Fraction

    @property
    def amount(self) -> Fraction:
        """What is taken off the payout."""
        return min(self.count * self.each, self.cap)


@dataclass(frozen=True, slots=True)
class Gate:
    """A condition that multiplies the payout by `factor` when it is not met."""

    kpi: str
    met: bool
    factor: Fraction


@dataclass(frozen=True, slots=True)
class Kicker:
    """A fixed sum when a condition is met."""

    name: str
    met: bool
    amount_minor: int


@dataclass(frozen=True, slots=True)
class Band:
    """From `low` on, up to where the next band begins; both in whole units of the currency."""

    low: Fraction
    rate: Fraction


@dataclass(frozen=True, slots=True)
class Commission:
    """Rates on a base in whole units of the currency; the last band has no end."""

    base: Fraction
    kind: CommissionKind
    bands: tuple[Band, ...]


@dataclass(frozen=True, slots=True)
class Person:
    """Whose pay it is, and all that it depends on."""

    id: str
    variable_minor: int
    items: tuple[Item, ...]
    presence: Presence | None = None
    ramp: Fraction | None = None
    team: Team | None = None
    reductions: tuple[Reduction, ...] = ()
    gates: tuple[Gate, ...] = ()
    kickers: tuple[Kicker, ...] = ()
    commission: Commission | None = None

    @property
    def share_of_target(self) -> Fraction:
        """What ramp and presence leave of each target (but not of those where lower is better)."""
        return (self.ramp or Fraction(1)) * self._presence(AppliesTo.TARGET)

    @property
    def share_of_pay(self) -> Fraction:
        """What presence leaves of the plan's pay."""
        return self._presence(AppliesTo.PAY)

    def _presence(self, applies_to: AppliesTo) -> Fraction:
        return self.presence.share if self.presence and self.presence.applies_to is applies_to else Fraction(1)


@dataclass(frozen=True)
class Plan:
    """A whole plan; `input_sha256` is the hash of the bytes it was read from."""

    terms: Terms
    people: tuple[Person, ...]
    input_sha256: str
