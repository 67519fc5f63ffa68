"""What choice, cost, plan and risks add to reports and terms of reference, and what of them the gate measures."""

from datetime import date
from fractions import Fraction

from flask import current_app

from implement.rollout.registries import Measure, MeasureKind, Registries, ReportSection
from implement.rollout.service.people import list_members
from implement.rollout.service.rollouts import get_rollout
from implement.rollout.stages import Stage
from implement.stages.specification import (
    chain_page,
    choice_page,
    cost_page,
    plan_page,
    requirements_page,
    risks_page,
)
from implement.stages.specification.service.chain import read_chain
from implement.stages.specification.service.choice.comparing import compare_systems, find_decision
from implement.stages.specification.service.choice.gains import list_gains
from implement.stages.specification.service.cost.exchange import read_exchange
from implement.stages.specification.service.cost.pricing import price_offers
from implement.stages.specification.service.cost.savings import list_savings
from implement.stages.specification.service.plan.outlook import read_outlook
from implement.stages.specification.service.risks import register, team
from implement.web.texts import lazy

FIRST_POSITION = 19


def register_sections(registries: Registries) -> None:
    """Tell the hall the parts of reports, and the measures that the gate asks for."""
    for place, (title, name, gather) in enumerate(
        (
            (lazy("requirements"), "requirements", gather_requirements),
            (lazy("choice of CRM"), "choice", gather_choice),
            (lazy("cost over three years"), "cost", gather_cost),
            (lazy("plan"), "plan", gather_plan),
            (lazy("risks, joint team and mandate"), "risks", gather_risks),
        )
    ):
        template = f"specification/{name}/_chapter.html"
        registries.report_sections.append(
            ReportSection(Stage.SPECIFICATION, FIRST_POSITION + place, title, template, gather)
        )
    for name, label, measure, endpoint in (
        ("grave_risks_without_owner", lazy("Grave risks without an owner"), measure_risks, "risks.list_risks"),
        ("team_gaps", lazy("Parts missing in the joint team"), measure_team, "team.show_team"),
        ("mandate_gaps", lazy("Gaps in the director's mandate"), measure_mandate, "team.show_mandate"),
    ):
        page = f"specification_{endpoint}"
        registries.add_measure(MeasureKind(f"specification.{name}", label, "count", measure, page))


def measure_risks(rollout_id: int, wave_id: int | None, today: date) -> Measure | None:
    """Grave risks that nobody owns; None before the register was filled."""
    state = register.read_state(rollout_id)
    return Measure(Fraction(state.grave_without_owner), max(1, state.count)) if state else None


def measure_team(rollout_id: int, wave_id: int | None, today: date) -> Measure | None:
    """Parts of the joint team that nobody fills as they must be (M20, M94, M98, M99); None before there is anybody."""
    rows = team.list_team(rollout_id)
    return Measure(Fraction(len(team.find_gaps(rows))), len(rows)) if rows else None


def measure_mandate(rollout_id: int, wave_id: int | None, today: date) -> Measure | None:
    """One where the mandate is not signed as it stands, and each overdue line (M131); None before there is a line."""
    state = team.read_mandate(rollout_id, today)
    return Measure(Fraction((not state.is_signed) + state.overdue), len(state.lines)) if state.lines else None


def gather_requirements(rollout_id: int, wave_id: int | None, today: date) -> dict[str, object] | None:
    """The requirements that stand, each with its acceptance test and what it follows from; what hangs in the air."""
    chain = read_chain(rollout_id, current_app.extensions["implement_store"])
    if not chain.requirements:
        return None
    return {"chain": chain, "requirements_page": requirements_page, "chain_page": chain_page}


def gather_choice(rollout_id: int, wave_id: int | None, today: date) -> dict[str, object] | None:
    """The choice as it was decided, with the systems it was chosen from and the gains expected of it."""
    decision, gains = find_decision(rollout_id), list_gains(rollout_id)
    if decision is None and not gains:
        return None
    comparison = compare_systems(rollout_id, current_app.extensions["implement_store"])
    return {"decision": decision, "comparison": comparison, "gains": gains, "choice_page": choice_page}


def gather_cost(rollout_id: int, wave_id: int | None, today: date) -> dict[str, object] | None:
    """Every offer over three years, the savings, and what passes to accounting."""
    pricing = price_offers(rollout_id)
    if not pricing.offers:
        return None
    said = {"savings": list_savings(rollout_id), "exchange": read_exchange(rollout_id)}
    return {"pricing": pricing, "currency": get_rollout(rollout_id).currency, "cost_page": cost_page, **said}


def gather_plan(rollout_id: int, wave_id: int | None, today: date) -> dict[str, object] | None:
    """The steps with their dates, and the likely end."""
    outlook = read_outlook(rollout_id, today)
    return {"outlook": outlook, "today": today, "plan_page": plan_page} if outlook else None


def gather_risks(rollout_id: int, wave_id: int | None, today: date) -> dict[str, object] | None:
    """The register, the joint team with its duties, and the mandate."""
    rows, people = register.list_risks(rollout_id), team.list_team(rollout_id)
    mandate = team.read_mandate(rollout_id, today)
    if not rows and not people and not mandate.lines:
        return None
    names = {user_id: name for user_id, name, *_rest in list_members(rollout_id)}
    said = {"people": people, "gaps": team.find_gaps(people), "mandate": mandate}
    return {"risks": rows, "names": names, "risks_page": risks_page, **said}
