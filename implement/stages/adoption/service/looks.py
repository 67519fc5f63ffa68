"""Unusual exports and mass views against colleagues with the same function, where the agreement covers it (M49)."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from implement.engine.suppression import Withheld, withhold_small_groups
from implement.engine.unusual import LookDay, UnusualUser, Usual, find_unusual_days
from implement.rollout.service.privacy import views_for
from implement.rollout.service.regulations import covers_looks, version_in_force
from implement.rollout.service.rollouts import get_rollout
from implement.rollout.service.unchanged import while_unchanged
from implement.rollout.service.usage import list_staff, match_users, read_usage_days, span_of_usage
from implement.stages.adoption.service.people import are_too_few
from implement.web.access import Standing

LOOKED_BACK_DAYS = 56
KINDS = ("views", "reports_read")


@dataclass(frozen=True)
class Looks:
    """What the log tells of views or exports: roles with their usual day, and people beyond it by person id."""

    kind: str
    first_day: date
    last_day: date
    roles: tuple[Usual, ...]
    withheld: Mapping[str, Withheld]
    people: tuple[tuple[int, UnusualUser], ...]

    def count_in(self, usual: Usual) -> int:
        """How many people of a role have unusual days."""
        return sum(one.usual.role == usual.role for _person_id, one in self.people)

    def reason_for(self, usual: Usual) -> str:
        """Why a role's figures are withheld; empty when they are not."""
        found = self.withheld.get(usual.role)
        return found.reason if found is not None else ""


def is_covered(rollout_id: int, today: date) -> bool:
    """True while an agreement is in force that covers the protection of the client base."""
    version = version_in_force(rollout_id, "agreement", today)
    return version is not None and covers_looks(version)


def read_looks(rollout_id: int) -> list[Looks]:
    """Views and exports of the last eight weeks, of people on the staff; empty before any usage is known."""
    return while_unchanged(("looks", rollout_id), lambda: _read_looks(rollout_id))


def list_people_shown(standing: Standing, looks: Looks, today: date) -> list[tuple[int, UnusualUser]]:
    """Those of them whom this reader may see under a pseudonym; a head sees their own people."""
    if are_too_few(standing):
        return []
    profile = get_rollout(standing.rollout_id).legal_profile
    shown = views_for(standing, profile, {person_id for person_id, _one in looks.people}, today)
    return [(person_id, one) for person_id, one in looks.people if person_id in shown]


def _read_looks(rollout_id: int) -> list[Looks]:
    span = span_of_usage(rollout_id)
    if span is None:
        return []
    first_day = span[1] - timedelta(days=LOOKED_BACK_DAYS - 1)
    staff = {one.person_id: one for one in list_staff(rollout_id) if not one.is_excluded}
    people = match_users(list(staff.values()))
    sums = {kind: Counter[tuple[int, date]]() for kind in KINDS}
    for row in read_usage_days(rollout_id, first_day):
        person_id = people.get(row.crm_user.strip().casefold())
        if person_id is not None and row.active_events + row.counts.get("views", 0) > 0:
            for kind in KINDS:
                sums[kind][person_id, row.day] += row.counts.get(kind, 0)
    roles = {person_id: one.role for person_id, one in staff.items()}
    return [_find(kind, counts, roles, (first_day, span[1])) for kind, counts in sums.items() if counts.total()]


def _find(kind: str, counts: Counter[tuple[int, date]], roles: Mapping[int, str], span: tuple[date, date]) -> Looks:
    looks = [LookDay(str(who), roles[who], day, count) for (who, day), count in sorted(counts.items())]
    usual, unusual = find_unusual_days(looks)
    withheld = withhold_small_groups({one.role: one.people for one in usual})
    return Looks(kind, *span, usual, withheld, tuple((int(one.user), one) for one in unusual))
