"""What meetings changed: how long tasks take before a team's first meeting and since (M121)."""

from datetime import datetime, timedelta

from sqlalchemy import func, select

from implement.control.meetings.tables import Meeting, MeetingSeries
from implement.db import db
from implement.engine.meetings import LeadTimeEffect, compare_lead_times
from implement.engine.suppression import LEAST_PEOPLE
from implement.rollout.service.people import list_accounts_by_team
from implement.rollout.service.tasks import list_spans

SPAN = timedelta(days=91)
DAY_SECONDS = 86_400


def measure_lead_times(rollout_id: int, *, now: datetime) -> LeadTimeEffect | None:
    """All teams that meet, together; None before the first meeting, or where fewer than five people have tasks."""
    accounts = list_accounts_by_team(rollout_id)
    before: list[tuple[datetime, float]] = []
    after: list[tuple[datetime, float]] = []
    firsts = _list_firsts(rollout_id)
    owners: set[int] = set()
    for team_id, first_at in firsts:
        users = accounts.get(team_id, frozenset())
        for owner_id, given_at, done_at in list_spans(rollout_id, users, first_at - SPAN, first_at + SPAN):
            took = ((done_at or now) - given_at).total_seconds() / DAY_SECONDS
            owners.add(owner_id)
            (before if given_at < first_at else after).append((given_at, took))
    if not firsts or len(owners) < LEAST_PEOPLE:
        return None
    return compare_lead_times([took for _at, took in sorted(before)], [took for _at, took in sorted(after)])


def _list_firsts(rollout_id: int) -> list[tuple[int, datetime]]:
    """When each team first met."""
    rows = db.session.execute(
        select(MeetingSeries.team_id, func.min(Meeting.started_at))
        .join(Meeting, Meeting.series_id == MeetingSeries.id)
        .where(MeetingSeries.rollout_id == rollout_id)
        .group_by(MeetingSeries.team_id)
        .order_by(MeetingSeries.team_id)
    )
    return [(team_id, at) for team_id, at in rows]
