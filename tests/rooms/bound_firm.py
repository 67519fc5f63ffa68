"""A small firm that is bound by texts: two teams, people with log-ins, for tests of regulations and meetings."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from implement.control.regulations.service import approving, drafts
from implement.engine.law import Ground, Kpi, MeetingRule, Terms
from implement.engine.staff import StaffRow
from implement.rollout.service import regulations
from implement.rollout.service.regulations import RegulationVersion
from implement.rollout.service.staff import list_teams, take_over_staff
from implement.rollout.service.usage import list_staff
from implement.rollout.tables import User
from implement.web.access import Role
from tests import builders

MONDAY = date(2026, 3, 2)
HANDED_OUT = datetime(2026, 2, 2, 9, tzinfo=UTC)
VISITS = Kpi("visits", "to plan the week", "CRM: visits with a result", feeds_pay=True)
LATE = Ground("late entries", "Orders entered after the day", "once a month", None, None)
DAILY = MeetingRule("daily", "12345", 9 * 60, 15, "Room 4")
NONE = Terms()
WEEKLY = MeetingRule("weekly", "1", 10 * 60, 60)


@dataclass
class Firm:
    """The rollout, who leads it, who is on the council, the heads and sellers by the CRM user they are."""

    rollout_id: int
    alice: User
    cora: User
    accounts: dict[str, User]
    people: dict[str, int]
    teams: dict[str, int]

    def write(self, terms: Terms = NONE, *, text: str = "Each call is noted.", **wanted: object) -> RegulationVersion:
        """Alice writes a version and keeps it."""
        said = drafts.DraftText("How we work", text, wanted.get("valid_from", MONDAY))  # type: ignore[arg-type]
        kind = str(wanted.get("kind", "regulation"))
        draft = drafts.begin_draft(self.rollout_id, kind, said, terms=terms, by=self.alice, now=HANDED_OUT)
        return drafts.keep_version(draft, seen=draft.version, by=self.alice, now=HANDED_OUT)

    def approve(self, version: RegulationVersion, *, now: datetime = HANDED_OUT) -> RegulationVersion:
        """Cora approves it for the council."""
        council = frozenset({Role.COUNCIL})
        approving.approve_version(self.rollout_id, version, roles=council, by=self.cora, now=now)
        return version

    def hand_out(self, version: RegulationVersion, *, now: datetime = HANDED_OUT) -> RegulationVersion:
        """Alice hands it out."""
        approving.hand_out_version(self.rollout_id, version.id, by=self.alice, now=now, today=now.date())
        return version

    def bind(self, terms: Terms = NONE, **wanted: object) -> RegulationVersion:
        """Write, approve and hand out at once."""
        return self.hand_out(self.approve(self.write(terms, **wanted)))

    def acknowledge(self, version: RegulationVersion, user: User, *, days: int = 1) -> None:
        """Somebody reads and acknowledges, so many days after the hand-out."""
        now = HANDED_OUT + timedelta(days=days)
        regulations.acknowledge(version, self.rollout_id, sha256=version.sha256, by=user, now=now)


def a_bound_firm(rollout_id: int, *, size: int = 5) -> Firm:
    """Teams North and South of so many; each head and the first seller of each have log-ins."""
    alice, cora = builders.a_member(rollout_id, Role.LEAD), builders.a_member(rollout_id, Role.COUNCIL)
    users = [f"{team}.{number}" for team in ("north", "south") for number in range(1, size + 1)]
    rows = [
        StaffRow(
            place, user, user.replace(".", " ").title(), "", user, "seller", user.split(".")[0].title(),
            f"{user.split('.')[0]}.1", "Pilot", 1.0, "12345", None, None,
        )
        for place, user in enumerate(users, start=1)
    ]  # fmt: skip
    take_over_staff(rollout_id, rows, by=alice, now=HANDED_OUT)
    people = {one.crm_user: one.person_id for one in list_staff(rollout_id)}
    accounts = {
        user: builders.a_member(rollout_id, role, person_id=people[user])
        for user, role in (
            ("north.1", Role.HEAD), ("north.2", Role.SALESPERSON), ("south.1", Role.HEAD), ("south.2", Role.SALESPERSON)
        )
    }  # fmt: skip
    teams = {name: team_id for team_id, name, *_rest in list_teams(rollout_id)}
    return Firm(rollout_id, alice, cora, accounts, people, teams)
