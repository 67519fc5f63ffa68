"""What the transfer room tells the hall: its measure for gates, next steps, its card, its part of the report."""

from datetime import date
from fractions import Fraction
from functools import partial

from flask import current_app, url_for
from markupsafe import Markup

from implement.rollout.registries import HallCard, Measure, MeasureKind, NextStep, Registries, ReportSection, Room
from implement.rollout.remedy_carriers import RemedyCarrier
from implement.rollout.stages import Stage
from implement.stages.transfer import kept_classes, side_row, terms_chapter
from implement.stages.transfer.action_words import ACTION_LABELS, SUBJECT_LABELS
from implement.stages.transfer.pictures import draw_fates
from implement.stages.transfer.repairing import find_lost, repair_lost
from implement.stages.transfer.run_page import RunPage
from implement.stages.transfer.service.case_list import count_cases, count_unexplained, find_mine
from implement.stages.transfer.service.cases import find_number
from implement.stages.transfer.service.drift import find_newest_drift, list_drift_totals
from implement.stages.transfer.service.inventory import SourceLine, list_overdue
from implement.stages.transfer.service.left_behind import count_unapproved
from implement.stages.transfer.service.results import gather_results
from implement.stages.transfer.service.runs import find_newest_run
from implement.stages.transfer.service.sign_off import count_signed
from implement.stages.transfer.service.totals import count_differing
from implement.stages.transfer.summary import summarise
from implement.stages.transfer.words import FATE_LABELS
from implement.web.access import Permission, Standing
from implement.web.texts import _, _n, lazy, number

UNEXPLAINED, SIGNED = "transfer.unexplained_losses", "transfer.sides_signed"
DIFFERING = "transfer.control_totals_that_differ"
DRIFTED = "transfer.lost_since_cutover"
WEIGHT_MINE_OVERDUE, WEIGHT_TO_ASK, WEIGHT_MINE = 96, 85, 72
WEIGHT_TO_DECIDE, WEIGHT_TO_APPROVE, WEIGHT_TO_CHECK = 70, 65, 60


def register(registries: Registries) -> None:
    """Register the room with the hall."""
    registries.rooms.append(Room("transfer", lazy("Transfer"), "transfer.show_room", Stage.TRANSFER))
    registries.add_action_labels(ACTION_LABELS)
    registries.add_subject_labels(SUBJECT_LABELS)
    label = lazy("Unexplained losses")
    registries.add_measure(MeasureKind(UNEXPLAINED, label, "count", measure_unexplained, "transfer.show_room"))
    signed = lazy("Sides that signed the newest run's report")
    registries.add_measure(MeasureKind(SIGNED, signed, "count", measure_signed, "transfer.show_sign_offs"))
    differing = lazy("Control totals that differ")
    registries.add_measure(MeasureKind(DIFFERING, differing, "count", measure_differing, "transfer.list_totals"))
    drifted = lazy("Transferred records lost since the cutover")
    registries.add_measure(MeasureKind(DRIFTED, drifted, "count", measure_drift, "transfer.show_newest_drift"))
    terms_chapter.register(registries)
    registries.next_steps += [suggest_steps, suggest_overdue_sources, suggest_approvals]
    registries.task_pages["transfer_case"] = show_case_of_task
    registries.remedies["repair"] = RemedyCarrier(find_lost, repair_lost)
    registries.hall_cards.append(make_card)
    registries.side_rows.append(side_row.make_row())
    registries.kept_classes.extend(kept_classes.list_classes())
    registries.measured.extend(kept_classes.list_measured())
    title = lazy("Transfer: what became of every record")
    registries.report_sections.append(
        ReportSection(Stage.TRANSFER, 1, title, "transfer/parts/report.html", gather_section)
    )


def measure_unexplained(rollout_id: int, wave_id: int | None, today: date) -> Measure | None:
    """Harmful findings of the newest finished run that nobody explained or waived, control totals that differ, and what
    is left behind without a second person's approval; None before the first run.
    """
    found, totals = count_unexplained(rollout_id), count_differing(rollout_id)
    if found is None:
        return None
    waiting = count_unapproved(rollout_id, store=current_app.extensions["implement_store"])
    return Measure(Fraction(found.findings + waiting + (totals.differing if totals else 0)), found.source_rows)


def measure_differing(rollout_id: int, wave_id: int | None, today: date) -> Measure | None:
    """Figures of the old system that do not agree and were not accepted; None before one was held against a run."""
    found = count_differing(rollout_id)
    return Measure(Fraction(found.differing), found.held) if found else None


def measure_drift(rollout_id: int, wave_id: int | None, today: date) -> Measure | None:
    """Transferred records deleted, emptied, merged or torn, as the newest later export shows; None before there is
    one.
    """
    drift = find_newest_drift(rollout_id, finished=True)
    totals = list_drift_totals(drift) if drift else []
    return Measure(Fraction(sum(t.lost for t in totals)), sum(t.transferred for t in totals)) if totals else None


def suggest_overdue_sources(standing: Standing, user_id: int, today: date) -> list[NextStep]:
    """Ask for the sources that are due and not there."""
    if not standing.may(Permission.RUN_TRANSFER):
        return []
    url = url_for("transfer.list_sources", rollout_id=standing.rollout_id)
    return [_ask_for(one, url) for one in list_overdue(standing.rollout_id, today=today)]


def _ask_for(line: SourceLine, url: str) -> NextStep:
    assert line.terms is not None
    text = _("Ask %(owner)s for %(name)s", owner=line.terms.owner_name, name=line.name)
    return NextStep(text, url, WEIGHT_TO_ASK, line.terms.due)


def suggest_approvals(standing: Standing, user_id: int, today: date) -> list[NextStep]:
    """Ask for the second person's word on what the newest mapping leaves behind: until then it counts as lost."""
    if not standing.may(Permission.RUN_TRANSFER):
        return []
    waiting = count_unapproved(standing.rollout_id, store=current_app.extensions["implement_store"])
    if not waiting:
        return []
    text = _n("One table or column stays behind without a second person's approval",
              "%(n)s tables or columns stay behind without a second person's approval",
              waiting, n=number(waiting))  # fmt: skip
    return [NextStep(text, url_for("transfer.show_left_behind", rollout_id=standing.rollout_id), WEIGHT_TO_APPROVE)]


def measure_signed(rollout_id: int, wave_id: int | None, today: date) -> Measure | None:
    """How many of the two sides signed the newest run's report; None before the first run."""
    found = count_signed(rollout_id)
    return Measure(Fraction(found.sides), found.source_rows) if found else None


def suggest_steps(standing: Standing, user_id: int, today: date) -> list[NextStep]:
    """Repair one's own cases; give those of nobody to somebody; have repaired ones checked."""
    return [*_suggest_mine(standing, user_id, today), *_suggest_to_decide(standing, today)]


def _suggest_mine(standing: Standing, user_id: int, today: date) -> list[NextStep]:
    """The cases that are this person's, with the first day."""
    mine = find_mine(standing.rollout_id, user_id) if standing.may(Permission.SEE_TRANSFER) else None
    if mine is None:
        return []
    text = _n("One case of the transfer is yours", "%(n)s cases of the transfer are yours",
              mine.cases, n=number(mine.cases))  # fmt: skip
    url = url_for("transfer.list_cases", rollout_id=standing.rollout_id, owner=user_id, sort="due")
    if mine.cases == 1:
        url = url_for("transfer.show_case", rollout_id=standing.rollout_id, number=mine.number)
    return [NextStep(text, url, WEIGHT_MINE_OVERDUE if mine.due < today else WEIGHT_MINE, mine.due)]


def _suggest_to_decide(standing: Standing, today: date) -> list[NextStep]:
    """Cases that nobody owns yet; where all have owners, those that only a new run can close."""
    if not standing.may(Permission.RUN_TRANSFER):
        return []
    counts = count_cases(standing.rollout_id, today)
    cases = partial(url_for, "transfer.list_cases", rollout_id=standing.rollout_id)
    if counts.without_owner:
        text = _n("Give one case of the transfer an owner, or explain it",
                  "Give %(n)s cases of the transfer an owner, or explain them", counts.without_owner,
                  n=number(counts.without_owner))  # fmt: skip
        return [NextStep(text, cases(), WEIGHT_TO_DECIDE)]
    if counts.to_check:
        text = _n("Export the CRM and run again: one case is said to be repaired",
                  "Export the CRM and run again: %(n)s cases are said to be repaired", counts.to_check,
                  n=number(counts.to_check))  # fmt: skip
        return [NextStep(text, cases(state="repaired"), WEIGHT_TO_CHECK)]
    return []


def show_case_of_task(rollout_id: int, case_id: int) -> str:
    """The page of the case that a task of the hall is about."""
    return url_for("transfer.show_case", rollout_id=rollout_id, number=find_number(rollout_id, case_id))


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
    sentence = Markup(" ").join(part for part in (said.answer, said.lead) if part)
    return HallCard(_("Transfer"), sentence, url, draw_fates(results, RunPage.link_to(run)))


def gather_section(rollout_id: int, wave_id: int | None, today: date) -> dict[str, object] | None:
    """The newest run for the rollout's report; None before the first run."""
    run = find_newest_run(rollout_id)
    return {"one": RunPage.open(run), "fate_labels": FATE_LABELS} if run is not None else None
