"""Rewards in kind in sentences: one's own ledger, and for whoever leads the people to whom something is due."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import current_app

from implement.control.incentives.service import in_kind as service
from implement.control.incentives.service.in_kind import Ledger
from implement.control.incentives.service.policy import rewards_in_kind
from implement.control.incentives.service.reward_rules import RuleRow, list_rules
from implement.engine.suppression import LEAST_PEOPLE
from implement.rollout.service.privacy import PeopleView, pseudonym, views_for
from implement.rollout.service.rollouts import get_rollout, local_day
from implement.rollout.service.usage import find_names
from implement.web.access import Permission, Standing
from implement.web.texts import _, _n, day, number


@dataclass(frozen=True)
class LedgerLine:
    """A person under the running rule as a page names them; `may_grant` where a reward may be handed out now."""

    who: str
    view: PeopleView
    ledger: Ledger
    may_grant: bool


def describe(standing: Standing, now: datetime) -> dict[str, object]:
    """The page: what is due to oneself, and what is due to the people one leads."""
    here, today = standing.rollout_id, local_day(standing.rollout_id, now)
    rules = list_rules(here)
    ledgers = service.read_ledgers(here)
    mine = [one for one in ledgers if one.person_id == standing.person_id]
    lines = list_lines(standing, ledgers, now) if standing.may(Permission.GRANT_REWARDS) else []
    return {
        "answer": say_seen(lines) if lines else say_own(mine) if mine else say_all(here, ledgers),
        "rules": rules,
        "running": next((rule for rule in rules if rule.runs_on(today)), None),
        "may_promise": rewards_in_kind(here) and all(rule.ends_on <= today for rule in rules),
        "lines": lines,
        "is_allowed": rewards_in_kind(here),
        "is_known": not rules or service.knows_well_kept(here),
        "say_rule": say_rule,
    }


def list_lines(standing: Standing, ledgers: Sequence[Ledger], now: datetime) -> list[LedgerLine]:
    """The people this reader may see who have earned, been granted or asked for something; what waits stands first."""
    people = {one.person_id for one in ledgers}
    profile, today = get_rollout(standing.rollout_id).legal_profile, local_day(standing.rollout_id, now)
    views = views_for(standing, profile, people, today)
    views.pop(standing.person_id or 0, None)
    seen = [one for one in ledgers if one.person_id in views and (one.records or one.granted or one.is_claimed)]
    names = find_names({one.person_id for one in seen})
    lines = [_name(standing, one, views[one.person_id], names) for one in seen]
    return sorted(lines, key=lambda line: (not line.ledger.is_claimed, -line.ledger.due, line.ledger.team, line.who))


def say_own(mine: Sequence[Ledger]) -> str:
    """What is due to oneself, and how far it is to the next one."""
    due = sum(one.due for one in mine)
    if due:
        return _n("One reward is due to you.", "%(num)d rewards are due to you.", due)
    return _n(
        "One more well-kept record earns you: %(reward)s.", "%(num)d more well-kept records earn you: %(reward)s.",
        mine[0].to_next, reward=mine[0].rule.reward,
    )  # fmt: skip


def say_all(rollout_id: int, ledgers: Sequence[Ledger]) -> str:
    """What was granted and what is due over everybody; withheld where so few take part."""
    people = {one.person_id for one in ledgers}
    if not ledgers:
        return _("No reward in kind is offered yet.")
    if len(people) < LEAST_PEOPLE:
        return _("Fewer than five people take part: what is due to them is not added up.")
    return _say_sums(ledgers)


def say_seen(lines: Sequence[LedgerLine]) -> str:
    """What was granted and what is due over the people whose rows stand below."""
    return _say_sums([line.ledger for line in lines])


def say_rule(rule: RuleRow) -> str:
    """A rule in a sentence."""
    said = {"first": day(rule.starts_on), "last": day(rule.ends_on), "reward": rule.reward}
    return _n(
        "One well-kept record = %(reward)s, from %(first)s to %(last)s.",
        "%(num)d well-kept records = %(reward)s, from %(first)s to %(last)s.", rule.records_per_reward, **said,
    )  # fmt: skip


def _say_sums(ledgers: Sequence[Ledger]) -> str:
    granted, due = sum(one.granted for one in ledgers), sum(one.due for one in ledgers)
    return _("Rewards in kind: %(due)s due, %(granted)s granted.", due=number(due), granted=number(granted))


def _name(standing: Standing, one: Ledger, view: PeopleView, names: dict[int, str]) -> LedgerLine:
    """By name where that is agreed, or where the person asked and so said who they are."""
    is_open = view is PeopleView.NAMED or one.is_claimed
    hidden = pseudonym(current_app.config["SECRET_KEY"], standing.rollout_id, one.person_id)
    who = names.get(one.person_id, hidden) if is_open else hidden
    return LedgerLine(who, PeopleView.NAMED if is_open else view, one, is_open and bool(one.due or one.granted))
