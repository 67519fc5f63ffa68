"""The audit's figures in reports: loss map, baseline and client base, each a part of its own."""

from datetime import date

from flask import Flask, current_app

from implement.rollout.registries import Registries, ReportSection
from implement.rollout.service.rollouts import get_rollout
from implement.rollout.stages import Stage
from implement.stages.audit import base_page, baseline_page, list_words, losses_page
from implement.stages.audit.losses_page import Place
from implement.stages.audit.service import baseline
from implement.stages.audit.service.diary import find_closed, read_results
from implement.stages.audit.service.lists import find_newest
from implement.stages.audit.service.losses import read_figures
from implement.stages.audit.service.months import list_months
from implement.web.texts import lazy


def register(app: Flask) -> None:
    """Tell the hall which parts of a report these figures can write."""
    registries: Registries = app.extensions["implement_registries"]
    registries.report_sections += [
        ReportSection(Stage.AUDIT, 2, lazy("where money is lost"), "audit/_losses_chapter.html", gather_losses),
        ReportSection(Stage.AUDIT, 3, lazy("baseline"), "audit/_baseline_chapter.html", gather_baseline),
        ReportSection(Stage.AUDIT, 4, lazy("client base by month"), "audit/_base_chapter.html", gather_base),
    ]


def gather_losses(rollout_id: int, wave_id: int | None, today: date) -> dict[str, object] | None:
    """The loss map of the newest list."""
    row = find_newest(rollout_id, is_finished=True)
    if row is None:
        return None
    found, at, currency = read_figures(row).losses, Place(rollout_id, row.number), get_rollout(rollout_id).currency
    pictures = [losses_page.draw_funnel(found, at), losses_page.draw_times(found, at)]
    costs = losses_page.draw_costs(found, at, currency)
    shown = {"found": found, "currency": currency, "say": list_words, "page": losses_page, "costs": costs}
    return {"pictures": pictures, "files": [name for name, _sha256 in row.files], **shown}


def gather_baseline(rollout_id: int, wave_id: int | None, today: date) -> dict[str, object] | None:
    """What is frozen, and what the diary says."""
    frozen = baseline.list_frozen(rollout_id)
    results = read_results(find_closed(rollout_id))
    if not frozen and not results:
        return None
    shown = [(name, frozen[name]) for name in baseline.MEASURES if name in frozen]
    picture = baseline_page.draw_routine(results)
    return {"measures": shown, "page": baseline_page, "picture": picture, "currency": get_rollout(rollout_id).currency}


def gather_base(rollout_id: int, wave_id: int | None, today: date) -> dict[str, object] | None:
    """The client base month by month."""
    months = list_months(rollout_id, store=current_app.extensions["implement_store"])
    if not months:
        return None
    pictures = [base_page.draw_clients(months), base_page.draw_movement(months)]
    return {"months": months, "pictures": pictures, "page": base_page}
