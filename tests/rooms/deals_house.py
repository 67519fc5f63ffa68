"""Deals of a small firm: of each person two kept well as they went, and two entered at once."""

from datetime import timedelta

from tests.rooms.adoption_house import SUNDAY, users_of

HEADER = "user,ts,object,action,record_id,filled,total,stage_to,effective_date"
Led = tuple[tuple[int, str, str], ...]
SLOWLY: Led = ((0, "create", ""), (4, "stage", "Meeting"), (9, "stage", "Won"))
AT_ONCE: Led = ((0, "create", ""), (20, "stage", "Meeting"), (20, "stage", "Offer"), (20, "stage", "Won"))


def a_log_of_deals(team: str, size: int) -> bytes:
    """The log of a team of so many."""
    lines = [HEADER]
    for user in users_of(team, size):
        for n in range(2):
            lines += [*a_deal(user, f"G-{user}-{n}", SLOWLY), *a_deal(user, f"B-{user}-{n}", AT_ONCE)]
    return "\n".join(lines).encode()


def a_deal(user: str, key: str, led: Led) -> list[str]:
    """The entries of one deal."""
    start = SUNDAY - timedelta(days=40)
    days = [(start + timedelta(days=after), action, stage) for after, action, stage in led]
    return [f"{user},{day}T09:00:00,deal,{what},{key},9,10,{to},{day}" for day, what, to in days]
