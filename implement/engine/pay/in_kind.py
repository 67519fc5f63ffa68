"""Rewards in kind: for every ten well-kept records a free lunch or ten minutes more break (M25)."""

RECORDS_PER_REWARD = 10


def count_rewards_due(records: int, granted: int, records_per_reward: int = RECORDS_PER_REWARD) -> int:
    """How many rewards are still to be granted; below 0 where more were granted than earned."""
    return records // records_per_reward - granted


def count_records_to_next(records: int, records_per_reward: int = RECORDS_PER_REWARD) -> int:
    """How many more well-kept records earn the next reward."""
    return records_per_reward - records % records_per_reward
