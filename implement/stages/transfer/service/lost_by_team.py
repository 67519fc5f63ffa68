"""Deals that were lost or torn, by the team of their owner and by week: each week sees the newest run finished by then
(M128).
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from implement.db import db
from implement.engine.backend import open_backend
from implement.engine.mapping import Mapping
from implement.engine.value_at_risk import count_deals_of_owners
from implement.rollout.service.people import find_people_by_name
from implement.rollout.service.rollouts import local_day
from implement.rollout.service.unchanged import while_unchanged
from implement.rollout.service.usage import list_staff
from implement.stages.transfer.service.at_risk import read_at_risk
from implement.stages.transfer.service.files import SOURCE
from implement.stages.transfer.service.findings import MEMORY_MB
from implement.stages.transfer.service.mappings import load_mapping
from implement.stages.transfer.service.sides import TableAtHand, list_run_tables, open_side
from implement.stages.transfer.tables import MappingVersion, TransferRun
from implement.store import Store

WEEK = timedelta(days=7)


@dataclass(frozen=True)
class LostOfTeam:
    """How many deals of a team did not arrive whole, of how many, as one run saw it."""

    run_number: int
    lost: int
    of: int


def list_lost_by_team(rollout_id: int, mondays: Sequence[date], *, store: Store) -> dict[tuple[int, date], LostOfTeam]:
    """By team and week; weeks before the first finished run are left out."""
    runs = _list_finished(rollout_id)
    seen = {monday: next((run for run in runs if _day(run) < monday + WEEK), None) for monday in mondays}
    teams = {run.id: _read_teams(run, store) for run in {run.id: run for run in seen.values() if run}.values()}
    return {
        (team_id, monday): lost
        for monday, run in seen.items()
        if run is not None
        for team_id, lost in teams[run.id].items()
    }


def _list_finished(rollout_id: int) -> list[TransferRun]:
    finished = (TransferRun.rollout_id == rollout_id, TransferRun.finished_at.is_not(None))
    return list(db.session.scalars(select(TransferRun).where(*finished).order_by(TransferRun.number.desc())))


def _day(run: TransferRun) -> date:
    assert run.finished_at is not None
    return local_day(run.rollout_id, run.finished_at)


def _read_teams(run: TransferRun, store: Store) -> dict[int, LostOfTeam]:
    return while_unchanged(("lost_by_team", run.id), lambda: _sum_teams(run, store))


def _sum_teams(run: TransferRun, store: Store) -> dict[int, LostOfTeam]:
    """Every team whose people own deals, those that lost none among them."""
    found = read_at_risk(run, store=store)
    lost = Counter(deal.owner for table in found.deals for deal in table.deals if deal.owner)
    mapping = load_mapping(db.session.get_one(MappingVersion, run.mapping_id), store=store)
    owned = _count_owned(mapping, tuple(list_run_tables(run.id)), store)
    teams = {one.person_id: one.team_id for one in list_staff(run.rollout_id)}
    people = find_people_by_name(run.rollout_id, {owner for owner in (*owned, *lost) if owner})
    sums: dict[int, list[int]] = {}
    for owner, person_id in people.items():
        team_id = teams.get(person_id)
        if team_id is not None:
            kept = sums.setdefault(team_id, [0, 0])
            kept[0] += lost[owner]
            kept[1] += max(owned[owner], lost[owner])
    return {team_id: LostOfTeam(run.number, *counts) for team_id, counts in sums.items()}


def _count_owned(mapping: Mapping, tables: tuple[TableAtHand, ...], store: Store) -> Counter[str]:
    with open_backend(memory_mb=MEMORY_MB) as backend:
        return count_deals_of_owners(open_side(tables, SOURCE, backend, store=store), mapping, backend)
