"""The demonstration's functions, seats and fields: some used, some paid for and idle, some typed for nobody."""

from datetime import timedelta

from implement.db import utc_now
from implement.demo.hall_story import login_of
from implement.rollout.service.rollouts import local_day
from implement.stages.adoption.service.functions import add_field, add_function, list_functions
from implement.store import Store
from implement.web.access import Role

FUNCTIONS = (
    ("Full seats", "anything", 70, "Everybody, at the start of each wave", 60, 1_800_000),
    ("Search over all clients", "search", 70, "Everybody, in the training", None, 0),
    ("Report builder", "report", 40, "Heads of teams, by mail", None, 240_000),
    ("Route planner", "", 60, "", None, 96_000),
)
FIELDS = (
    ("Fax", None, 4, ""),
    ("Second contact person", 40, 12, ""),
    ("Next step", None, 15, "Weekly report, client view"),
    ("Sector", 60, 3, "Segment report"),
)
HOUR_MINOR = 4_200


def tell(rollout_id: int, store: Store) -> bool:
    """Write them down; False when that was done before."""
    if list_functions(rollout_id, None):
        return False
    now, by = utc_now(), login_of(Role.LEAD)
    today = local_day(rollout_id, now)
    for name, counted_as, days_ago, told, seats, cost in FUNCTIONS:
        add_function(
            rollout_id, name=name, counted_as=counted_as, introduced_on=today - timedelta(days=days_ago),
            told=told, seats=seats, yearly_cost_minor=cost, by=by, now=now,
        )  # fmt: skip
    for name, entries, seconds, read_in in FIELDS:
        add_field(
            rollout_id, name=name, entries_a_week=entries, seconds=seconds, hourly_cost_minor=HOUR_MINOR,
            read_in=read_in, by=by, now=now,
        )  # fmt: skip
    return True
