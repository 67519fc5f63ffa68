"""What the page of a run shows: its first line, pictures, causes, totals, money at risk and frozen inputs."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from flask import url_for

from implement.stages.transfer.case_words import STATE_LABELS
from implement.stages.transfer.pictures import draw_classes, draw_example, draw_fields, draw_flow
from implement.stages.transfer.service.accepting import may_accept
from implement.stages.transfer.service.case_steps import SETTLED
from implement.stages.transfer.service.files import FileRow, list_files
from implement.stages.transfer.service.mappings import newest_number
from implement.stages.transfer.service.results import Results, gather_results, list_faulty_files, list_inputs
from implement.stages.transfer.service.sides import list_tables_at_hand
from implement.stages.transfer.summary import Summary, count_missing, find_risk, money_figure, say_money, summarise
from implement.stages.transfer.tables import Discrepancy, RunInput, RunRisk, RunTotal, TransferRun
from implement.stages.transfer.words import say_cause, say_discrepancy
from implement.web.charts import Chart
from implement.web.texts import _

SHOWN_DISCREPANCIES = 12


@dataclass(frozen=True)
class DiscrepancyLine:
    """A discrepancy in words, with its case (0: none) and how that stands."""

    number: int
    said: str
    why: str
    case: int
    state: str
    is_settled: bool
    findings: int
    may_accept: bool
    """Each old value became one other: that can be a mapping."""


@dataclass(frozen=True)
class RunPage:
    """The results of one run as its page shows them."""

    results: Results
    summary: Summary
    lines: list[DiscrepancyLine]
    fates: Chart
    classes: Chart | None
    fields: Chart | None
    inputs: Sequence[RunInput]
    faulty: Sequence[tuple[int, str]]

    @classmethod
    def open(cls, run: TransferRun) -> "RunPage":
        """Read the sums of a run and draw them."""
        results = gather_results(run)
        link = cls.link_to(run)
        classes = draw_classes(results, link) if results.discrepancies else None
        return cls(
            results,
            summarise(results),
            [make_line(results, one) for one in results.harmful],
            draw_flow(results, link),
            classes,
            draw_fields(results, link),
            list_inputs(run.id),
            list_faulty_files(run.id),
        )

    @staticmethod
    def link_to(run: TransferRun) -> Callable[..., str]:
        """Make links to the run's findings, narrowed by table, class and field."""
        return partial(url_for, "transfer.list_findings", rollout_id=run.rollout_id, number=run.number)

    @property
    def run(self) -> TransferRun:
        """The run itself."""
        return self.results.run

    @property
    def shown_lines(self) -> list[DiscrepancyLine]:
        """The largest discrepancies, those that are explained or waived last."""
        return sorted(self.lines, key=lambda line: line.is_settled)[:SHOWN_DISCREPANCIES]

    @property
    def missing(self) -> int:
        """Records that are not in the CRM and were not left behind on purpose."""
        return sum(count_missing(one) for one in self.results.totals if not one.left_behind)

    @property
    def changed(self) -> int:
        """Records that arrived damaged."""
        return sum(one.changed for one in self.results.totals)

    @property
    def money(self) -> list[tuple[str, str, str]]:
        """Per table of deals: its name, the open money at risk as a figure, and what belongs below it."""
        return [(risk.table_name, *self._figure(risk)) for risk in self.results.risks if risk.kind == "open"]

    def missing_of(self, total: RunTotal) -> int:
        """Records of one table that are not in the CRM."""
        return count_missing(total)

    def _figure(self, risk: RunRisk) -> tuple[str, str]:
        figure, note = money_figure(risk, self.results.currency)
        won = find_risk(self.results, risk.table_name, "won")
        said = _("won: %(money)s", money=say_money(won, self.results.currency)) if won else ""
        return figure, " · ".join(filter(None, (note, said)))


@dataclass(frozen=True)
class Beginning:
    """What is there before the first run."""

    files: list[FileRow]
    sides: frozenset[str]
    mapping_number: int
    example: Chart


def open_beginning(rollout_id: int) -> Beginning:
    """What was handed in so far, and whether a mapping is there."""
    sides = frozenset(one.side for one in list_tables_at_hand(rollout_id))
    return Beginning(list_files(rollout_id), sides, newest_number(rollout_id), draw_example())


def make_line(results: Results, one: Discrepancy) -> DiscrepancyLine:
    """A discrepancy in words, with its case."""
    case = results.find_case(one)
    number, state = (case.number, case.state) if case else (0, "")
    said = (say_discrepancy(one), say_cause(one), number, str(STATE_LABELS.get(state, "")))
    return DiscrepancyLine(one.number, *said, state in SETTLED, one.findings, may_accept(one))
