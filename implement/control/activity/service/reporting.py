"""Reports that take a minute: numbers of today and yesterday; conflicts settled; reasons for a miss (M46, M125)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select

from implement.control.activity.service.actuals import read_actuals, read_reported_days
from implement.control.activity.service.periods import PeriodRow, find_period, list_periods
from implement.control.activity.service.plans import find_plan, read_plans
from implement.control.activity.service.reading import AttainmentRow, read_attainments
from implement.control.activity.service.targets import people_set_by
from implement.control.activity.tables import ActivityReport, ActivitySettling, MissReason
from implement.db import db
from implement.rollout.service.errors import NotAllowed, NotFound, RuleBroken
from implement.rollout.service.log import Actor, log_write
from implement.rollout.service.usage import list_staff
from implement.web.access import Standing
from implement.web.texts import lazy

MOST_A_DAY = 1_000
MISSES = {
    "customer": lazy("the customer put it off"),
    "no_leads": lazy("too few new customers"),
    "other_task": lazy("other work came first"),
    "away": lazy("away longer than planned"),
    "system": lazy("the CRM did not work"),
    "wrong_record": lazy("the records in the CRM were wrong"),
    "target": lazy("the target was too high"),
    "other": lazy("something else"),
}


@dataclass(frozen=True)
class MissRow:
    """Why somebody missed a target."""

    code: str
    words: str


def list_report_days(today: date) -> tuple[date, date]:
    """The days that may be reported: today and yesterday."""
    return today, today - timedelta(days=1)


def list_missing(
    rollout_id: int, person_id: int | None, today: date, *, frozen_until: date | None
) -> dict[date, tuple[str, ...]]:
    """The days before yesterday of which somebody's numbers are missing, with their KPIs: those of the period that runs
    and of the one before, until pay has frozen them.
    """
    member = next((one for one in list_staff(rollout_id) if one.person_id == person_id), None)
    begun = [one for one in list_periods(rollout_id) if one.has_begun(today)][:2]
    found: dict[date, list[str]] = {}
    for period in begun if member else ():
        last = min(period.last_day, today - timedelta(days=2))
        plan = find_plan(read_plans(period.id), member) if member and last >= period.first_day else None
        keys = [item.kpi_key for item in plan.items] if plan else []
        actuals = read_actuals(rollout_id, period, [member], keys, until=last) if member and keys else {}
        for (_who, key), actual in actuals.items():
            for day in actual.missing_days:
                if frozen_until is None or day > frozen_until:
                    found.setdefault(day, []).append(key)
    return {day: tuple(keys) for day, keys in sorted(found.items())}


def list_reportable(rollout_id: int, person_id: int | None, day: date) -> tuple[str, ...]:
    """The KPIs somebody can report on a day: those of the plan of their function."""
    period = find_period(rollout_id, day)
    member = next((one for one in list_staff(rollout_id) if one.person_id == person_id), None)
    if period is None or member is None:
        return ()
    plan = find_plan(read_plans(period.id), member)
    return tuple(item.kpi_key for item in plan.items) if plan else ()


def report_day(
    rollout_id: int, person_id: int | None, day: date, numbers: Mapping[str, int], *, by: Actor, now: datetime,
    today: date, frozen_until: date | None = None,
) -> int:  # fmt: skip
    """Keep what somebody reports of a day, all or none; the same number again is nothing new. Returns how many rows
    were kept; a number left out stays missing. Of a day before yesterday only what is missing can be reported, until
    pay has frozen it (`frozen_until`); it is marked as entered late.
    """
    if person_id is None:
        raise NotAllowed(lazy("Only people on the staff report."))
    if day not in list_report_days(today):
        late = list_missing(rollout_id, person_id, today, frozen_until=frozen_until).get(day, ())
        if not late or not set(numbers) <= set(late):
            raise RuleBroken(
                lazy("Only today and yesterday can be reported; of earlier days what is missing until pay is computed.")
            )
    allowed = list_reportable(rollout_id, person_id, day)
    if not set(numbers) <= set(allowed):
        raise RuleBroken(lazy("This KPI does not stand in the plan of this function."))
    if any(not 0 <= number <= MOST_A_DAY for number in numbers.values()):
        raise RuleBroken(lazy("Please report a number between 0 and 1,000."))
    known = read_reported_days([person_id], day, day)
    fresh = {key: number for key, number in numbers.items() if known.get((person_id, key), {}).get(day) != number}
    for key, number in fresh.items():
        row = {"person_id": person_id, "kpi_key": key, "day": day, "reported": number}
        db.session.add(ActivityReport(**row, by_id=by.id, at=now))
    if fresh:
        about = {"rollout_id": rollout_id, "day": day.isoformat(), "numbers": dict(fresh)}
        log_write("report_day", f"person:{person_id}", by=by, now=now, **about)  # type: ignore[arg-type]
    return len(fresh)


def settle(
    standing: Standing, period: PeriodRow, person_id: int, kpi_key: str, holds: str, reason: str, *,
    sums: tuple[int, int], by: Actor, now: datetime,
) -> None:  # fmt: skip
    """Say which source holds where both differ, with a reason; `sums` (CRM, report) are those that were looked at, and
    others are refused. Both stay kept. Nobody settles their own.
    """
    if person_id == standing.person_id or person_id not in people_set_by(standing, [person_id]):
        raise NotAllowed(lazy("You settle conflicts of your own team only, and never your own."))
    if holds not in ("crm", "report") or not reason.strip():
        raise RuleBroken(lazy("Please choose a source and give a reason; the person can read it."))
    row = find_row(standing.rollout_id, period.id, person_id, kpi_key)
    if not row.conflicts or (row.crm, row.reported) != sums:
        raise RuleBroken(lazy("The figures have changed since you looked at them. Please look again."))
    kept = {"period_id": period.id, "person_id": person_id, "kpi_key": kpi_key, "holds": holds}
    counts = {"crm": sums[0], "reported": sums[1], "reason": reason.strip()}
    db.session.add(ActivitySettling(**kept, **counts, by_id=by.id, by_name=by.name, at=now))
    about = {"rollout_id": standing.rollout_id, "kpi": kpi_key, "holds": holds}
    log_write("settle_conflict", f"person:{person_id}", by=by, now=now, **about)  # type: ignore[arg-type]


def find_row(rollout_id: int, period_id: int, person_id: int, kpi_key: str, language: str = "en") -> AttainmentRow:
    """One KPI of one person."""
    rows = read_attainments(rollout_id, period_id, language=language)
    found = next((one for one in rows if (one.person_id, one.kpi_key) == (person_id, kpi_key)), None)
    if found is None:
        raise NotFound(lazy("There is no such KPI."))
    return found


def say_miss(
    rollout_id: int, period: PeriodRow, person_id: int | None, kpi_key: str, code: str, words: str, *, by: Actor,
    now: datetime,
) -> None:  # fmt: skip
    """Say why one's own target was missed; a later word replaces the earlier one, the log keeps both."""
    if code not in MISSES or person_id is None:
        raise RuleBroken(lazy("Please choose a reason."))
    find_row(rollout_id, period.id, person_id, kpi_key)
    here = {"period_id": period.id, "person_id": person_id, "kpi_key": kpi_key}
    row = db.session.scalar(select(MissReason).filter_by(**here)) or MissReason(**here)
    row.code, row.words, row.by_id, row.at = code, words.strip(), by.id, now
    db.session.add(row)
    about = {"rollout_id": rollout_id, "kpi": kpi_key, "code": code, "words": words.strip()}
    log_write("say_miss", f"person:{person_id}", by=by, now=now, **about)  # type: ignore[arg-type]


def read_misses(period_id: int) -> dict[tuple[int, str], MissRow]:
    """The reasons people gave, by person and KPI."""
    asked = select(MissReason.person_id, MissReason.kpi_key, MissReason.code, MissReason.words)
    rows = db.session.execute(asked.where(MissReason.period_id == period_id))
    return {(who, key): MissRow(code, words) for who, key, code, words in rows}


def list_settled(period_id: int, person_id: int) -> list[ActivitySettling]:
    """How conflicts of one person were settled, the latest first."""
    here = (ActivitySettling.period_id == period_id, ActivitySettling.person_id == person_id)
    return list(db.session.scalars(select(ActivitySettling).where(*here).order_by(ActivitySettling.id.desc())))


def find_missed(rows: Sequence[AttainmentRow]) -> list[AttainmentRow]:
    """The KPIs whose target was not reached, of those that are known."""
    return [row for row in rows if row.attainment is not None and row.attainment < 1]
