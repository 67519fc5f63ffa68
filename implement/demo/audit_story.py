"""The demonstration's audit: most questions of the first hour answered by lead and head."""

from implement.store import Store


def tell(rollout_id: int, store: Store) -> bool:
    """Answer the first-hour audit; False when that was done before."""
    return False
