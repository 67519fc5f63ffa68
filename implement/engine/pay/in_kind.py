"""Rewards in kind: for every ten well-kept records a free lunch or ten minutes more break (M25)."""

RECORDS_PER_REWARD = 10


def count_rewards_due(records: int, granted: int) -> int:
    """How many rewards are still to be granted; below 0 where more were granted than earned."""
    return records // RECORDS_PER_REWARD - granted
