"""Workflows as pages and reports show them: sums in words, time of each person as a picture, what it saves."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from implement.engine.workflow import MONTHS_OF_A_YEAR, PersonSum, WorkflowSums, hours_a_month
from implement.stages.audit.service.findings import MINOR_UNITS
from implement.stages.audit.service.workflows import WorkflowRow
from implement.stages.audit.tables import Workflow, WorkflowStep
from implement.stages.audit.words import say_money
from implement.web.charts import Chart, bars
from implement.web.texts import _, _n, minutes, number

FEW_HOURS = 20


@dataclass(frozen=True)
class WorkflowView:
    """A workflow ready to be read: `saved_hours` a month against the one it was copied from, None without one."""

    row: Workflow
    steps: tuple[WorkflowStep, ...]
    sums: WorkflowSums
    hours: Fraction | None
    money: str
    saved_hours: Fraction | None = None

    @property
    def aspect(self) -> str:
        """Whether it is told as it is or as it should be."""
        return _("how it should run") if self.row.is_wanted else _("how it runs today")

    @property
    def sentence(self) -> str:
        """What it comes to, each time it runs."""
        told = [
            _n("%(num)d step", "%(num)d steps", self.sums.steps),
            _("%(work)s of work", work=minutes(self.sums.work_minutes)),
            _n("%(num)d hand-over", "%(num)d hand-overs", self.sums.hand_overs),
        ]
        if self.sums.waiting_minutes:
            told.insert(2, _("%(lead)s from start to end", lead=minutes(self.sums.lead_minutes)))
        return f"{self.row.name}: {', '.join(told)}."

    @property
    def people(self) -> Sequence[PersonSum]:
        """What each person does, the one with most work first."""
        return sorted(self.sums.people, key=lambda one: -one.work_minutes)

    @property
    def places(self) -> Sequence[str]:
        """Programs, papers and mailboxes named so far."""
        return sorted({step.place for step in self.steps if step.place})

    def hours_of_person(self, one: PersonSum) -> str:
        """Hours a month that the workflow takes of a person."""
        runs = self.row.runs_per_month
        return say_hours(None if runs is None else hours_a_month(one.work_minutes, runs))

    @property
    def hours_word(self) -> str:
        """Hours a month as one reads them."""
        return say_hours(self.hours)

    @property
    def saving(self) -> str:
        """Against the workflow as it runs today, in words."""
        if not self.saved_hours:
            return ""
        if self.saved_hours > 0:
            return _("%(hours)s less than today", hours=say_hours(self.saved_hours))
        return _("%(hours)s more than today", hours=say_hours(-self.saved_hours))


def write_workflows(rows: Sequence[WorkflowRow], currency: str) -> list[WorkflowView]:
    """The workflows with hours and money, and what each as it should be saves against today's."""
    hours = {one.workflow.id: hours_of(one) for one in rows}
    return [write_workflow(one, currency, before=hours.get(one.workflow.copied_from_id or 0)) for one in rows]


def write_workflow(one: WorkflowRow, currency: str, *, before: Fraction | None = None) -> WorkflowView:
    """One workflow in words; `before` are the hours a month of the one it was copied from."""
    hours, cost = hours_of(one), one.workflow.hour_cost_minor
    money = "" if hours is None or cost is None else say_money(hours * MONTHS_OF_A_YEAR * cost / MINOR_UNITS, currency)
    saved = None if hours is None or before is None else before - hours
    return WorkflowView(one.workflow, one.steps, one.sums, hours, money, saved)


def say_hours(hours: Fraction | None) -> str:
    """Hours in whole ones, few of them with a tenth."""
    few = hours is not None and hours < FEW_HOURS and hours.denominator != 1
    return number(hours, 1 if few else 0)


def hours_of(one: WorkflowRow) -> Fraction | None:
    """Hours of work a month; None while nobody knows how often it runs."""
    runs = one.workflow.runs_per_month
    return None if runs is None else hours_a_month(one.sums.work_minutes, runs)


def say_workflows(views: Sequence[WorkflowView]) -> str:
    """The page's answer."""
    if not views:
        return _("No workflow has been written down yet.")
    unclear = sum(bool(one.row.unclear_because) for one in views)
    if unclear:
        return _n(
            "One workflow has to be put in order before it is automated.",
            "%(num)d workflows have to be put in order before they are automated.",
            unclear,
        )
    hours = sum((one.hours for one in views if one.hours and not one.row.is_wanted), Fraction(0))
    return _n("One workflow is written down.", "%(num)d workflows are written down.", len(views)) + (
        " " + _("Today's take %(hours)s hours of work a month.", hours=say_hours(hours)) if hours else ""
    )


def draw_people(view: WorkflowView) -> Chart:
    """Minutes of work of each person, each time the workflow runs."""
    people = view.people
    return bars(
        _("Work of each person or role"),
        _("Minutes of work each time the workflow runs; steps without a known time are not in them."),
        headings=(_("Who"), _("Minutes of work")),
        labels=[one.who for one in people],
        values=[one.work_minutes for one in people],
    )
