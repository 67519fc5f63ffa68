"""A salesperson's month: own targets and actuals with their rows, reasons, the sheet to acknowledge, what rooms add."""

import csv
import io
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from implement.control.activity.progress_page import draw, last_day_known
from implement.control.activity.service import reporting
from implement.control.activity.service.actuals import read_counted_days, read_late_days, read_reported_days
from implement.control.activity.service.catalogue import read_kpis
from implement.control.activity.service.delivering import read_deliveries
from implement.control.activity.service.periods import PeriodRow, list_periods
from implement.control.activity.service.reading import AttainmentRow, read_attainments, read_quotas
from implement.control.activity.service.workdays import list_work_days
from implement.jobs import Plain
from implement.rollout.registries import RolePageCard, registries
from implement.rollout.service.usage import list_staff
from implement.web.access import Standing
from implement.web.texts import _, _n, day, language

AskCard = Callable[[Standing, int, datetime], RolePageCard | None]
TABLE_HEAD = ("period", "kpi", "target", "actual", "crm", "report", "source", "missing_days", "reason")


@dataclass(frozen=True)
class DayRow:
    """One day of a KPI: what the CRM counted, what was reported, whether it was a working day and entered late."""

    day: date
    crm: int | None
    reported: int | None
    is_work_day: bool
    is_late: bool = False


def describe_month(
    standing: Standing, user_id: int, period: PeriodRow | None, today: date, now: datetime
) -> dict[str, object]:
    """The page: what is asked of me, where I stand, what is to be done."""
    here, who = standing.rollout_id, standing.person_id
    cards = list_cards(registries().month_cards, standing, user_id, now)
    coming = [one for one in list_periods(here) if not one.has_begun(today)]
    sheets = {one.id: read_deliveries(here, one).get(who or 0) for one in [*coming, *([period] if period else [])]}
    waiting = [(one, sheet) for one in coming for sheet in [sheets[one.id]] if sheet and not sheet.acknowledged_at]
    rows = read_own(standing, period, last_day_known(period, today)) if period else []
    sheet = sheets.get(period.id) if period else None
    if period and sheet and not sheet.acknowledged_at:
        waiting.append((period, sheet))
    kpis = read_kpis(here, language())
    ended = bool(period and period.has_ended(today))
    return {
        "period": period, "rows": rows, "cards": cards, "waiting": waiting, "sheet": sheet, "ended": ended,
        "misses": reporting.read_misses(period.id) if period else {}, "who": who, "codes": reporting.MISSES,
        "missed": reporting.find_missed(rows) if ended else [], "kpis": kpis,
        "settled": reporting.list_settled(period.id, who) if period and who else [],
        "quota": next((one for one in read_quotas(here, period.id) if one.person_id == who), None) if period else None,
        "answer": say_month(rows, waiting), "picture": draw(rows, kpis) if rows else None,
        "periods": [one for one in list_periods(here) if one.has_begun(today)],
    }  # fmt: skip


def list_cards(asks: Sequence[AskCard], standing: Standing, user_id: int, now: datetime) -> list[RolePageCard]:
    """What rooms add to a page of a role, the heaviest first."""
    found = [card for ask in asks if (card := ask(standing, user_id, now)) is not None]
    return sorted(found, key=lambda card: -card.weight)


def read_own(standing: Standing, period: PeriodRow, until: date | None) -> list[AttainmentRow]:
    """One's own rows of a period."""
    rows = read_attainments(standing.rollout_id, period.id, until=until, language=language())
    return [row for row in rows if row.person_id == standing.person_id]


def list_days(rollout_id: int, person_id: int, period: PeriodRow, kpi_key: str, until: date) -> list[DayRow]:
    """The days behind one figure, the latest first."""
    people = [one for one in list_staff(rollout_id) if one.person_id == person_id]
    work_days = set(list_work_days(rollout_id, people, period.first_day, until)[person_id])
    span = (period.first_day, period.last_day)
    crm = read_counted_days(rollout_id, *span, people, [kpi_key]).get((person_id, kpi_key), {})
    reported = read_reported_days([person_id], *span).get((person_id, kpi_key), {})
    late = {one for _who, key, one in read_late_days(rollout_id, [person_id], *span) if key == kpi_key}
    days = sorted(work_days | crm.keys() | reported.keys(), reverse=True)
    return [DayRow(one, crm.get(one), reported.get(one), one in work_days, one in late) for one in days]


def gather_own(standing: Standing, today: date) -> list[dict[str, Plain]]:
    """Everything kept about somebody here, for themselves (R8)."""
    found: list[dict[str, Plain]] = []
    for period in list_periods(standing.rollout_id):
        until = last_day_known(period, today) if period.has_begun(today) else period.last_day
        misses = reporting.read_misses(period.id)
        for row in read_own(standing, period, until):
            miss = misses.get((row.person_id, row.kpi_key))
            found.append(
                {
                    "period": f"{period.first_day.isoformat()}/{period.last_day.isoformat()}", "kpi": row.kpi_key,
                    "target": row.target, "actual": row.so_far, "crm": row.crm, "report": row.reported,
                    "source": row.source, "missing_days": len(row.missing_days), "reason": miss.code if miss else "",
                }
            )  # fmt: skip
    return found


def write_own(rows: list[dict[str, Plain]], kind: str) -> str:
    """One's own figures as JSON or CSV; codes and numbers only, so that no cell can be a formula."""
    if kind == "json":
        return json.dumps(rows, ensure_ascii=False, indent=1)
    text = io.StringIO()
    writer = csv.DictWriter(text, TABLE_HEAD, delimiter=";", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def say_month(rows: list[AttainmentRow], waiting: Sequence[tuple[PeriodRow, object]]) -> str:
    """The first line: what waits, else how many targets are reached."""
    if waiting:
        return _("Your targets from %(day)s wait for you.", day=day(waiting[0][0].first_day))
    if not rows:
        return _("You have no targets in this period.")
    reached = sum((row.attainment_so_far or 0) >= 1 for row in rows)
    said = _("%(reached)s of %(all)s targets are reached.", reached=reached, all=len(rows))
    missing = len({one for row in rows for one in row.missing_days})
    if missing:
        said += " " + _n("Of one day something is missing.", "Of %(num)d days something is missing.", missing)
    return said
