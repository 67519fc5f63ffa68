"""Tell people from robots, test and admin accounts, migration users and those who left, and say why."""

import re
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from implement.engine.exchange import Person
from implement.engine.exchange.headers import header_words
from implement.engine.usage.days import HOURS, UserDays
from implement.engine.usage.settings import RobotSettings

REASON_TEXTS = {
    "robot": "robot: active on {0} of {1} days, {2} of {3} weekend days, {4} hours and {5} events a day (people: {6})",
    "robot_name": "robot: the name says so",
    "test_account": "test account: the name says so",
    "admin_account": "admin account: the name says so",
    "migration_user": "migration user: {0} of {1} events were imported",
    "migration_name": "migration user: the name says so",
    "bulk_load": "migration user: {0} events a day on {1} days (people: {2})",
    "left": "left on {0}",
}
_TEST = re.compile(r"^(?:test(?:er|user|account|konto|ing|s|login)?|тест|тестовыи)$")
_TEST_ALONE = frozenset(("demo", "dummy", "sandbox", "demouser", "probe", "проба"))
_ADMIN = re.compile(r"^(?:sys|super|db|crm|it)?(?:admin(?:istrator|s)?|админ(?:истратор)?)$")
_ADMIN_ALONE = frozenset(("root", "superuser", "sa"))


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_MACHINE = _words(
    """robot roboter robo integration integrations webhook automation noreply mailsync crawler daemon cron mailer
    schnittstelle integracja автомат робот интеграция"""
)
_MACHINE_MAYBE = _words(
    """bot api system systems sync batch service svc workflow connector job scheduler etl interface automat dienst
    importer import migration migrator migracja synchronizacja система импорт миграция синхронизация"""
)
_MIGRATION = _words("import importer migration migrator migracja импорт миграция")
_NEUTRAL = _words("user account konto crm id benutzer prod int data the tech technical technik mail email")


@dataclass(frozen=True)
class Exclusion:
    """A user id that is no person at work, why, and how many events go with it."""

    user: str
    code: str
    event_count: int
    values: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The reason in English."""
        return REASON_TEXTS[self.code].format(*self.values)


@dataclass(frozen=True)
class WorkPattern:
    """How one user id worked: days, weekends, nights, hours and pace."""

    user: str
    events: int
    imported: int
    days: int
    span_days: int
    weekend_days: int
    weekends_in_span: int
    night_days: int
    hours_a_day: float

    @property
    def events_a_day(self) -> float:
        """Events per active day."""
        return self.events / self.days

    @property
    def works_every_day(self) -> bool:
        """True when hardly a day, weekends included, goes by without it."""
        return self.days >= 0.9 * self.span_days and self.weekend_days >= 0.75 * self.weekends_in_span


def find_exclusions(
    user_days: UserDays, people: dict[str, Person], as_of: date, settings: RobotSettings
) -> dict[str, Exclusion]:
    """Name every user id that is no person at work on that day; robots by evidence, others by name or list."""
    patterns = describe_patterns(user_days)
    pace = float(np.median([pattern.events_a_day for pattern in patterns.values()])) if patterns else 0.0
    found: dict[str, Exclusion] = {}
    for user in sorted(set(patterns) | set(people)):
        pattern = patterns.get(user)
        exclusion = _by_name(user, pattern) or (
            _by_pattern(pattern, pace, user_days.has_clock, user in people and people[user].is_listed, settings)
            if pattern
            else None
        )
        person = people.get(user)
        if exclusion is None and person is not None and person.left is not None and person.left < as_of:
            exclusion = Exclusion(user, "left", pattern.events if pattern else 0, (person.left.isoformat(),))
        if exclusion is not None:
            found[user] = exclusion
    return found


def describe_patterns(user_days: UserDays) -> dict[str, WorkPattern]:
    """Sum up how each user id works, machine or not."""
    if user_days.table.num_rows == 0:
        return {}
    users, index, day = user_days.coded.users, user_days.coded.user, user_days.coded.day
    hours = user_days.table[HOURS].to_numpy().astype(np.uint32)
    is_weekend = (day + 3) % 7 >= 5
    first, last = np.full(len(users), 2**31 - 1), np.full(len(users), -(2**31))
    np.minimum.at(first, index, day)
    np.maximum.at(last, index, day)
    days = np.bincount(index, minlength=len(users))
    columns = (
        _sum(index, user_days.table["events"].to_numpy(), len(users)),
        _sum(index, user_days.table["imported"].to_numpy(), len(users)),
        days, last - first + 1,
        _sum(index, is_weekend, len(users)), _weekend_days_before(last + 1) - _weekend_days_before(first),
        _sum(index, (hours & 0b111111) > 0, len(users)),
        np.bincount(index, weights=np.bitwise_count(hours), minlength=len(users)) / days,
    )  # fmt: skip
    rows = zip(*(each.tolist() for each in columns), strict=True)
    return {user: WorkPattern(user, *row) for user, row in zip(users, rows, strict=True)}


def name_words(user: str) -> tuple[str, ...]:
    """The words of a user id: of a mail address the part before the @, without numbers at the end of words."""
    return tuple(word for raw in header_words(user.split("@")[0]) if (word := raw.rstrip("0123456789")))


def _by_name(user: str, pattern: WorkPattern | None) -> Exclusion | None:
    words = name_words(user)
    count = pattern.events if pattern else 0
    if any(_TEST.match(word) for word in words) or (
        words and set(words) <= _TEST_ALONE | _NEUTRAL and set(words) & _TEST_ALONE
    ):
        return Exclusion(user, "test_account", count)
    if any(_ADMIN.match(word) for word in words) or set(words) & _ADMIN_ALONE == set(words) != set():
        return Exclusion(user, "admin_account", count)
    is_machine = bool(set(words) & _MACHINE)
    if set(words) & _MACHINE_MAYBE:
        is_bare = set(words) <= _MACHINE_MAYBE | _NEUTRAL | _MACHINE
        acts_alike = pattern is not None and (
            pattern.imported == pattern.events or (pattern.works_every_day and pattern.days >= 20)
        )
        is_machine = is_machine or is_bare or acts_alike
    if not is_machine:
        return None
    return Exclusion(user, "migration_name" if set(words) & _MIGRATION else "robot_name", count)


def _by_pattern(
    pattern: WorkPattern, pace: float, has_clock: bool, is_listed: bool, settings: RobotSettings
) -> Exclusion | None:
    """Tell a machine by how it works; whoever only imported and is on no list of people is the migration's user."""
    if pattern.imported == pattern.events and not is_listed:
        return Exclusion(pattern.user, "migration_user", pattern.events, (str(pattern.imported), str(pattern.events)))
    rate = pattern.events_a_day
    is_inhuman = rate >= settings.inhuman_events_a_day or rate >= max(500.0, settings.inhuman_times_peers * pace)
    if is_inhuman and pattern.days < settings.least_days:
        return Exclusion(pattern.user, "bulk_load", pattern.events, (f"{rate:.0f}", str(pattern.days), f"{pace:.0f}"))
    works_on = pattern.days >= settings.least_days and pattern.works_every_day
    by_hours = has_clock and (
        pattern.hours_a_day >= settings.hours_a_day or pattern.night_days >= settings.share_of_night_days * pattern.days
    )
    if not is_inhuman and not (works_on and (by_hours or rate >= max(20.0, settings.times_peers * pace))):
        return None
    shown = (
        pattern.days, pattern.span_days, pattern.weekend_days, pattern.weekends_in_span,
        f"{pattern.hours_a_day:.0f}", f"{rate:.0f}", f"{pace:.0f}",
    )  # fmt: skip
    return Exclusion(pattern.user, "robot", pattern.events, tuple(map(str, shown)))


def _sum(index: npt.NDArray[np.int32], values: npt.NDArray[np.generic], size: int) -> npt.NDArray[np.int64]:
    return np.bincount(index, weights=values.astype(np.float64), minlength=size).astype(np.int64)


def _weekend_days_before(day: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """The Saturdays and Sundays before each of some days counted from 1970-01-01, a Thursday, up to one beginning."""
    weeks, weekday = np.divmod(day + 3, 7)
    found: npt.NDArray[np.int64] = 2 * weeks + np.maximum(0, weekday - 5)
    return found
