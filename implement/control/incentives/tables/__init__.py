"""What is kept of incentives, by subject."""

from implement.control.incentives.tables.in_kind import RewardClaim, RewardGrant, RewardRule

__all__ = ["RewardClaim", "RewardGrant", "RewardRule"]
