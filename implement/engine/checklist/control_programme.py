"""The template of the first month's control: what is checked by whom, on which days, for how many minutes (M60)."""

from dataclasses import dataclass
from pathlib import Path

from implement.engine.checklist.sheet import Entry, raise_faults, read_sheet_file
from implement.engine.checklist.text import Text

WHO = ("head", "lead")
LONGEST_DAYS, LONGEST_MINUTES = 92, 240


@dataclass(frozen=True)
class Check:
    """One check of the template; its days count from the first day, which is 0."""

    id: str
    demands: tuple[str, ...]
    by: str
    minutes: int
    first_day: int
    every_days: int
    last_day: int
    text: Text

    @property
    def days(self) -> tuple[int, ...]:
        """On which days it is due."""
        return tuple(range(self.first_day, self.last_day + 1, self.every_days))


@dataclass(frozen=True)
class ControlProgramme:
    """The template: how many days it lasts, and its checks in order."""

    days: int
    checks: tuple[Check, ...]

    def minutes_of(self, who: str) -> int:
        """How many minutes it lays on somebody in all."""
        return sum(check.minutes * len(check.days) for check in self.checks if check.by == who)


def load_control_programme(path: Path) -> ControlProgramme:
    """Read the template; raises UnusableSheet with every fault."""
    sheet = read_sheet_file(path)
    sheet.id()
    sheet.word("version")
    days = sheet.whole("days", 1, LONGEST_DAYS)
    checks = tuple(_read_check(entry, days) for entry in sheet.entries("checks"))
    sheet.finish()
    raise_faults(sheet)
    return ControlProgramme(days, checks)


def _read_check(entry: Entry, days: int) -> Check:
    check = Check(
        id=entry.begin(),
        demands=entry.demands(),
        by=entry.one_of("by", WHO),
        minutes=entry.whole("minutes", 1, LONGEST_MINUTES),
        first_day=entry.whole("first_day", 0, days - 1),
        every_days=entry.whole("every_days", 1, LONGEST_DAYS),
        last_day=entry.whole("last_day", 0, days - 1),
        text=entry.text("text"),
    )
    entry.finish()
    return check
