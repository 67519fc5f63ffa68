"""What the audit shows outside its own pages: place on the rail, measure, next steps, card, part of the report."""

from datetime import date
from fractions import Fraction

from flask import Flask, current_app, url_for

from implement.engine.readiness import assess_readiness
from implement.rollout.registries import HallCard, Measure, MeasureKind, NextStep, Registries, ReportSection, Room
from implement.rollout.service.rollouts import get_rollout, local_day
from implement.rollout.stages import Stage
from implement.stages.audit import kept_classes, terms_chapter
from implement.stages.audit.action_words import ACTION_LABELS, SUBJECT_LABELS
from implement.stages.audit.findings_page import draw_maturity, write_findings
from implement.stages.audit.service.audits import evaluate_audit, find_audit, open_pack, read_progress
from implement.stages.audit.service.findings import list_own_findings
from implement.web.access import Permission, Standing
from implement.web.texts import _, _n, lazy

BEGIN_WEIGHT = 90
ANSWER_WEIGHT = 70


def register(app: Flask) -> None:
    """Tell the hall what this room offers."""
    registries: Registries = app.extensions["implement_registries"]
    registries.rooms.append(Room("audit", lazy("Audit"), "audit.show_audit", Stage.AUDIT))
    registries.add_action_labels(ACTION_LABELS)
    registries.add_subject_labels(SUBJECT_LABELS)
    share = lazy("Share of audit questions answered")
    registries.add_measure(MeasureKind("audit.answered_share", share, "share", measure_answered, "audit.show_audit"))
    terms_chapter.register(registries)
    registries.kept_classes.extend(kept_classes.list_classes())
    registries.next_steps.append(list_steps)
    registries.hall_cards.append(make_card)
    registries.report_sections.append(
        ReportSection(Stage.AUDIT, 1, lazy("maturity and findings"), "audit/_chapter.html", gather_chapter)
    )


def measure_answered(rollout_id: int, wave_id: int | None, today: date) -> Measure | None:
    """Answered questions as a share of those that apply; an audit is of the firm, so it holds for every wave."""
    progress = read_progress(rollout_id)
    if progress is None or not progress.applying:
        return None
    begun = local_day(rollout_id, progress.begun_at)
    return Measure(Fraction(progress.answered, progress.applying), progress.applying, begun, today)


def list_steps(standing: Standing, user_id: int, today: date) -> list[NextStep]:
    """Begin the audit, or answer what is open."""
    if not standing.may(Permission.RUN_AUDIT):
        return []
    progress = read_progress(standing.rollout_id)
    if progress is None:
        url = url_for("audit.show_audit", rollout_id=standing.rollout_id)
        return [
            NextStep(
                _("Begin the audit: choose what to ask, from 30 questions for the first hour to thirteen themes"),
                url,
                BEGIN_WEIGHT,
            )
        ]
    if not progress.open:
        return []
    text = _n("Answer one open question of the audit", "Answer %(num)d open questions of the audit", progress.open)
    return [NextStep(text, url_for("audit_interview.begin", rollout_id=standing.rollout_id), ANSWER_WEIGHT)]


def make_card(standing: Standing, today: date) -> HallCard | None:
    """How far the audit is and what it has found, from the kept summary."""
    progress = read_progress(standing.rollout_id) if standing.may(Permission.SEE_AUDIT) else None
    if progress is None:
        return None
    sentence = _(
        "%(answered)s of %(applying)s questions answered; findings: %(findings)s, risks: %(risks)s, to be settled "
        "first: %(obstacles)s.",
        answered=progress.answered,
        applying=progress.applying,
        findings=progress.findings,
        risks=progress.risks,
        obstacles=progress.obstacles,
    )
    return HallCard(_("Audit"), sentence, url_for("audit.show_audit", rollout_id=standing.rollout_id))


def gather_chapter(rollout_id: int, wave_id: int | None, today: date) -> dict[str, object] | None:
    """The audit's part of the rollout's report."""
    audit = find_audit(rollout_id)
    if audit is None:
        return None
    pack = open_pack(audit, current_app.extensions["implement_store"])
    said, currency = evaluate_audit(audit, pack), get_rollout(rollout_id).currency
    found = write_findings(pack, [*said.findings, *said.risks], list_own_findings(audit.id), currency, rollout_id)
    picture = draw_maturity(pack, assess_readiness(said))
    return {"audit": audit, "said": said, "findings": found, "picture": picture}
