"""What the audit adds to the terms of reference: findings and risks with their money."""

from collections.abc import Sequence
from datetime import date

from flask import current_app

from implement.engine.document import Block, Grid, Paragraph
from implement.rollout.registries import Registries, TermsSection
from implement.rollout.service.rollouts import get_rollout
from implement.stages.audit.service.found import list_found
from implement.stages.audit.words import SEVERITY_LABELS
from implement.web.texts import _, _n, lazy, money

PLACE = 20


def register(registries: Registries) -> None:
    """Add the chapter."""
    registries.terms_sections.append(TermsSection(PLACE, "findings", lazy("What was found"), gather_findings))


def gather_findings(rollout_id: int, today: date) -> Sequence[Block] | None:
    """Every finding and risk, the gravest first; None before an audit."""
    found, currency = (
        list_found(rollout_id, current_app.extensions["implement_store"]),
        get_rollout(rollout_id).currency,
    )
    if not found:
        return None
    rows = (
        (
            str(SEVERITY_LABELS[one.severity]),
            one.problem,
            one.recommendation,
            "" if one.amount_minor_per_year is None else money(one.amount_minor_per_year, currency),
        )
        for one in found
    )
    headings = (_("Gravity"), _("Problem"), _("Recommendation"), _("Money a year"))
    sentence = _n("One finding or risk.", "%(num)d findings and risks, the gravest first.", len(found))
    return [Paragraph(sentence), Grid(headings, tuple(rows))]
