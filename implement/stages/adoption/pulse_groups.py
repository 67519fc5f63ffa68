"""The sums of a survey round by team, wave and whole, as far as they may be shown; the rest is not told apart (R11)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from implement.engine.pulse import ANSWERS, Tally, add_up
from implement.jobs import Plain
from implement.rollout.service.usage import StaffMember
from implement.stages.adoption.groups import WHOLE, GroupSize, withhold_groups
from implement.stages.adoption.summing import team_key

NO_TEAM, NO_WAVE = "team:0", "wave:0"


@dataclass(frozen=True)
class Asked:
    """A team, a wave or the whole, and how many people in it were asked."""

    key: str
    name: str
    parent: str | None
    people: int


@dataclass(frozen=True)
class Sums:
    """What a group that may be shown answered."""

    key: str
    name: str
    parent: str | None
    people: int
    tally: Tally

    @property
    def is_team(self) -> bool:
        """True for a team."""
        return self.key.startswith("team:")


def list_asked(staff: Sequence[StaffMember]) -> list[Asked]:
    """The whole, its waves and their teams, with the people in them."""
    teams = {team_key(one): Asked(team_key(one), one.team or "", wave_key(one), 0) for one in staff}
    waves = {wave_key(one): Asked(wave_key(one), one.wave or "", WHOLE, 0) for one in staff}
    counted = [Asked(WHOLE, "", None, len(staff))]
    for key, wave in sorted(waves.items()):
        counted.append(Asked(key, wave.name, wave.parent, sum(wave_key(one) == key for one in staff)))
        mine = sorted((team for team in teams.values() if team.parent == key), key=lambda team: team.name)
        counted += [Asked(t.key, t.name, key, sum(team_key(one) == t.key for one in staff)) for t in mine]
    return counted


def with_teams(asked: Sequence[Asked], keys: Iterable[str]) -> list[Asked]:
    """The same with teams that are no more, so that every ballot counts: they stand among those without a wave."""
    known = {one.key for one in asked}
    gone = [Asked(key, "", NO_WAVE, 0) for key in sorted(set(keys) - known)]
    waves = [Asked(NO_WAVE, "", WHOLE, 0)] if gone and NO_WAVE not in known else []
    return [*asked, *waves, *gone]


def sum_groups(asked: Sequence[Asked], tallies: Mapping[str, Tally]) -> list[Sums]:
    """The sums of every group that may be shown: from five ballots on, and so that no difference of two tells of few.

    Nothing is left of the others but their part in a larger group's sums.
    """
    inside = {one.key: teams_in(one.key, asked) for one in asked}
    sums = {key: add_up(tallies.get(team, Tally()) for team in teams) for key, teams in inside.items()}
    hidden = withhold_groups([GroupSize(one.key, sums[one.key].ballots, one.parent) for one in asked])
    shown = [one for one in asked if one.key not in hidden and sums[one.key].ballots]
    return [Sums(one.key, one.name, one.parent, one.people, sums[one.key]) for one in shown]


def wave_key(one: StaffMember) -> str:
    """The wave of somebody on the staff."""
    return f"wave:{one.wave_id or 0}"


def to_plain(sums: Sums) -> dict[str, Plain]:
    """The sums of a group as they are kept."""
    counts: dict[str, Plain] = {item: list(given) for item, given in sorted(sums.tally.counts.items())}
    said: dict[str, Plain] = {"key": sums.key, "name": sums.name, "parent": sums.parent, "people": sums.people}
    return said | {"ballots": sums.tally.ballots, "counts": counts}


def from_plain(kept: Mapping[str, Plain]) -> Sums:
    """The sums of a group from what was kept."""
    parent = kept["parent"]
    tally = read_tally(int(str(kept["ballots"])), kept["counts"])
    return Sums(
        str(kept["key"]), str(kept["name"]), None if parent is None else str(parent), int(str(kept["people"])), tally
    )


def read_tally(ballots: int, kept: Plain) -> Tally:
    """Sums from what was kept of them."""
    rows = kept if isinstance(kept, dict) else {}
    sums = {item: given for item, given in rows.items() if isinstance(given, list) and len(given) == len(ANSWERS)}
    return Tally(ballots, {item: tuple(int(str(n)) for n in given) for item, given in sums.items()})


def teams_in(key: str, asked: Sequence[Asked]) -> list[str]:
    """The teams that a group is made of."""
    below = [one.key for one in asked if one.parent == key]
    return [team for one in below for team in teams_in(one, asked)] if below else [key]
