"""The report that takes a minute: which days, which numbers, what the CRM counted already."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from implement.control.activity.service.actuals import read_counted_days, read_reported_days
from implement.control.activity.service.catalogue import KpiRow, read_kpis
from implement.control.activity.service.reporting import MOST_A_DAY, list_missing, list_report_days, list_reportable
from implement.rollout.registries import registries
from implement.rollout.service.usage import list_staff
from implement.web.access import Standing
from implement.web.forms import NotReadable, read_number
from implement.web.texts import _, day, language


@dataclass(frozen=True)
class Box:
    """One number to report: what was reported before, and what the CRM counted."""

    kpi: KpiRow
    reported: int | None
    crm: int | None


@dataclass(frozen=True)
class Reportable:
    """The days somebody can report, and of which earlier ones something is missing."""

    today: date
    missing: Mapping[date, tuple[str, ...]]
    frozen_until: date | None

    def read_day(self, asked: str) -> date:
        """The day that is reported: yesterday or a missing one where it is asked for, else today."""
        days = (*list_report_days(self.today), *self.missing)
        return next((one for one in days if one.isoformat() == asked), self.today)


def find_reportable(standing: Standing, today: date) -> Reportable:
    """What somebody can report today."""
    told = [day for ask in registries().frozen_days if (day := ask(standing.rollout_id)) is not None]
    until = max(told, default=None)
    found = list_missing(standing.rollout_id, standing.person_id, today, frozen_until=until)
    return Reportable(today, found, until)


def describe_report(standing: Standing, on_day: date, reportable: Reportable) -> dict[str, object]:
    """The boxes of a day; those the CRM does not tell stand first. Of an earlier day only what is missing."""
    here, who, today = standing.rollout_id, standing.person_id, reportable.today
    keys, kpis = list_reportable(here, who, on_day), read_kpis(here, language())
    is_late = on_day not in list_report_days(today)
    if is_late:
        keys = reportable.missing.get(on_day, ())
    me = [one for one in list_staff(here) if one.person_id == who]
    crm = read_counted_days(here, on_day, on_day, me, keys) if me else {}
    said = read_reported_days([who] if who else [], on_day, on_day)
    boxes = [
        Box(kpis[key], said.get((who or 0, key), {}).get(on_day), crm.get((who or 0, key), {}).get(on_day))
        for key in keys
    ]
    return {
        "keys": keys, "day": on_day, "days": list_report_days(today), "today": today, "is_late": is_late,
        "missing": [one for one in reportable.missing if one != on_day],
        "boxes": sorted(boxes, key=lambda box: box.kpi.kpi.is_counted), "answer": _say(boxes, on_day),
    }  # fmt: skip


def read_numbers(form: Mapping[str, str], keys: object) -> tuple[dict[str, int], dict[str, str]]:
    """What was typed, by KPI; an empty box stays missing. Faults by KPI."""
    found: dict[str, int] = {}
    faults: dict[str, str] = {}
    for key in keys if isinstance(keys, tuple) else ():
        typed = form.get(key, "").strip()
        try:
            number = read_number(typed, language()) if typed else None
        except NotReadable:
            number = read_number("-1", "en")
        if number is not None and (number != number.to_integral_value() or not 0 <= number <= MOST_A_DAY):
            faults[key] = _("Please report a number between 0 and 1,000.")
        elif number is not None:
            found[key] = int(number)
    return found, faults


def _say(boxes: Sequence[Box], on_day: date) -> str:
    if not boxes:
        return _("You have nothing to report on %(day)s.", day=day(on_day))
    missing = sum(box.reported is None and box.crm is None for box in boxes)
    return (
        _("%(day)s: %(missing)s of %(all)s numbers are missing.", day=day(on_day), missing=missing, all=len(boxes))
        if missing
        else _("%(day)s: every number is there.", day=day(on_day))
    )
