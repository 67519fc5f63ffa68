"""What the transfer room tells the hall: its measure for gates, next steps, its card, its part of the report."""

from datetime import date
from fractions import Fraction

from flask import url_for

from implement.rollout.registries import HallCard, Measure, MeasureKind, NextStep, Registries, ReportSection, Room
from implement.rollout.stages import Stage
from implement.stages.transfer.pictures import draw_fates
from implement.stages.transfer.run_page import RunPage
from implement.stages.transfer.service.decisions import count_unexplained
from implement.stages.transfer.service.results import gather_results
from implement.stages.transfer.service.runs import find_newest_run
from implement.stages.transfer.summary import summarise
from implement.stages.transfer.words import FATE_LABELS
from implement.web.access import Permission, Standing
from implement.web.texts import _, _n, lazy, number

UNEXPLAINED = "transfer.unexplained_losses"
WEIGHT_TO_DECIDE, WEIGHT_TO_BEGIN = 70, 30


def register(registries: Registries) -> None:
    """Register the room with the hall."""
    registries.rooms.append(Room("transfer", lazy("Transfer"), "transfer.show_room", Stage.TRANSFER))
    label = lazy("Unexplained losses")
    registries.add_measure(MeasureKind(UNEXPLAINED, label, "count", measure_unexplained, "transfer.show_room"))
    registries.next_steps.append(suggest_steps)
    registries.hall_cards.append(make_card)
    title = lazy("Transfer: what became of every record")
    registries.report_sections.append(
        ReportSection(Stage.TRANSFER, 1, title, "transfer/parts/report.html", gather_section)
    )


def measure_unexplained(rollout_id: int, wave_id: int | None, today: date) -> Measure | None:
    """Harmful findings of the newest finished run that nobody explained or waived; None before the first run."""
    found = count_unexplained(rollout_id)
    return Measure(Fraction(found.findings), found.source_rows) if found else None


def suggest_steps(standing: Standing, user_id: int, today: date) -> list[NextStep]:
    """Decide on what is unexplained."""
    if not standing.may(Permission.RUN_TRANSFER):
        return []
    found = count_unexplained(standing.rollout_id)
    if found is None or not found.findings:
        return []
    text = _n("Decide on one finding of the transfer", "Decide on %(n)s findings of the transfer", found.findings,
              n=number(found.findings))  # fmt: skip
    url = url_for("transfer.list_discrepancies", rollout_id=standing.rollout_id, number=found.run_number)
    return [NextStep(text, url, WEIGHT_TO_DECIDE)]


def make_card(standing: Standing, today: date) -> HallCard | None:
    """The newest run in a sentence, with the fates of all records."""
    if not standing.may(Permission.SEE_TRANSFER):
        return None
    run = find_newest_run(standing.rollout_id)
    url = url_for("transfer.show_room", rollout_id=standing.rollout_id)
    if run is None:
        sentence = _("Not compared yet: hand in the old system's files and the CRM's export.")
        return HallCard(_("Transfer"), sentence, url)
    results = gather_results(run)
    said = summarise(results)
    return HallCard(_("Transfer"), f"{said.answer} {said.lead}".strip(), url, draw_fates(results, RunPage.link_to(run)))


def gather_section(rollout_id: int, wave_id: int | None, today: date) -> dict[str, object] | None:
    """The newest run for the rollout's report; None before the first run."""
    run = find_newest_run(rollout_id)
    return {"one": RunPage.open(run), "fate_labels": FATE_LABELS} if run is not None else None
