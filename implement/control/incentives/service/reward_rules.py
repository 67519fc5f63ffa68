"""Rules of rewards in kind: begun from a day, ended early, never edited; only where the policy allows incentives."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select

from implement.control.incentives.service.policy import rewards_in_kind
from implement.control.incentives.tables import RewardRule
from implement.db import db
from implement.jobs import Plain
from implement.rollout.service.errors import NotFound, RuleBroken
from implement.rollout.service.log import Actor, log_write
from implement.web.texts import lazy

LONGEST_RULE = timedelta(days=365)
"""Days of use are kept for thirteen months; a rule ends before the days it counts are deleted."""
MOST_RECORDS = 10_000


@dataclass(frozen=True)
class RuleRow:
    """A rule as pages show it."""

    id: int
    reward: str
    records_per_reward: int
    starts_on: date
    ends_on: date
    by_name: str

    def runs_on(self, day: date) -> bool:
        """True on its days, both ends inclusive."""
        return self.starts_on <= day <= self.ends_on


def begin_rule(
    rollout_id: int, *, reward: str, records_per_reward: int, starts_on: date, by: Actor, now: datetime
) -> RewardRule:
    """Let so many well-kept records be worth a reward from a day on, for a year at most."""
    if not rewards_in_kind(rollout_id):
        raise RuleBroken(lazy("The policy of this rollout allows no rewards in kind."))
    if not reward.strip():
        raise RuleBroken(lazy("Please say what the reward is."))
    if not 1 <= records_per_reward <= MOST_RECORDS:
        raise RuleBroken(lazy("Between %(least)s and %(most)s records are possible here.", least=1, most=MOST_RECORDS))
    if any(one.ends_on >= starts_on for one in list_rules(rollout_id)):
        raise RuleBroken(lazy("Another rule runs then; end it first, so that no record counts twice."))
    rule = RewardRule(
        rollout_id=rollout_id, reward=reward.strip(), records_per_reward=records_per_reward, starts_on=starts_on,
        ends_on=starts_on + LONGEST_RULE, by_name=by.name, at=now,
    )  # fmt: skip
    db.session.add(rule)
    db.session.flush()
    said: dict[str, Plain] = {"records": records_per_reward, "starts_on": starts_on.isoformat()}
    log_write("begin_reward_rule", f"reward_rule:{rule.id}", by=by, now=now, rollout_id=rollout_id, **said)
    return rule


def end_rule(rollout_id: int, rule_id: int, *, by: Actor, now: datetime, today: date) -> None:
    """Let a rule end today; what was earned until then stays due."""
    rule = get_rule(rollout_id, rule_id)
    if rule.ends_on > today:
        rule.ends_on = max(today, rule.starts_on)
        log_write("end_reward_rule", f"reward_rule:{rule.id}", by=by, now=now, rollout_id=rollout_id)


def get_rule(rollout_id: int, rule_id: int, *, lock: bool = False) -> RewardRule:
    """A rule of this rollout, locked against a second grant at the same moment where asked."""
    asked = select(RewardRule).where(RewardRule.id == rule_id, RewardRule.rollout_id == rollout_id)
    rule: RewardRule | None = db.session.scalar(asked.with_for_update() if lock else asked)
    if rule is None:
        raise NotFound(lazy("There is no such rule."))
    return rule


def list_rules(rollout_id: int) -> list[RuleRow]:
    """Every rule, the newest first."""
    columns = (
        RewardRule.id, RewardRule.reward, RewardRule.records_per_reward, RewardRule.starts_on, RewardRule.ends_on,
        RewardRule.by_name,
    )  # fmt: skip
    asked = select(*columns).where(RewardRule.rollout_id == rollout_id)
    newest_first = asked.order_by(RewardRule.starts_on.desc(), RewardRule.id.desc())
    return [RuleRow(*row) for row in db.session.execute(newest_first)]
