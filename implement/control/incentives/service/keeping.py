"""How long rewards in kind are kept: thirteen months after their rule ended (R10)."""

from datetime import date

from sqlalchemy import delete, func, select

from implement.control.incentives.tables import RewardClaim, RewardGrant, RewardRule
from implement.db import change_rows, db
from implement.rollout.service.retention import Disposed, Held
from implement.store import Store


def hold_rewards(rollout_id: int) -> Held:
    """The oldest grant and how many there are."""
    asked = select(func.min(RewardGrant.at), func.count(RewardGrant.id)).join(
        RewardRule, RewardRule.id == RewardGrant.rule_id
    )
    oldest, count = db.session.execute(asked.where(RewardRule.rollout_id == rollout_id)).one()
    return Held(oldest.date() if oldest else None, count)


def dispose_rewards(rollout_id: int, before: date, store: Store) -> Disposed:
    """Delete what was asked for and granted under rules that ended before the day; the rules stay."""
    over = select(RewardRule.id).where(RewardRule.rollout_id == rollout_id, RewardRule.ends_on < before)
    claims = change_rows(delete(RewardClaim).where(RewardClaim.rule_id.in_(over)))
    return Disposed(claims + change_rows(delete(RewardGrant).where(RewardGrant.rule_id.in_(over))))
