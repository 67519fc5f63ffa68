"""What the pages of pay runs show."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from wtforms import SelectChoice

from implement.control.incentives import words
from implement.control.incentives.forms.runs import RunForm
from implement.control.incentives.pay_words import say_lack, say_run
from implement.control.incentives.service.adjusting import list_corrections
from implement.control.incentives.service.disputes import list_disputes
from implement.control.incentives.service.runs import PREPARE_JOB, list_runs, list_steps
from implement.control.incentives.service.statements import StatementRow, list_statements, map_entries
from implement.control.incentives.statement_page import name_kpis
from implement.control.incentives.tables import PayCorrection, PayRun, PayStatement
from implement.jobs import Job, JobState, find_job
from implement.rollout.service.privacy import PeopleView, named_view_is_on, pseudonym
from implement.rollout.service.rollouts import get_rollout
from implement.web.access import Role, Standing
from implement.web.tables import Column, Filter, Listing, Page
from implement.web.texts import _, _n, lazy, money, month

MONTHS_OFFERED = 6
STEPS = {
    "gather": lazy("Reading targets, actuals and rules, and then pricing them"),
    "files": lazy("Writing each file for payroll and reading it back"),
}
STATEMENTS = Listing(
    columns=(
        Column("number", lazy("Number")),
        Column("name", lazy("Person")),
        Column("total_minor", lazy("Amount"), kind="money"),
    ),
    filters=(Filter("find", lazy("Name or number"), search=("name", "number")),),
    first_sort="name",
)


@dataclass(frozen=True)
class Missing:
    """Something a run waits for, in words; with a KPI it can be decided."""

    person_id: int
    name: str
    kpi: str
    kpi_name: str
    text: str


def describe_runs(rollout_id: int) -> dict[str, object]:
    """Every run, and what waits."""
    rows = [row for row in list_runs(rollout_id) if row.kind != "simulation"]
    waiting = [row for row in rows if row.state not in ("exported", "closed")]
    answer = (
        _n("One pay run is open.", "%(num)d pay runs are open.", len(waiting)) if waiting else _("No pay run is open.")
    )
    return {"answer": answer, "rows": rows, "words": words, "disputes": list_disputes(rollout_id, only_open=True)}


def offer_months(form: RunForm, rollout_id: int, today: date) -> RunForm:
    """The months that are over and have no run yet, the newest first."""
    taken = {row.first_day for row in list_runs(rollout_id) if row.kind == "regular"}
    months, day = [], today
    for _number in range(MONTHS_OFFERED):
        day = (day.replace(day=1) - timedelta(days=1)).replace(day=1)
        months.append(day)
    form.month.choices = [SelectChoice(one.isoformat(), month(one)) for one in months if one not in taken]
    return form


def last_day_of(first_day: date) -> date:
    """The last day of a month."""
    return (first_day + timedelta(days=32)).replace(day=1) - timedelta(days=1)


def describe_run(run: PayRun, standing: Standing, secret: str, today: date, query: dict[str, str]) -> dict[str, object]:
    """A run with its steps, what is missing, statements, open objections."""
    job = find_job(run.job_id, run.rollout_id) if run.job_id else None
    rows, names = list_statements(run.rollout_id, run_id=run.id), name_kpis(run.rollout_id)
    shown = [hide_name(row, standing, secret, today) for row in rows]
    missing, count = read_missing(job, names) if run.state == "draft" else ([], 0)
    if not sees_names(standing, today):
        missing = [replace(one, name=say_pseudonym(standing, secret, one.person_id)) for one in missing]
    return {
        "run": run, "job": job, "words": words, "steps": list_steps(run.id), "page": page_of(shown, query),
        "missing": missing, "missing_count": count,
        "answer": say_run(run, len(rows), count), "total": money(run.total_minor, run.currency),
        "disputes": list_disputes(run.rollout_id, only_open=True),
        "adjustments": [row for row in list_runs(run.rollout_id) if row.adjusts_id == run.id],
        "today": today, "corrections": tell_corrections(run, standing, secret, today), "kpi_names": names,
        "job_title": say_job(job), "job_step": STEPS.get(job.step) if job else None,
    }  # fmt: skip


def say_job(job: Job | None) -> str:
    """What the work in the background is."""
    if job is not None and job.kind == PREPARE_JOB:
        return _("Preparing the files for payroll")
    return _("Computing pay and preparing its files")


def tell_corrections(run: PayRun, standing: Standing, secret: str, today: date) -> list[tuple[str, PayCorrection]]:
    """What an adjustment corrects, and of whom: their entry, or a pseudonym where names may not be seen."""
    found = list_corrections(run.id)
    if not found or run.adjusts_id is None or sees_names(standing, today):
        return [(one.entry, one) for one in found]
    whose = map_entries(run.adjusts_id)
    return [(say_pseudonym(standing, secret, whose.get(one.entry) or 0), one) for one in found]


def page_of(rows: list[StatementRow], query: dict[str, str]) -> Page:
    """One page of statements."""
    return STATEMENTS.slice_page(rows, query)


def sees_names(standing: Standing, today: date) -> bool:
    """HR pays people by name; the lead sees names once both sides have switched them on (R11)."""
    if Role.HR in standing.roles:
        return True
    return named_view_is_on(standing.rollout_id, get_rollout(standing.rollout_id).legal_profile, today)


def view_of(standing: Standing, person_id: int | None, today: date) -> PeopleView:
    """How somebody's statement is looked at."""
    if person_id is not None and person_id == standing.person_id:
        return PeopleView.NAMED
    return PeopleView.NAMED if sees_names(standing, today) else PeopleView.PSEUDONYM


def hide_name(row: StatementRow, standing: Standing, secret: str, today: date) -> StatementRow:
    """The row with a pseudonym where names may not be seen."""
    if view_of(standing, row.person_id, today) is PeopleView.NAMED:
        return row
    shown = say_pseudonym(standing, secret, row.person_id or 0)
    return StatementRow(**{**vars(row), "name": shown, "number": "–"})


def read_missing(job: Job | None, names: dict[str, str]) -> tuple[list[Missing], int]:
    """What the last try to compute found missing."""
    if job is None or job.state != JobState.REFUSED or not job.refusal:
        return [], 0
    listed = job.refusal.get("missing")
    rows = [row for row in listed if isinstance(row, dict)] if isinstance(listed, list) else []
    found = [
        Missing(
            int(str(row["person"])), str(row["name"]), str(row["kpi"]), names.get(str(row["kpi"]), str(row["kpi"])),
            say_lack(str(row["what"])),
        )
        for row in rows
    ]  # fmt: skip
    return found, int(str(job.refusal.get("count", len(found))))


def name_of(statement: PayStatement, standing: Standing, secret: str, today: date) -> str:
    """Whose statement it is: by name, or under a pseudonym."""
    if view_of(standing, statement.person_id, today) is PeopleView.NAMED:
        return f"{statement.name} ({statement.number})"
    return say_pseudonym(standing, secret, statement.person_id or 0)


def say_pseudonym(standing: Standing, secret: str, person_id: int) -> str:
    """What stands in place of a name; a dash where nobody is meant."""
    return pseudonym(secret, standing.rollout_id, person_id) if person_id else ""
