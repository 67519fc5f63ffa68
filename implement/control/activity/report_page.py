"""The report that takes a minute: which days, which numbers, what the CRM counted already."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from implement.control.activity.service.actuals import read_counted_days, read_reported_days
from implement.control.activity.service.catalogue import KpiRow, read_kpis
from implement.control.activity.service.reporting import MOST_A_DAY, list_report_days, list_reportable
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


def read_day(asked: str, today: date) -> date:
    """The day that is reported: yesterday where it is asked for, else today."""
    return next((one for one in list_report_days(today) if one.isoformat() == asked), today)


def describe_report(standing: Standing, on_day: date, today: date) -> dict[str, object]:
    """The boxes of a day; those the CRM does not tell stand first."""
    here, who = standing.rollout_id, standing.person_id
    keys, kpis = list_reportable(here, who, on_day), read_kpis(here, language())
    me = [one for one in list_staff(here) if one.person_id == who]
    crm = read_counted_days(here, on_day, on_day, me, keys) if me else {}
    said = read_reported_days([who] if who else [], on_day, on_day)
    boxes = [
        Box(kpis[key], said.get((who or 0, key), {}).get(on_day), crm.get((who or 0, key), {}).get(on_day))
        for key in keys
    ]
    return {
        "keys": keys, "day": on_day, "days": list_report_days(today), "today": today,
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
