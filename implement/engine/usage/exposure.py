"""Exposure: on which days a person was there to use the CRM, and how much could be expected of them."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt

from implement.engine.exchange import Person, Workforce
from implement.engine.usage.days import EPOCH, UserDays
from implement.engine.usage.settings import ExposureSettings

Days = npt.NDArray[np.float64]
Marks = npt.NDArray[np.bool_]
Values = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Exposure:
    """Who was there when: rows are `people` (sorted by user), columns the days from `first_day` to `last_day`.

    `present` marks working days of the person, not absent, employed, after the start; `expected` weighs them by
    capacity and learning; `active` marks days with attributed events, working day or not.
    """

    people: tuple[Person, ...]
    first_day: date
    last_day: date
    present: Marks
    expected: Days
    active: Marks
    capacity: Days
    closed_days: tuple[date, ...]

    @property
    def rows(self) -> dict[str, int]:
        """Row by user."""
        return {person.user: row for row, person in enumerate(self.people)}

    def window(self, days: int) -> slice:
        """The last columns, so many calendar days."""
        size = self.present.shape[1]
        return slice(max(0, size - days), size)

    def day_of(self, column: int) -> date:
        """The day of a column."""
        return self.first_day + timedelta(days=column)


def measure_exposure(
    user_days: UserDays, workforce: Workforce, people: tuple[Person, ...], as_of: date, settings: ExposureSettings
) -> Exposure:
    """Lay everybody's days out up to `as_of`, at most `history_days` back and never before the log began."""
    log_start = user_days.first_day or as_of
    first_day = max(log_start, as_of - timedelta(days=settings.history_days - 1))
    size = (as_of - first_day).days + 1
    active = count_by_day(user_days, "active_events", people, first_day, size) > 0
    weekday = (np.arange(size) + first_day.weekday()) % 7
    week = company_week(active, weekday, settings)
    own_days = [own_weekdays(person, active[row], weekday, week) for row, person in enumerate(people)]
    works = np.array([[day in days for day in range(1, 8)] for days in own_days], dtype=bool).reshape(len(people), 7)
    present = works[:, weekday]
    starts = first_days(user_days, people, log_start, settings)
    _mark_employment(present, people, starts, first_day)
    _mark_absences(present, workforce, people, first_day)
    for day in workforce.holidays:
        if 0 <= (column := (day - first_day).days) < size:
            present[:, column] = False
    _mark_own_holidays(present, workforce, people, first_day)
    closed = find_closed_days(present, active, weekday, settings)
    present[:, closed] = False
    capacity = np.array([_capacity(person, days) for person, days in zip(people, own_days, strict=True)]).reshape(
        len(people)
    )
    records = count_by_day(user_days, "records", people, first_day, size)
    curve = measure_learning(people, first_day, present, records, settings)
    expected = present * capacity[:, None] * curve
    shut = tuple(first_day + timedelta(days=int(column)) for column in closed)
    return Exposure(people, first_day, as_of, present, expected, active, capacity, shut)


def count_by_day(
    user_days: UserDays, counter: str, people: tuple[Person, ...], first_day: date, size: int
) -> npt.NDArray[np.float64]:
    """One counter of the roll-up as a matrix of people by days."""
    rows, columns, kept = locate(user_days, people, first_day, size)
    counted = np.zeros((len(people), size))
    counted[rows, columns] = user_days.table[counter].to_numpy()[kept]
    return counted


def locate(
    user_days: UserDays, people: tuple[Person, ...], first_day: date, size: int
) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp], Marks]:
    """Row and column of each line of the roll-up that lies within these people and days, and which lines those are."""
    known = {person.user: row for row, person in enumerate(people)}
    coded = user_days.coded
    by_code = np.array([known.get(user, -1) for user in coded.users], dtype=np.intp)
    rows = by_code[coded.user] if len(coded.user) else np.zeros(0, np.intp)
    columns = coded.day.astype(np.intp) - (first_day - EPOCH).days
    kept = (rows >= 0) & (columns >= 0) & (columns < size)
    return rows[kept], columns[kept], kept


def company_week(active: Marks, weekday: npt.NDArray[np.int64], settings: ExposureSettings) -> frozenset[int]:
    """The firm's own working days as 1 (Monday) to 7: Monday to Friday, and weekend days on which it works as well."""
    pace = np.array([active[:, weekday == day].sum() / max(1, int((weekday == day).sum())) for day in range(7)])
    usual = float(np.sort(pace)[-5:].mean())
    if active.sum() < 50 or usual == 0:
        return frozenset(range(1, 6))
    least = [0.1 * usual] * 5 + [settings.weekend_share * usual] * 2
    return frozenset(day + 1 for day in range(7) if pace[day] >= least[day]) or frozenset(range(1, 6))


def own_weekdays(person: Person, active: Marks, weekday: npt.NDArray[np.int64], week: frozenset[int]) -> frozenset[int]:
    """A person's working days: as listed, else the firm's week, of a part-timer those on which they are seen most."""
    if person.weekdays is not None:
        return person.weekdays
    days = round(5 * person.fte) if person.fte is not None else 5
    if person.fte is None or days >= len(week) or days < 1 or active.sum() < 10:
        return week
    seen = [(int(active[weekday == day - 1].sum()), -day) for day in week]
    return frozenset(-day for _, day in sorted(seen, reverse=True)[:days])


def first_days(
    user_days: UserDays, people: tuple[Person, ...], log_start: date, settings: ExposureSettings
) -> list[date]:
    """From when each person could be seen: go-live or hire, else the first event of those who are new in the log."""
    seen = {user: first for user, (first, _) in user_days.coded.spans().items()}
    found = []
    for person in people:
        listed = [day for day in (person.go_live, person.hired) if day is not None]
        first = seen.get(person.user, log_start)
        is_new = not listed and not person.is_listed and (first - log_start).days > settings.new_in_log_days
        found.append(max([*listed, log_start, *([first] if is_new else [])]))
    return found


def find_closed_days(
    present: Marks, active: Marks, weekday: npt.NDArray[np.int64], settings: ExposureSettings
) -> npt.NDArray[np.intp]:
    """Working days on which nearly nobody worked, against the same weekday in the weeks around: holidays, outages."""
    here = present.sum(axis=0)
    share = np.where(here > 0, (present & active).sum(axis=0) / np.maximum(1, here), np.nan)
    closed = []
    for column in range(len(share)):
        if here[column] == 0:
            continue
        around = [
            column + 7 * step for step in range(-settings.holiday_neighbours, settings.holiday_neighbours + 1) if step
        ]
        others = [share[each] for each in around if 0 <= each < len(share) and here[each] > 0]
        usual = float(np.median(others)) if len(others) >= 2 else 0.0
        if usual * here[column] >= settings.least_active_people and share[column] <= settings.closed_share * usual:
            closed.append(column)
    return np.array(closed, dtype=np.intp)


def _mark_employment(present: Marks, people: tuple[Person, ...], starts: list[date], first_day: date) -> None:
    for row, (person, start) in enumerate(zip(people, starts, strict=True)):
        present[row, : max(0, (start - first_day).days)] = False
        if person.left is not None:
            present[row, max(0, (person.left - first_day).days + 1) :] = False


def _mark_absences(present: Marks, workforce: Workforce, people: tuple[Person, ...], first_day: date) -> None:
    rows = {person.user: row for row, person in enumerate(people)}
    for absence in workforce.absences:
        row = rows.get(absence.user)
        if row is not None:
            present[
                row, max(0, (absence.first_day - first_day).days) : max(0, (absence.last_day - first_day).days + 1)
            ] = False


def _mark_own_holidays(present: Marks, workforce: Workforce, people: tuple[Person, ...], first_day: date) -> None:
    for row, person in enumerate(people):
        columns = [(day - first_day).days for day in workforce.own_holidays.get(person.user, ())]
        present[row, [column for column in columns if 0 <= column < present.shape[1]]] = False


def _capacity(person: Person, days: frozenset[int]) -> float:
    return 1.0 if person.fte is None or not days else person.fte * 5 / len(days)


def measure_learning(
    people: tuple[Person, ...], first_day: date, present: Marks, records: Days, settings: ExposureSettings
) -> Days:
    """What a newcomer can do of their settled pace, by days since go-live or hire; 1 where neither is known.

    By week of tenure the median of the own pace relative to the own weeks from the twelfth on, never falling; while
    too few people show it, 1 − .6·exp(−days/16).
    """
    tenure = np.full(present.shape, -1)
    for row, person in enumerate(people):
        known = [day for day in (person.go_live, person.hired) if day is not None]
        if known:
            tenure[row] = np.maximum(0, np.arange(present.shape[1]) - (max(known) - first_day).days)
    weeks = _pace_by_week(tenure, present, records, settings)
    if weeks is None:
        curve = 1 - settings.late_start_of_curve * np.exp(-tenure / settings.curve_days)
    else:
        curve = np.append(weeks, 1.0)[np.minimum(tenure // 7, settings.settled_week)]
    return np.where(tenure >= 0, curve, 1.0)


def _pace_by_week(tenure: Values, present: Marks, records: Days, settings: ExposureSettings) -> Days | None:
    """The firm's own learning curve by week of tenure; None while fewer people than needed show a week."""
    settled = present & (tenure >= 7 * settings.settled_week)
    own = np.where(settled, records, 0).sum(axis=1) / np.maximum(1, settled.sum(axis=1))
    known = (settled.sum(axis=1) >= settings.least_settled_days) & (own > 0)
    paces = []
    for week in range(settings.settled_week):
        there = present & (tenure // 7 == week) & (tenure >= 0)
        shown = known & there.any(axis=1)
        if shown.sum() < settings.least_learners:
            return None
        pace = np.where(there, records, 0).sum(axis=1)[shown] / there.sum(axis=1)[shown]
        paces.append(float(np.median(pace / own[shown])))
    return np.clip(np.maximum.accumulate(paces), settings.least_of_curve, 1.0)


def last_seen(user_days: UserDays) -> dict[str, date]:
    """The last day each user id did anything attributed to it."""
    is_active = user_days.table["active_events"].to_numpy() > 0
    return {user: last for user, (_, last) in user_days.coded.spans(is_active).items()}
