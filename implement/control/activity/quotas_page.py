"""The sales plan in words: quotas of teams against the sums of their people (M46, M105)."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from implement.control.activity.service.periods import PeriodRow
from implement.control.activity.service.quotas import QuotaRow, read_quotas
from implement.rollout.service.people import list_own_teams
from implement.rollout.service.rollouts import get_rollout
from implement.rollout.service.staff import list_teams
from implement.rollout.service.usage import find_names, list_staff
from implement.web.access import STEERING, Standing
from implement.web.texts import _, _n, plain_money

TEAM, PERSON = "team", "person"


@dataclass(frozen=True)
class TeamQuota:
    """A team's quota with those of its people; `gap_minor` is what their sum lacks to it."""

    team_id: int
    name: str
    quota: QuotaRow | None
    people: tuple[tuple[str, QuotaRow], ...]

    @property
    def sum_minor(self) -> int:
        """What the people's quotas come to."""
        return sum(row.quota_minor for _name, row in self.people)

    @property
    def sold_minor(self) -> int | None:
        """What is known to be sold: of the team, else of all its people, else not known."""
        if self.quota is not None and self.quota.sold_minor is not None:
            return self.quota.sold_minor
        sold = [row.sold_minor for _name, row in self.people]
        known = [one for one in sold if one is not None]
        return sum(known) if sold and len(known) == len(sold) else None

    @property
    def gap_minor(self) -> int | None:
        """The team's quota without the sum of its people's; above 0 somebody's share is missing."""
        return None if self.quota is None else self.quota.quota_minor - self.sum_minor

    @property
    def fulfilment(self) -> Fraction | None:
        """Sold as a share of the team's quota."""
        if self.quota is None or self.sold_minor is None or not self.quota.quota_minor:
            return None
        return Fraction(self.sold_minor, self.quota.quota_minor)


def describe_quotas(standing: Standing, period: PeriodRow) -> dict[str, object]:
    """Teams this person may see, each with its people."""
    here = standing.rollout_id
    teams, currency = list_shown_teams(standing, period), get_rollout(here).currency
    return {"period": period, "teams": teams, "currency": currency, "answer": _say(teams, currency)}


def list_shown_teams(standing: Standing, period: PeriodRow) -> list[TeamQuota]:
    """All teams for whoever steers, one's own for a head."""
    here = standing.rollout_id
    rows = read_quotas(here, period.id)
    own = None if standing.roles & STEERING else list_own_teams(standing.person_id)
    team_of = {one.person_id: one.team_id for one in list_staff(here)}
    names = find_names([row.person_id for row in rows if row.person_id is not None])
    found = []
    for team_id, name, *_rest in list_teams(here):
        if own is not None and team_id not in own:
            continue
        people = [(names[who], row) for row in rows if (who := row.person_id) is not None and team_of[who] == team_id]
        quota = next((row for row in rows if row.team_id == team_id), None)
        found.append(TeamQuota(team_id, name, quota, tuple(sorted(people, key=lambda one: one[0]))))
    return found


def list_choices(standing: Standing, period: PeriodRow) -> list[tuple[str, str]]:
    """For whom this person may set a quota: people of the own team, and teams for whoever steers."""
    steers = bool(standing.roles & STEERING)
    teams = {team.team_id: team.name for team in list_shown_teams(standing, period)}
    people = [one for one in list_staff(standing.rollout_id) if one.team_id in teams and not one.is_excluded]
    names = find_names(one.person_id for one in people)
    listed = [(f"{PERSON}:{who}", name) for who, name in names.items() if steers or who != standing.person_id]
    chosen = [(f"{TEAM}:{key}", name) for key, name in teams.items()] if steers else []
    return chosen + sorted(listed, key=lambda one: one[1])


def fill_quota(standing: Standing, period: PeriodRow, whose: str) -> dict[str, object]:
    """What the form begins with: the quota that is to be changed, else nothing."""
    kind, _colon, key = whose.partition(":")
    for row in read_quotas(standing.rollout_id, period.id):
        if key and key == str(row.team_id if kind == TEAM else row.person_id):
            names = ("quota_minor", "sold_minor", "territory", "shortfall", "version")
            return {"whose": whose, **{name: getattr(row, name) for name in names}}
    return {"whose": whose}


def _say(teams: Sequence[TeamQuota], currency: str) -> str:
    gaps = [team for team in teams if team.gap_minor]
    if gaps:
        return _n(
            "In one team the people's quotas do not come to the team's.",
            "In %(num)d teams the people's quotas do not come to the team's.", len(gaps),
        )  # fmt: skip
    planned = sum(team.quota.quota_minor for team in teams if team.quota)
    if not planned:
        return _("No sales are planned yet.")
    return _("%(amount)s are planned.", amount=plain_money(planned, currency))
