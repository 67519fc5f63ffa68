"""What lists beside the log tell of habits: when teams meet, which orders were booked, which records were lost."""

from collections.abc import Sequence
from datetime import date, timedelta

from implement.engine.exchange import Meeting, Person
from implement.engine.resistance import DEFAULT_RESISTANCE
from implement.rollout.service.calendar import Times, list_meetings
from implement.rollout.service.usage import StaffMember, match_users
from implement.stages.adoption.evaluating import ScoringBasis
from implement.stages.adoption.log_habits import Beside
from implement.stages.adoption.service.lists import has_orders, list_orders_since
from implement.stages.transfer.service.lost import list_lost_keys
from implement.store import Store

LONG_WINDOW = timedelta(days=DEFAULT_RESISTANCE.habits.long_window_days - 1)


def gather_beside(rollout_id: int, basis: ScoringBasis, *, store: Store, as_of: date) -> Beside:
    """Everything that is known beside the log; lost records are those of the transfer's newest comparison."""
    teams = list_meetings(rollout_id)
    return Beside(
        people=_people_in_log(basis),
        meetings=_name_meetings(basis.staff, teams),
        orders=list_orders_since(rollout_id, as_of - LONG_WINDOW) if has_orders(rollout_id) else None,
        lost_keys=list_lost_keys(rollout_id, store=store),
    )


def _people_in_log(basis: ScoringBasis) -> tuple[Person, ...]:
    """Users as the log writes them, each with the team of the person they are."""
    people, names = {one.person_id: one for one in basis.staff}, match_users(basis.staff)
    seen = [(user, names.get(user.strip().casefold())) for user in basis.usage.table["user"].unique().to_pylist()]
    return tuple(Person(user, team=people[person_id].team) for user, person_id in seen if person_id is not None)


def _name_meetings(staff: Sequence[StaffMember], teams: dict[int, Times]) -> tuple[Meeting, ...]:
    names = {one.team_id: one.team for one in staff if one.team_id is not None and one.team}
    return tuple(
        Meeting(str(names[team_id]), weekday, minute)
        for team_id, times in teams.items()
        if team_id in names
        for weekday, minute in sorted(times)
    )
