"""What the room of incentives shows outside its own pages: its place on the rail, rewards as remedy and next step."""

from datetime import date

from flask import url_for

from implement.control.incentives import kept_classes, own_page, pay_steps, side_row
from implement.control.incentives.action_words import ACTION_LABELS, SUBJECT_LABELS
from implement.control.incentives.service import in_kind
from implement.control.incentives.service.policy import rewards_in_kind
from implement.control.incentives.service.reward_rules import RuleRow, begin_rule, list_rules
from implement.control.incentives.service.settled import find_settled_day
from implement.db import utc_now
from implement.engine.pay.in_kind import RECORDS_PER_REWARD
from implement.rollout.registries import Measured, NextStep, Registries, Room
from implement.rollout.remedy_carriers import RemedyCarrier, RemedyGrounds, RemedyOrder
from implement.rollout.service.accounts import get_user
from implement.rollout.service.people import find_people_by_name
from implement.rollout.service.rollouts import local_day
from implement.store import Store
from implement.web.access import Permission, Standing
from implement.web.texts import _, _n, in_language, lazy, number

TO_GRANT, OWN_DUE = 73, 55


def register(registries: Registries) -> None:
    """Tell the hall what this room offers."""
    registries.rooms.append(Room("incentives", lazy("Incentives"), "incentives.show_incentives"))
    registries.add_action_labels(ACTION_LABELS)
    registries.add_subject_labels(SUBJECT_LABELS)
    registries.side_rows.append(side_row.make_row())
    registries.next_steps += [ask_to_grant, tell_own, pay_steps.ask_for_step, pay_steps.tell_of_statement]
    registries.month_cards.append(own_page.make_card)
    registries.frozen_days.append(find_settled_day)
    registries.remedies["reward"] = RemedyCarrier(find_earned, offer_reward)
    registries.measured += [
        Measured(
            "rewards", lazy("Rewards in kind that were asked for and granted"),
            lazy("so that everybody can read what was granted, and by whom"),
            lazy("the person, and whoever leads them"), ("rewards",),
        ),
        Measured(
            "pay", lazy("Targets, actuals and statements of the variable part"),
            lazy("to pay by a rule that everybody can read"),
            lazy("the person; HR and lead who run the pay; kept as the law on pay documents asks"),
            ("pay_runs", "pay_reductions"),
        ),
        Measured(
            "pay_simulations", lazy("Sheets of targets that were handed in to be simulated"),
            lazy("to read again what a sheet would have paid"), lazy("HR and lead who run the pay"),
            ("pay_simulations",),
        ),
    ]  # fmt: skip
    registries.kept_classes.extend(kept_classes.list_classes())


def ask_to_grant(standing: Standing, user_id: int, today: date) -> list[NextStep]:
    """Grant what people of one's own asked for."""
    if not standing.may(Permission.GRANT_REWARDS):
        return []
    asked = in_kind.read_claimed(standing.rollout_id)
    mine = [one for one in asked if in_kind.may_grant(standing, one, utc_now())]
    if not mine:
        return []
    text = _n("Grant a reward that was asked for", "Grant %(num)d rewards that were asked for", len(mine))
    return [NextStep(text, _address(standing.rollout_id), TO_GRANT)]


def tell_own(standing: Standing, user_id: int, today: date) -> list[NextStep]:
    """A reward is due to oneself and was not asked for."""
    if standing.person_id is None:
        return []
    mine = in_kind.read_ledgers(standing.rollout_id, {standing.person_id})
    due = sum(one.due for one in mine if not one.is_claimed)
    if not due:
        return []
    text = _n("A reward in kind is due to you", "%(num)d rewards in kind are due to you", due)
    return [NextStep(text, url_for("incentives.show_own_rewards", rollout_id=standing.rollout_id), OWN_DUE)]


def find_earned(rollout_id: int, names: frozenset[str], store: Store) -> RemedyGrounds | None:
    """What these people have earned so far; None where the policy allows no rewards or no rule runs."""
    running = _find_running(rollout_id, local_day(rollout_id, utc_now()))
    if running is None or not rewards_in_kind(rollout_id):
        return None
    people = set(find_people_by_name(rollout_id, names).values())
    ledgers = [one for one in in_kind.read_ledgers(rollout_id, people) if one.rule.id == running.id]
    records, due = sum(one.records for one in ledgers), sum(one.due for one in ledgers)
    sentence = _(
        "%(records)s well-kept records so far, %(due)s times %(reward)s due.",
        records=number(records), due=number(due), reward=running.reward,
    )  # fmt: skip
    return RemedyGrounds(sentence, [(_("Rewards in kind"), _address(rollout_id))])


def offer_reward(order: RemedyOrder) -> None:
    """Begin the rule where incentives are the policy and none runs: ten well-kept records for a free lunch (M25)."""
    today = local_day(order.rollout_id, order.now)
    is_free = all(rule.ends_on < today for rule in list_rules(order.rollout_id))
    if not is_free or not rewards_in_kind(order.rollout_id):
        return
    with in_language(get_user(order.owner_id).language or "en"):
        reward = _("A free lunch or ten extra minutes of break")
    begin_rule(
        order.rollout_id, reward=reward, records_per_reward=RECORDS_PER_REWARD, starts_on=today, by=order.by,
        now=order.now,
    )  # fmt: skip


def _find_running(rollout_id: int, today: date) -> RuleRow | None:
    return next((rule for rule in list_rules(rollout_id) if rule.runs_on(today)), None)


def _address(rollout_id: int) -> str:
    return url_for("incentives.show_in_kind", rollout_id=rollout_id)
