"""What a statement's page shows: target, actual, rule, every step in words, rounding, objections."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from wtforms import SelectChoice

from implement.control.activity.service.actuals import read_counted_days, read_late_days, read_reported_days
from implement.control.activity.service.events import read_counted_events
from implement.control.activity.service.reading import list_kpis
from implement.control.activity.words import ACTION_LABELS, OBJECT_LABELS
from implement.control.incentives.forms.runs import CorrectForm, ObjectForm
from implement.control.incentives.pay_words import say_part, say_step
from implement.control.incentives.service.disputes import DAYS_TO_ANSWER, list_disputes
from implement.control.incentives.service.runs import list_runs
from implement.control.incentives.service.statements import EntryShown, Line, explain_statement, list_lines
from implement.control.incentives.tables import PayRun, PayStatement
from implement.rollout.service.usage import list_staff
from implement.store import Store
from implement.web.access import Standing
from implement.web.texts import _, _n, language, money, month, number
from implement.web.texts import day as say_day


@dataclass(frozen=True)
class FigureRow:
    """A KPI of a statement: target and actual as frozen, what it pays."""

    kpi: str
    name: str
    target: str
    actual: str
    amount_minor: int
    is_corrected: bool


@dataclass(frozen=True)
class ShownEntry:
    """An entry in words."""

    entry: str
    first_day: date
    last_day: date
    rule: str
    number: int
    version_id: int
    figures: list[FigureRow]
    steps: list[str]


def describe(statement: PayStatement, run: PayRun, standing: Standing, store: Store) -> dict[str, object]:
    """Everything a statement's page shows."""
    _terms, entries = explain_statement(statement, run, store=store)
    names, lines = name_kpis(run.rollout_id), list_lines(statement.id)
    disputes = list_disputes(run.rollout_id, statement_id=statement.id)
    return {
        "statement": statement, "run": run, "lines": lines, "names": names, "say_part": say_part,
        "entries": [_show(one, lines, names) for one in entries],
        "disputes": disputes,
        "is_own": standing.person_id is not None and statement.person_id == standing.person_id,
        "is_open": any(not one.answer for one in disputes),
        "answer": say_answer(statement, run), "days_to_answer": DAYS_TO_ANSWER,
        "adjustments": [
            row for row in list_runs(run.rollout_id) if row.adjusts_id == run.id and row.state == "draft"
        ],
    }  # fmt: skip


def say_answer(statement: PayStatement, run: PayRun) -> str:
    """The first line."""
    said = {"month": month(run.first_day), "total": money(statement.total_minor, run.currency)}
    if run.kind == "adjustment":
        return _("Adjustment for %(month)s: %(total)s.", **said)
    if run.kind == "simulation":
        return _("Simulation for %(month)s: %(total)s, not payable.", **said)
    return _("Variable part for %(month)s: %(total)s.", **said)


def offer_lines(form: ObjectForm, lines: list[Line], names: dict[str, str]) -> ObjectForm:
    """What an objection can be about."""
    whole = SelectChoice(0, _("the whole statement"))
    form.line_id.choices = [whole, *(SelectChoice(one.id, say_part(one.part, names)) for one in lines)]
    return form


def offer_figures(form: CorrectForm, entries: list[ShownEntry]) -> CorrectForm:
    """Which actuals can be corrected."""
    form.line.choices = [
        SelectChoice(f"{one.entry}|{row.kpi}", row.name if len(entries) == 1 else f"{row.name} ({one.entry})")
        for one in entries
        for row in one.figures
    ]
    return form


def name_kpis(rollout_id: int) -> dict[str, str]:
    """The names of figures in the reader's language."""
    return {row.key: row.name for row in list_kpis(rollout_id, language())}


def describe_figure(statement: PayStatement, run: PayRun, kpi: str) -> dict[str, object]:
    """The days behind an actual, as the plan's room knows them today: what the CRM counted, what was reported."""
    who = statement.person_id or 0
    people = [one for one in list_staff(run.rollout_id) if one.person_id == who]
    span = (run.first_day, run.last_day)
    crm = read_counted_days(run.rollout_id, *span, people, [kpi]).get((who, kpi), {})
    reported = read_reported_days([who], *span).get((who, kpi), {})
    late = {day for _who, key, day in read_late_days(run.rollout_id, [who], *span) if key == kpi}
    days = [(day, crm.get(day), reported.get(day), day in late) for day in sorted({*crm, *reported})]
    name = name_kpis(run.rollout_id).get(kpi, kpi)
    answer = say_figure(name, crm, reported, month(span[0]))
    return {"statement": statement, "run": run, "name": name, "days": days, "answer": answer, "kpi": kpi}


def say_figure(name: str, crm: Mapping[date, int], reported: Mapping[date, int], when: str) -> str:
    """What each source that knows the figure says of the month; one that never counts it says nothing, not 0."""
    said = {"name": name, "month": when, "count": number(sum(crm.values())), "told": number(sum(reported.values()))}
    if crm and reported:
        return _("%(name)s in %(month)s: the CRM counted %(count)s, reported were %(told)s.", **said)
    if crm:
        return _("%(name)s: the CRM counted %(count)s in %(month)s.", **said)
    if reported:
        return _("%(name)s: %(told)s were reported in %(month)s; the CRM counts none of them.", **said)
    return _("%(name)s: of %(month)s nothing is known.", **said)


def describe_events(statement: PayStatement, run: PayRun, kpi: str, day: date, store: Store) -> dict[str, object]:
    """The single events of the CRM behind a figure's day: the records and what was done to them."""
    name, who = name_kpis(run.rollout_id).get(kpi, kpi), statement.person_id or 0
    is_inside = run.first_day <= day <= run.last_day
    found = read_counted_events(run.rollout_id, who, kpi, day, store=store) if is_inside else []
    said = {"name": name, "day": say_day(day)}
    answer = _n(
        "%(name)s on %(day)s: one event of the CRM.", "%(name)s on %(day)s: %(num)d events of the CRM.", len(found),
        **said,
    )  # fmt: skip
    gone = _("%(name)s on %(day)s: the single events are not kept any more, or came without the log.", **said)
    return {
        "statement": statement, "run": run, "name": name, "kpi": kpi, "events": found,
        "answer": answer if found else gone, "records": OBJECT_LABELS, "actions": ACTION_LABELS,
    }  # fmt: skip


def _show(one: EntryShown, lines: list[Line], names: dict[str, str]) -> ShownEntry:
    paid = {line.part: line.amount_minor for line in lines if line.entry == one.entry}
    corrected = one.basis.get("corrected")
    rows = [
        FigureRow(
            kpi=item.item.kpi, name=names.get(item.item.kpi, item.item.kpi), target=str(item.item.target),
            actual="" if item.item.actual is None else str(item.item.actual),
            amount_minor=paid.get(f"plan:{item.item.kpi}", 0),
            is_corrected=isinstance(corrected, dict) and item.item.kpi in corrected,
        )
        for item in one.pay.items
    ]  # fmt: skip
    basis = one.basis
    return ShownEntry(
        entry=one.entry, first_day=date.fromisoformat(str(basis["first_day"])),
        last_day=date.fromisoformat(str(basis["last_day"])), rule=str(basis.get("rule", "")),
        number=int(str(basis.get("number", 0))), version_id=int(str(basis.get("rule_version", 0))), figures=rows,
        steps=[say_step(step, names) for step in one.steps],
    )  # fmt: skip
