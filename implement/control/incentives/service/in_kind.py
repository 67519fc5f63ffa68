"""The ledger of rewards in kind: earned by well-kept records, asked for by the person, granted by who leads (M25)."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, select

from implement.control.incentives.service.reward_rules import RuleRow, get_rule, list_rules
from implement.control.incentives.tables import RewardClaim, RewardGrant, RewardRule
from implement.db import db
from implement.engine.pay import count_rewards_due
from implement.engine.pay.in_kind import count_records_to_next
from implement.rollout.service.errors import NotAllowed, RuleBroken
from implement.rollout.service.log import Actor, log_write
from implement.rollout.service.privacy import PeopleView, views_for
from implement.rollout.service.rollouts import get_rollout, local_day
from implement.rollout.service.staff import get_person
from implement.rollout.service.unchanged import while_unchanged
from implement.rollout.service.usage import list_staff, match_users, sum_counter
from implement.web.access import STEERING, Role, Standing
from implement.web.texts import lazy

WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Ledger:
    """A person under one rule: well-kept records since it began, rewards granted, and whether one is asked for."""

    rule: RuleRow
    person_id: int
    team: str
    records: int
    granted: int
    is_claimed: bool

    @property
    def due(self) -> int:
        """Rewards earned and not granted; 0 where more were granted than the days still known show."""
        return max(0, count_rewards_due(self.records, self.granted, self.rule.records_per_reward))

    @property
    def to_next(self) -> int:
        """Records that earn the next one."""
        return count_records_to_next(self.records, self.rule.records_per_reward)


@dataclass(frozen=True)
class GrantRow:
    """A grant as the ledger shows it."""

    reward: str
    reward_count: int
    records_then: int
    reason: str
    by_name: str
    at: datetime


def read_ledgers(rollout_id: int, person_ids: Collection[int] | None = None) -> list[Ledger]:
    """Everybody on the staff (or some) under every rule, the newest rule first, then by team and person."""
    rules = list_rules(rollout_id)
    counted = count_well_kept(rollout_id) if rules else {}
    granted, claimed = _sum_grants(rollout_id), _list_open_claims(rollout_id)
    staff = [one for one in list_staff(rollout_id) if not one.is_excluded]
    some = [one for one in staff if person_ids is None or one.person_id in person_ids]
    return [
        Ledger(
            rule, one.person_id, one.team or "", counted[rule.id][one.person_id],
            granted[rule.id, one.person_id], (rule.id, one.person_id) in claimed,
        )
        for rule in rules
        for one in sorted(some, key=lambda one: (one.team or "", one.person_id))
    ]  # fmt: skip


def read_claimed(rollout_id: int) -> list[Ledger]:
    """The ledgers of those who asked for a reward; nothing is added up while nobody did."""
    asking = {person_id for _, person_id in _list_open_claims(rollout_id)}
    return [one for one in read_ledgers(rollout_id, asking) if one.is_claimed] if asking else []


def count_well_kept(rollout_id: int) -> Mapping[int, Counter[int]]:
    """By rule and person, the well-kept records on its days; read once while nothing is written."""
    return while_unchanged(("well_kept", rollout_id), lambda: _count_well_kept(rollout_id))


def knows_well_kept(rollout_id: int) -> bool:
    """True when a log told of any record whether it was kept well."""
    return any(counts.total() for counts in count_well_kept(rollout_id).values())


def claim(rollout_id: int, rule_id: int, person_id: int, *, by: Actor, now: datetime) -> RewardClaim:
    """Ask for one's own reward; only one that is due, and only once until it is granted."""
    rule = get_rule(rollout_id, rule_id, lock=True)
    ledger = _find(rollout_id, rule, person_id)
    if ledger.is_claimed:
        raise RuleBroken(lazy("You have asked for it already."))
    if not ledger.due:
        raise RuleBroken(lazy("No reward is due yet."))
    row = RewardClaim(rule_id=rule.id, person_id=person_id, at=now)
    db.session.add(row)
    log_write("claim_reward", f"reward_rule:{rule.id}", by=by, now=now, rollout_id=rollout_id, person_id=person_id)
    return row


def grant(
    standing: Standing, rule_id: int, person_id: int, count: int, *, reason: str = "", by: Actor, now: datetime
) -> RewardGrant:
    """Hand rewards to a person who may be seen by name or asked for them; never more than are due.

    A count below 0 takes back what was granted by mistake and needs a reason.
    """
    here = standing.rollout_id
    rule = get_rule(here, rule_id, lock=True)
    ledger = _find(here, rule, person_id)
    if not may_grant(standing, ledger, now):
        raise NotAllowed(lazy("Whoever leads the person grants a reward: by name where that is agreed, or when asked."))
    if not -ledger.granted <= count <= ledger.due or count == 0:
        said = {"due": ledger.due, "granted": ledger.granted}
        raise RuleBroken(lazy("%(due)s are due and %(granted)s were granted; nothing was changed.", **said))
    if count < 0 and not reason.strip():
        raise RuleBroken(lazy("Please give a reason; everybody concerned can read it."))
    row = RewardGrant(
        rule_id=rule.id, person_id=person_id, reward_count=count, records_then=ledger.records, reason=reason.strip(),
        by_name=by.name, at=now,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    _answer_claim(rule.id, person_id, row)
    about = {"person_id": person_id, "count": count}
    log_write("grant_reward", f"reward_grant:{row.id}", by=by, now=now, rollout_id=here, **about)
    return row


def may_grant(standing: Standing, ledger: Ledger, now: datetime) -> bool:
    """True for the head of the person and whoever steers, never for oneself: seen by name, or asked by the person."""
    if ledger.person_id == standing.person_id or not standing.roles & (STEERING | {Role.HEAD}):
        return False
    profile = get_rollout(standing.rollout_id).legal_profile
    view = views_for(standing, profile, {ledger.person_id}, local_day(standing.rollout_id, now)).get(ledger.person_id)
    return view is PeopleView.NAMED or (view is not None and ledger.is_claimed)


def list_grants(rollout_id: int, person_id: int) -> list[GrantRow]:
    """What a person was granted, the newest first."""
    columns = (
        RewardRule.reward, RewardGrant.reward_count, RewardGrant.records_then, RewardGrant.reason,
        RewardGrant.by_name, RewardGrant.at,
    )  # fmt: skip
    asked = select(*columns).join(RewardRule, RewardRule.id == RewardGrant.rule_id)
    asked = asked.where(RewardRule.rollout_id == rollout_id, RewardGrant.person_id == person_id)
    return [GrantRow(*row) for row in db.session.execute(asked.order_by(RewardGrant.id.desc()))]


def count_granted_by_week(rollout_id: int, mondays: Sequence[date]) -> dict[date, Counter[int]]:
    """By week and team, the rewards granted in it; weeks before the first rule are left out."""
    rules = list_rules(rollout_id)
    begun = min((rule.starts_on for rule in rules), default=None)
    weeks = {monday: Counter[int]() for monday in mondays if begun is not None and begun < monday + WEEK}
    teams = {one.person_id: one.team_id for one in list_staff(rollout_id)} if weeks else {}
    asked = select(RewardGrant.person_id, RewardGrant.reward_count, RewardGrant.at)
    asked = asked.join(RewardRule, RewardRule.id == RewardGrant.rule_id).where(RewardRule.rollout_id == rollout_id)
    for person_id, count, at in db.session.execute(asked) if weeks else ():
        day = local_day(rollout_id, at)
        monday = day - timedelta(days=day.weekday())
        team_id = teams.get(person_id)
        if monday in weeks and team_id is not None:
            weeks[monday][team_id] += count
    return weeks


def _find(rollout_id: int, rule: RewardRule, person_id: int) -> Ledger:
    get_person(rollout_id, person_id)
    found = [one for one in read_ledgers(rollout_id, {person_id}) if one.rule.id == rule.id]
    if not found:
        raise RuleBroken(lazy("This person takes no part in the rollout."))
    return found[0]


def _count_well_kept(rollout_id: int) -> dict[int, Counter[int]]:
    rules = list_rules(rollout_id)
    people = match_users(list_staff(rollout_id)) if rules else {}
    counts = {rule.id: Counter[int]() for rule in rules}
    for rule in rules:
        for user, records in sum_counter(rollout_id, "well_kept", rule.starts_on, rule.ends_on).items():
            person_id = people.get(user.strip().casefold())
            if person_id is not None:
                counts[rule.id][person_id] += records
    return counts


def _sum_grants(rollout_id: int) -> Counter[tuple[int, int]]:
    asked = select(RewardGrant.rule_id, RewardGrant.person_id, func.sum(RewardGrant.reward_count))
    asked = asked.join(RewardRule, RewardRule.id == RewardGrant.rule_id).where(RewardRule.rollout_id == rollout_id)
    rows = db.session.execute(asked.group_by(RewardGrant.rule_id, RewardGrant.person_id))
    return Counter({(rule_id, person_id): int(granted) for rule_id, person_id, granted in rows})


def _list_open_claims(rollout_id: int) -> set[tuple[int, int]]:
    asked = select(RewardClaim.rule_id, RewardClaim.person_id).join(RewardRule, RewardRule.id == RewardClaim.rule_id)
    asked = asked.where(RewardRule.rollout_id == rollout_id, RewardClaim.grant_id.is_(None))
    return {(rule_id, person_id) for rule_id, person_id in db.session.execute(asked)}


def _answer_claim(rule_id: int, person_id: int, row: RewardGrant) -> None:
    mine = (RewardClaim.rule_id == rule_id, RewardClaim.person_id == person_id, RewardClaim.grant_id.is_(None))
    open_claim: RewardClaim | None = db.session.scalar(select(RewardClaim).where(*mine).limit(1))
    if open_claim is not None and row.reward_count > 0:
        open_claim.grant_id = row.id
