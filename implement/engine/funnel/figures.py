"""What a list of deals says of losses, as plain figures that add up: stages, reasons, groups, gaps, deadlines."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from implement.engine.value_at_risk.sums import Sums

NOTHING = Sums(0, 0, ())
TYPED, WON, OWN = "typed", "won", "own"
"""Where a norm comes from: typed in, the middle of the deals that were won, the middle of the stage itself."""


@dataclass(frozen=True)
class Spread:
    """The middle of n values and the half that lies around it; None where there are none."""

    n: int = 0
    low: float | None = None
    middle: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class StageLosses:
    """An open stage: of all that reached it some went on, some stand here, some were lost here.

    `days` are those of the deals that stand here, or of all stays where the list is a history; `over_norm` are the
    deals that stand here for longer than the norm.
    """

    name: str
    place: int
    reached: int
    went_on: int
    here: Sums
    lost: Sums
    days: Spread
    norm_days: float | None
    norm_from: str
    over_norm: Sums


@dataclass(frozen=True)
class Group:
    """Deals that share a value: of those that ended `lost` and `won`, and the range in which the true share lies.

    `is_rest` is everything beyond the largest groups; `is_worse` says that the loss is above that of all by more than
    chance.
    """

    value: str
    lost: Sums
    won: Sums
    open: Sums
    low: float = 0.0
    high: float = 1.0
    is_rest: bool = False
    is_worse: bool = False

    @property
    def share_lost(self) -> float | None:
        """Lost deals of those that ended."""
        ended = self.lost.deals + self.won.deals
        return self.lost.deals / ended if ended else None


@dataclass(frozen=True)
class Gap:
    """Deals that lack something, of how many, and by stage."""

    field: str
    count: int
    of: int
    by_stage: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Repeats:
    """Offers to clients who had bought before: what came of them, and why they refused (M13)."""

    bought: int
    bought_again: int
    won: Sums
    refused: Sums
    open: Sums
    reasons: tuple[tuple[str, Sums], ...]


@dataclass(frozen=True)
class Deadlines:
    """Deals with a day by which something was due: kept or missed, by how many days, and by whose deals (M14)."""

    due: int
    missed: int
    still_open: int
    days_late: Spread
    by_owner: tuple[tuple[str, int, int], ...]


@dataclass(frozen=True)
class Totals:
    """All deals by what became of them; `lost_unplaced` are lost deals of which no stage is known.

    `first_day` and `last_day` are those of the endings; `backwards` deals end before they begin, which is no duration.
    """

    won: Sums
    lost: Sums
    open: Sums
    left_out: Sums
    lost_unplaced: Sums
    backwards: int
    first_day: date | None = None
    last_day: date | None = None

    @property
    def deals(self) -> Sums:
        """Everything."""
        return add_sums(self.won, self.lost, self.open, self.left_out)


@dataclass(frozen=True)
class LossMap:
    """All of it, as the list said on its day; money of different currencies is never added up."""

    as_of: date
    rows: int
    repeated: int
    is_history: bool
    has: tuple[str, ...]
    totals: Totals
    stages: tuple[StageLosses, ...]
    won_days: Spread
    lost_days: Spread
    answer_hours: Spread
    reasons: tuple[tuple[str, Sums], ...]
    groups: tuple[tuple[str, tuple[Group, ...]], ...]
    gaps: tuple[Gap, ...]
    repeats: Repeats | None
    deadlines: Deadlines | None
    unread: tuple[tuple[str, int], ...]

    @property
    def currency(self) -> str:
        """The currency of most money: that in which most is summed up."""
        amounts = dict(self.totals.deals.amounts)
        return max(sorted(amounts), key=lambda one: abs(amounts[one]), default="")

    @property
    def period_days(self) -> int | None:
        """How many days the endings span."""
        first, last = self.totals.first_day, self.totals.last_day
        return None if first is None or last is None else (last - first).days + 1

    def average_won(self) -> Decimal | None:
        """What a won deal with a value brought on average, in the main currency; None without any."""
        won = self.totals.won
        valued = won.deals - won.without_value
        return won.amount(self.currency) / valued if valued and len(won.amounts) == 1 else None

    def estimate(self, sums: Sums) -> Decimal | None:
        """What the deals without a value would have brought at the average won deal."""
        average = self.average_won()
        return None if average is None else average * sums.without_value

    def group(self, field: str) -> tuple[Group, ...]:
        """The groups by product, channel or segment."""
        return dict(self.groups).get(field, ())


def add_sums(*parts: Sums) -> Sums:
    """Several sums as one, each currency for itself."""
    amounts: dict[str, Decimal] = {}
    for part in parts:
        for currency, amount in part.amounts:
            amounts[currency] = amounts.get(currency, Decimal(0)) + amount
    return Sums(
        sum(part.deals for part in parts), sum(part.without_value for part in parts), tuple(sorted(amounts.items()))
    )
