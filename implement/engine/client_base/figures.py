"""What is counted of a client base: how many, who bought, by segment and channel, and what moved."""

from dataclasses import dataclass
from datetime import date

from implement.engine.value_at_risk.sums import Sums


@dataclass(frozen=True)
class ChannelFigures:
    """What came in by a channel within the month, and what of all that ended in it was won (M48)."""

    value: str
    opened: int
    won: Sums
    lost: Sums


@dataclass(frozen=True)
class BaseFigures:
    """The base on the day of an export (M39).

    `bought` clients ever bought, `active` within a year, `asleep` bought before that; `new_buyers` bought for the first
    time within the month, `buyers` at all; deals opened, won and lost are those of the month.
    """

    first_day: date
    last_day: date
    clients: int
    listed: bool
    bought: int
    active: int
    asleep: int
    buyers: int
    new_buyers: int
    opened: int
    won: Sums
    lost: Sums
    segments: tuple[tuple[str, int], ...]
    channels: tuple[ChannelFigures, ...]


@dataclass(frozen=True)
class SegmentMove:
    """Clients that went from one segment to another."""

    before: str
    after: str
    clients: int


@dataclass(frozen=True)
class Movement:
    """What became of the clients since the export before: `gone` are in it no more."""

    stayed: int
    new: int
    gone: int
    moves: tuple[SegmentMove, ...]

    @property
    def share_stayed(self) -> float | None:
        """Of the clients before, the share that is still there."""
        before = self.stayed + self.gone
        return self.stayed / before if before else None
