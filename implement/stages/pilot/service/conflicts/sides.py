"""Sides of conflicts: whom one may name, and how each may be called."""

from collections.abc import Iterable
from datetime import date

from implement.engine.suppression import LEAST_PEOPLE
from implement.rollout.service.privacy import PeopleView, people_led_by, pseudonym, views_for
from implement.rollout.service.rollouts import get_rollout
from implement.rollout.service.usage import find_names, list_staff
from implement.stages.pilot.service.conflicts.register import PERSON, TEAM, parties
from implement.stages.pilot.tables.changes import TaskConflict
from implement.web.access import STEERING, Standing


def list_choices(standing: Standing) -> list[tuple[str, str]]:
    """Teams, and the people this reader leads or steers, as sides to choose from."""
    staff = [one for one in list_staff(standing.rollout_id) if one.team_id is not None and one.left is None]
    teams = {f"{TEAM}:{one.team_id}": one.team or "" for one in staff}
    led = people_led_by(standing)
    mine = [one for one in staff if standing.roles & STEERING or one.person_id in led]
    names = find_names(one.person_id for one in mine)
    people = {f"{PERSON}:{one.person_id}": f"{names[one.person_id]} ({one.team})" for one in mine}
    return [*sorted(teams.items(), key=lambda one: one[1]), *sorted(people.items(), key=lambda one: one[1])]


def name_sides(standing: Standing, rows: Iterable[TaskConflict], secret: str, today: date) -> dict[str, str]:
    """What each side is called for this reader: teams by name, people as they may be seen, else by their team."""
    staff = list_staff(standing.rollout_id)
    teams = {one.person_id: one.team or "" for one in staff}
    found = {f"{TEAM}:{one.team_id}": one.team or "" for one in staff if one.team_id is not None}
    people = {one.id for row in rows for one in parties(row) if one.kind == PERSON and one.id is not None}
    views = views_for(standing, get_rollout(standing.rollout_id).legal_profile, people, today) if people else {}
    named = find_names(who for who, view in views.items() if view is PeopleView.NAMED)
    for who in people:
        hidden = pseudonym(secret, standing.rollout_id, who) if who in views and len(staff) >= LEAST_PEOPLE else ""
        found[f"{PERSON}:{who}"] = named.get(who) or hidden or f"1 · {teams.get(who, '')}"
    return found
