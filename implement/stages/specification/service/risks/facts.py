"""The facts that the rules of the risks ask for, from choice, cost, plan, team and safety."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from implement.engine.hazards import Known
from implement.stages.specification.service.choice.comparing import compare_systems, find_decision
from implement.stages.specification.service.cost import capacity, exchange, figures
from implement.stages.specification.service.cost.savings import list_savings
from implement.stages.specification.service.plan.outlook import read_outlook
from implement.stages.specification.service.risks import safety, team
from implement.store import Store


def gather_facts(rollout_id: int, store: Store, today: date) -> dict[str, Known]:
    """Every fact that can be said of the rollout today; what nobody has entered is left out or not known."""
    return {
        **_about_people(rollout_id, today),
        **_about_safety(rollout_id, today),
        **_about_money(rollout_id),
        **_about_plan(rollout_id, today),
        **_about_choice(rollout_id, store),
    }


def _about_people(rollout_id: int, today: date) -> Mapping[str, Known]:
    gaps, mandate = team.find_gaps(team.list_team(rollout_id)), team.read_mandate(rollout_id, today)
    return {
        "owner_named": "owner" not in gaps,
        "sponsor_named": "sponsor" not in gaps,
        "initiator_uses": "initiator" not in gaps,
        "control_programme": "control" not in gaps,
        "vendor_sales": "vendor" not in gaps,
        "mandate_signed": mandate.is_signed,
        "mandate_overdue": Fraction(mandate.overdue),
    }


def _about_safety(rollout_id: int, today: date) -> Mapping[str, Known]:
    parties, backup = safety.list_third_parties(rollout_id), safety.read_backup(rollout_id)
    restored = backup.restored_on if backup else None
    return {
        "third_parties_open": Fraction(sum(safety.is_open(one, today) for one in parties)),
        "backup_hours": Fraction(backup.interval_hours) if backup and backup.interval_hours else None,
        "backup_outside": backup.has_outside if backup else None,
        "restore_days": Fraction((today - restored).days) if restored else None,
    }


def _about_money(rollout_id: int) -> Mapping[str, Known]:
    found: dict[str, Known] = {}
    calls = capacity.judge_calls(capacity.read_calls(rollout_id))
    if calls is not None:
        found["seats_of_needed"] = Fraction(calls.people, calls.people_needed)
    if figures.list_offers(rollout_id):
        found["cost_open_parts"] = Fraction(_count_open_parts(rollout_id))
    found["savings_uncollected"] = Fraction(sum(one.collected_on is None for one in list_savings(rollout_id)))
    found["double_entry"] = Fraction(exchange.read_exchange(rollout_id).by_hand)
    return found


def _count_open_parts(rollout_id: int) -> int:
    """The parts of the cost that are open in the offer which says most."""
    firm, own = figures.read_firm_figures(rollout_id), figures.read_offer_figures(rollout_id)
    parts = figures.read_model().parts
    said = [{*firm, *own.get(offer_id, {})} for offer_id, _said in figures.list_offers(rollout_id)]
    return min(sum(not set(part.factors) <= known for part in parts) for known in said)


def _about_plan(rollout_id: int, today: date) -> Mapping[str, Known]:
    outlook = read_outlook(rollout_id, today)
    if outlook is None:
        return {}
    return {
        "waves_at_once": outlook.rush is not None,
        "pilot_first": outlook.has_pilot,
        "plan_late_days": Fraction(outlook.late_days),
        "months_planned": Fraction(outlook.months_planned),
    }


def _about_choice(rollout_id: int, store: Store) -> Mapping[str, Known]:
    decision = find_decision(rollout_id)
    if decision is None:
        return {}
    comparison = compare_systems(rollout_id, store)
    every = (*comparison.candidates, *comparison.out)
    chosen = next((one for one in every if one.system.id == decision.system_key), None)
    if chosen is None:
        return {}
    return {"choice_open": Fraction(len(chosen.score.unknown) + len(chosen.standing.open_points))}
