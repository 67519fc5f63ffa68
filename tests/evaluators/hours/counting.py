"""Open minutes counted one by one."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from tests.evaluators.hours.clocks import Clock

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Shop:
    """When it is open, by its own wall clock: from one minute of the day to before another, on some weekdays."""

    clock: Clock
    opens: int
    closes: int
    weekdays: Collection[int]
    closed: Collection[date]

    def is_open(self, instant: datetime) -> bool:
        """True when the minute that begins at this instant is an open one."""
        wall = self.clock(instant)
        minute = 60 * wall.hour + wall.minute
        is_worked = wall.isoweekday() in self.weekdays and wall.date() not in self.closed
        return is_worked and self.opens <= minute < self.closes

    def count_minutes(self, start: datetime, end: datetime) -> int:
        """How many open minutes lie between two full minutes."""
        found, instant = 0, start
        while instant < end:
            found += self.is_open(instant)
            instant += MINUTE
        return found

    def run_down(self, start: datetime, minutes: int) -> datetime:
        """When so many open minutes are over."""
        instant = start
        while minutes:
            minutes -= self.is_open(instant)
            instant += MINUTE
        return instant
