"""May a ground or a KPI be held against somebody? Asked by meetings, plans and pay (R3, R12).

Only where the version in force at that instant lists it, was approved, binds the person, and was acknowledged by them
before.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime

from implement.control.regulations.service.approving import read_approvals
from implement.engine.law import MeetingRule
from implement.rollout.service.regulations import VersionRow, list_bound, list_in_force, list_versions
from implement.rollout.service.rollouts import local_day, zone_of

GROUND, KPI, PAY = "ground", "kpi", "pay"
NOT_LISTED, NOT_APPROVED, NOT_BOUND, NOT_ACKNOWLEDGED = "not_listed", "not_approved", "not_bound", "not_acknowledged"


@dataclass(frozen=True)
class Basis:
    """Whether there is a basis, else why not; with one, which version and when the person acknowledged it."""

    why_not: str = ""
    version_id: int | None = None
    acknowledged_at: datetime | None = None

    @property
    def holds(self) -> bool:
        """True when it may be held against the person."""
        return not self.why_not


@dataclass(frozen=True)
class MeetingBasis:
    """The rule of meetings in force on a day, and the version it stands in."""

    version: VersionRow
    rule: MeetingRule


def ask_basis(rollout_id: int, what: str, key: str, *, person_id: int, at: datetime) -> Basis:
    """Whether a `ground` or a `kpi` of this name may be held against one person for what happened at the instant; `pay`
    asks for a KPI that feeds pay.
    """
    return ask_bases(rollout_id, what, key, person_ids=[person_id], at=at)[person_id]


def ask_bases(rollout_id: int, what: str, key: str, *, person_ids: Collection[int], at: datetime) -> dict[int, Basis]:
    """The same for many people, in a handful of queries however many they are."""
    rows = [row for row in list_regulations_at(rollout_id, at) if _lists(row, what, key)]
    if not rows:
        return dict.fromkeys(person_ids, Basis(NOT_LISTED))
    row = rows[0]
    if not read_approvals(rollout_id, [row], before=at)[row.version_id].is_complete:
        return dict.fromkeys(person_ids, Basis(NOT_APPROVED, row.version_id))
    bound = list_bound(rollout_id, [row.version_id], {row.version_id: row.terms})[row.version_id]
    said: dict[int, datetime | None] = {}
    for one in bound:
        if one.person_id is not None:
            said[one.person_id] = one.acknowledged_at
    return {person_id: _judge(row.version_id, person_id, said, at) for person_id in person_ids}


def list_regulations_at(rollout_id: int, at: datetime) -> list[VersionRow]:
    """The regulations of the firm in force at an instant, as they had been handed out by then."""
    return [row for row in list_in_force(rollout_id, local_day(rollout_id, at), at=at) if row.kind == "regulation"]


def read_meeting_rules(rollout_id: int) -> Callable[[str, int | None, datetime], MeetingBasis | None]:
    """Read all regulations once; what is returned finds the rule of weekly or daily meetings that binds a team at an
    instant, None without a regulation that says so.
    """
    zone = zone_of(rollout_id)
    rows = [row for row in list_versions(rollout_id) if row.kind == "regulation" and row.handed_out_at is not None]
    newest_first = sorted(rows, key=lambda row: (row.valid_from, row.version_id), reverse=True)

    def find(kind: str, team_id: int | None, at: datetime) -> MeetingBasis | None:
        day, seen = at.astimezone(zone).date(), set[int]()
        for row in newest_first:
            is_out = row.handed_out_at is not None and row.handed_out_at <= at and row.valid_from <= day
            if not is_out or row.regulation_id in seen:
                continue
            seen.add(row.regulation_id)
            rule = row.terms.find_meeting(kind)
            if rule is not None and (not row.terms.team_ids or team_id in row.terms.team_ids):
                return MeetingBasis(row, rule)
        return None

    return find


def _lists(row: VersionRow, what: str, key: str) -> bool:
    if what == GROUND:
        return row.terms.find_ground(key) is not None
    kpi = row.terms.find_kpi(key)
    return kpi is not None and (what == KPI or kpi.feeds_pay)


def _judge(version_id: int, person_id: int, said: dict[int, datetime | None], at: datetime) -> Basis:
    if person_id not in said:
        return Basis(NOT_BOUND, version_id)
    acknowledged_at = said[person_id]
    if acknowledged_at is None or acknowledged_at >= at:
        return Basis(NOT_ACKNOWLEDGED, version_id, acknowledged_at)
    return Basis("", version_id, acknowledged_at)
