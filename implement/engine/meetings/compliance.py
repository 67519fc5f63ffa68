"""Were meetings held as the regulation says: held, punctual, within time, attended (M120, M121)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction


@dataclass(frozen=True)
class MeetingSettings:
    """How many minutes late still count as punctual, for the beginning and for a person."""

    minutes_of_grace: int = 5


DEFAULT_MEETINGS = MeetingSettings()


@dataclass(frozen=True)
class HeldMeeting:
    """One meeting that was begun: minutes late, minutes used (None: never closed) of those planned, who of the
    expected came.
    """

    day: date
    minutes_late: int
    minutes_used: int | None
    minutes_planned: int
    expected: int
    attended: int


@dataclass(frozen=True)
class Compliance:
    """Counts over some days: due meetings, of them held, of those punctual and within time; expected and attended."""

    due: int = 0
    held: int = 0
    punctual: int = 0
    within_time: int = 0
    expected: int = 0
    attended: int = 0

    def __add__(self, other: "Compliance") -> "Compliance":
        """Both together."""
        return Compliance(*(mine + theirs for mine, theirs in zip(self._counts(), other._counts(), strict=True)))

    @property
    def share_held(self) -> Fraction | None:
        """Held of due; None where none was due."""
        return _share(self.held, self.due)

    @property
    def share_punctual(self) -> Fraction | None:
        """Punctual of held."""
        return _share(self.punctual, self.held)

    @property
    def share_within_time(self) -> Fraction | None:
        """Within time of held; one that was never closed is not within time."""
        return _share(self.within_time, self.held)

    @property
    def share_attended(self) -> Fraction | None:
        """Attended of expected."""
        return _share(self.attended, self.expected)

    def _counts(self) -> tuple[int, ...]:
        return (self.due, self.held, self.punctual, self.within_time, self.expected, self.attended)


def list_due_days(weekdays: str, first_day: date, last_day: date, days_off: Collection[date]) -> list[date]:
    """The days on which a meeting of these weekdays is due, both ends inclusive, days off left out."""
    days = (first_day + timedelta(days=number) for number in range((last_day - first_day).days + 1))
    return [day for day in days if str(day.isoweekday()) in weekdays and day not in days_off]


def sum_up(
    due_days: Collection[date], held: Iterable[HeldMeeting], settings: MeetingSettings = DEFAULT_MEETINGS
) -> Compliance:
    """Count what was held on days when it was due; a meeting on another day is welcome and counts for nothing."""
    due = set(due_days)
    found = [one for one in held if one.day in due]
    return Compliance(
        due=len(due),
        held=len(found),
        punctual=sum(one.minutes_late <= settings.minutes_of_grace for one in found),
        within_time=sum(one.minutes_used is not None and one.minutes_used <= one.minutes_planned for one in found),
        expected=sum(one.expected for one in found),
        attended=sum(one.attended for one in found),
    )


def _share(part: int, whole: int) -> Fraction | None:
    return Fraction(part, whole) if whole else None
