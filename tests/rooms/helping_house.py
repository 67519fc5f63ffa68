"""A firm in its first weeks with the CRM, for tests of training, support, changes and conflicts."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from implement.engine.staff import StaffRow
from implement.rollout.service.log import log_write
from implement.rollout.service.rollouts import list_waves, plan_wave
from implement.rollout.service.staff import get_person, list_teams, take_over_staff
from implement.rollout.service.usage import list_staff
from implement.rollout.tables import User
from implement.stages.pilot.service.training import enrolling, lessons
from implement.web.access import Role, Standing
from tests.builders import a_member

MONDAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


@dataclass
class House:
    """The rollout with teams North (6), South (5) and West (2), who leads it, people by CRM user and teams by name."""

    rollout_id: int
    alice: User
    people: dict[str, int]
    teams: dict[str, int]

    def standing(self, role: Role, user: str | None = None) -> Standing:
        """Where somebody with a role stands."""
        return Standing(self.rollout_id, frozenset({role}), self.people[user] if user else None)

    def account(self, user: str, role: Role = Role.SALESPERSON) -> User:
        """An account of somebody on the staff."""
        return a_member(self.rollout_id, role, person_id=self.people[user])

    def teach(self, *, now: datetime = NOW, for_role: str = "") -> dict[str, int]:
        """Use all lessons of the product; lesson ids by their key."""
        keys = [one.id for one in lessons.list_untaken(self.rollout_id)]
        lessons.take_over(self.rollout_id, keys, for_role=for_role, by=self.alice, now=now)
        enrolling.enrol(self.rollout_id, by=self.alice, now=now)
        return {str(row.template_key): row.id for row in lessons.list_lessons(self.rollout_id)}

    def leave(self, user: str, *, on: date) -> None:
        """Somebody has left the firm."""
        get_person(self.rollout_id, self.people[user]).left = on
        log_write("leave", "person", by=self.alice, now=NOW, rollout_id=self.rollout_id)

    def hire(self, user: str, team: str, *, hired: date | None = None) -> int:
        """Somebody new on the staff list."""
        row = _row(90 + len(self.people), user, team, hired=hired)
        take_over_staff(self.rollout_id, [row], by=self.alice, now=NOW)
        self.people = {one.crm_user: one.person_id for one in list_staff(self.rollout_id)}
        return self.people[user]


def a_helping_house(rollout_id: int, *, today: date = MONDAY) -> House:
    """Three teams whose wave began a month ago; the first of each heads it."""
    alice = a_member(rollout_id, Role.LEAD)
    sizes = {"North": 6, "South": 5, "West": 2}
    users = [(f"{team}.{number}".lower(), team) for team, size in sizes.items() for number in range(1, size + 1)]
    rows = [_row(place, user, team) for place, (user, team) in enumerate(users, start=1)]
    take_over_staff(rollout_id, rows, by=alice, now=NOW)
    plan_wave(list_waves(rollout_id)[0], go_live=today - timedelta(days=30), by=alice, now=NOW)
    people = {one.crm_user: one.person_id for one in list_staff(rollout_id)}
    return House(rollout_id, alice, people, {name: team_id for team_id, name, *_rest in list_teams(rollout_id)})


def _row(place: int, user: str, team: str, *, hired: date | None = None) -> StaffRow:
    head = f"{team.lower()}.1"
    role = "head" if user == head else "salesperson"
    return StaffRow(
        place, user, user.replace(".", " ").title(), f"{user}@example.com", user, role, team, head, "Pilot", 1.0,
        "12345", hired, None,
    )  # fmt: skip
