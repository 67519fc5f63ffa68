"""Days on which somebody looked at far more than colleagues with the same function do on a usual day (M49)."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median

MAD_TO_DEVIATION = 1.4826  # of a normal distribution, so that the factor below reads in standard deviations


@dataclass(frozen=True)
class UnusualSettings:
    """How far beyond colleagues' usual day a day must lie, on how many days and people that day rests."""

    deviations: float = 6.0
    times_usual: float = 3.0
    least_count: int = 50
    least_peers: int = 5


DEFAULT_UNUSUAL = UnusualSettings()


@dataclass(frozen=True)
class LookDay:
    """How much one person looked at on one day."""

    user: str
    role: str
    day: date
    count: int


@dataclass(frozen=True)
class Usual:
    """The usual day of a role: its middle and the limit beyond which a day is unusual; `people` it rests on."""

    role: str
    people: int
    days: int
    middle: float
    limit: float
    is_of_all: bool


@dataclass(frozen=True)
class UnusualUser:
    """Somebody with unusual days: k of n, the highest of them, against the usual day of their role."""

    user: str
    usual: Usual
    k: int
    n: int
    top: LookDay


def find_unusual_days(
    looks: Sequence[LookDay], settings: UnusualSettings = DEFAULT_UNUSUAL
) -> tuple[tuple[Usual, ...], tuple[UnusualUser, ...]]:
    """The usual day of each role, and whoever lies beyond it; the middle and its spread do not move with a few.

    A role of fewer than five people is held against everybody.
    """
    by_role = _group(looks, lambda look: look.role)
    usual = {role: _find_usual(role, rows, looks, settings) for role, rows in sorted(by_role.items())}
    found = []
    for user, rows in sorted(_group(looks, lambda look: look.user).items()):
        mine = usual[rows[0].role]
        beyond = [look for look in rows if look.count > mine.limit]
        if beyond:
            top = max(beyond, key=lambda look: (look.count, look.day))
            found.append(UnusualUser(user, mine, len(beyond), len(rows), top))
    return tuple(usual.values()), tuple(found)


def _find_usual(role: str, rows: Sequence[LookDay], everybody: Sequence[LookDay], settings: UnusualSettings) -> Usual:
    people = len({look.user for look in rows})
    is_of_all = people < settings.least_peers
    peers = everybody if is_of_all else rows
    counts = _counts_by_user(peers).values()
    middle = median(median(mine) for mine in counts)
    spread = median(median(abs(count - middle) for count in mine) for mine in counts)
    limit = max(
        middle + settings.deviations * MAD_TO_DEVIATION * spread,
        settings.times_usual * middle,
        float(settings.least_count),
    )
    return Usual(role, people, len(rows), middle, limit, is_of_all)


def _counts_by_user(looks: Iterable[LookDay]) -> Mapping[str, list[int]]:
    found = defaultdict[str, list[int]](list)
    for look in looks:
        found[look.user].append(look.count)
    return found


def _group(looks: Iterable[LookDay], key: Callable[[LookDay], str]) -> dict[str, list[LookDay]]:
    found = defaultdict[str, list[LookDay]](list)
    for look in looks:
        found[key(look)].append(look)
    return dict(found)
