"""What choice, cost, plan, risks, joint team and mandate add to the terms of reference."""

from collections.abc import Sequence
from datetime import date

from flask import current_app

from implement.engine.document import Block, Bullets, Grid, Paragraph
from implement.rollout.registries import Registries, TermsSection
from implement.rollout.service.people import list_members
from implement.rollout.service.rollouts import get_rollout
from implement.stages.specification import choice_page, cost_page, plan_page, risks_page
from implement.stages.specification.service.choice.comparing import compare_systems, find_decision
from implement.stages.specification.service.choice.gains import list_gains
from implement.stages.specification.service.cost.exchange import read_exchange
from implement.stages.specification.service.cost.pricing import price_offers
from implement.stages.specification.service.cost.savings import list_savings
from implement.stages.specification.service.plan.outlook import read_outlook
from implement.stages.specification.service.risks import register as risks
from implement.stages.specification.service.risks import team
from implement.web.texts import _, day, lazy, number


def register(registries: Registries) -> None:
    """Add the chapters of these subjects."""
    registries.terms_sections += [
        TermsSection(60, "choice", lazy("Choice of CRM"), write_choice),
        TermsSection(65, "cost", lazy("Cost over three years"), write_cost),
        TermsSection(85, "plan", lazy("Plan"), write_plan),
        TermsSection(90, "risks", lazy("Risks"), write_risks),
        TermsSection(95, "team", lazy("Joint team"), write_team),
        TermsSection(96, "mandate", lazy("Mandate"), write_mandate),
    ]


def write_choice(rollout_id: int, today: date) -> Sequence[Block] | None:
    """The system that was chosen and why, how the others stood, and the gains that are expected (M63, M66, M67)."""
    decision, gains = find_decision(rollout_id), list_gains(rollout_id)
    if decision is None and not gains:
        return None
    found = compare_systems(rollout_id, current_app.extensions["implement_store"])
    said: list[Block] = [Paragraph(choice_page.say_result(found)), Paragraph(choice_page.say_doubt(found))]
    if decision is not None:
        about = {"system": decision.system_name, "name": decision.by_name, "day": day(decision.at)}
        said.insert(
            0, Paragraph(_("Chosen: %(system)s, by %(name)s on %(day)s. %(reason)s", reason=decision.reason, **about))
        )
    if gains:
        headings = (_("Measure"), _("Today"), _("Target"), _("By"), _("Counted by"))
        rows = ((one.measure, one.figure_today, one.target, day(one.due), one.counted_by) for one in gains.values())
        said += [Paragraph(_("Expected gains"), is_heading=True), Grid(headings, tuple(rows))]
    return said


def write_cost(rollout_id: int, today: date) -> Sequence[Block] | None:
    """Every offer over three years as a range, the savings, and what passes to accounting (M85–M91, M97, M110)."""
    pricing, currency = price_offers(rollout_id), get_rollout(rollout_id).currency
    if not pricing.offers:
        return None
    offers = tuple(
        (one.name, cost_page.say_spread(one.spread, currency), number(len(one.open_parts))) for one in pricing.offers
    )
    said: list[Block] = [
        Paragraph(cost_page.say_cost(pricing, currency)),
        Paragraph(cost_page.say_case(pricing.offers[0], currency)),
        Grid((_("Offer"), _("Three years"), _("Not known")), offers),
    ]
    rows = tuple((one.title, cost_page.say_saving(one, currency), one.collected_by) for one in list_savings(rollout_id))
    if rows:
        headings = (_("What is saved"), _("A year"), _("Who collects the figure"))
        said += [Paragraph(_("Savings"), is_heading=True), Grid(headings, rows)]
    return [*said, *_write_exchange(rollout_id)]


def write_plan(rollout_id: int, today: date) -> Sequence[Block] | None:
    """The steps with their days (M61, M106)."""
    found = read_outlook(rollout_id, today)
    if found is None:
        return None
    rows = tuple(
        (
            plan_page.name_step(one.row, found.plan.template_key),
            str(plan_page.SIDE_LABELS[one.row.side]),
            day(one.first_day),
            day(one.last_day),
        )
        for one in found.steps
    )
    headings = (_("Step"), _("Who"), _("First day"), _("Last day"))
    return [Grid(headings, rows)]


def write_risks(rollout_id: int, today: date) -> Sequence[Block] | None:
    """The register with prevention, early sign and owner (M117)."""
    rows = [row for row in risks.list_risks(rollout_id) if row.state != "closed"]
    names = {user_id: name for user_id, name, *_rest in list_members(rollout_id)}
    cells = tuple(
        (
            risks_page.name_risk(row),
            risks_page.say_prevention(row),
            risks_page.say_trigger(row),
            names.get(row.owner_id or 0) or _("nobody yet"),
        )
        for row in rows
    )
    return [Grid((_("Risk"), _("Prevention"), _("Early sign"), _("Owner")), cells)] if cells else None


def write_team(rollout_id: int, today: date) -> Sequence[Block] | None:
    """Who takes part with which duty, on both sides (M20, M98, M99)."""
    rows = team.list_team(rollout_id)
    cells = tuple(
        (str(risks_page.PART_LABELS[one.part]), str(risks_page.SIDE_LABELS[one.side]), one.name, one.duty)
        for one in rows
    )
    grid = Grid((_("Part"), _("Side"), _("Name"), _("Duty")), cells)
    return [Paragraph(risks_page.say_team(team.find_gaps(rows))), grid] if rows else None


def write_mandate(rollout_id: int, today: date) -> Sequence[Block] | None:
    """Who supplies what by when (M131)."""
    state = team.read_mandate(rollout_id, today)
    cells = tuple((one.what, one.supplier, day(one.due)) for one in state.lines)
    return [Grid((_("What is supplied"), _("By whom"), _("Until")), cells)] if cells else None


def _write_exchange(rollout_id: int) -> list[Block]:
    found = read_exchange(rollout_id)
    if not found.lines:
        return []
    lines = tuple(
        f"{one.what}: {cost_page.LEAD_LABELS[one.leads]}, {cost_page.WAY_LABELS[one.way]}" for one in found.lines
    )
    return [Paragraph(_("Accounting"), is_heading=True), Paragraph(cost_page.say_exchange(found)), Bullets(lines)]
