"""A small firm that uses its CRM, for tests of the adoption room: teams, days of use; the same every time."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta

import pyarrow as pa
from flask import Flask

from implement.db import db
from implement.engine.staff import StaffRow
from implement.jobs import Plain
from implement.rollout.service.log import log_write
from implement.rollout.service.privacy import switch_named_view
from implement.rollout.service.regulations import hand_out, write_regulation
from implement.rollout.service.rollouts import list_waves, plan_wave
from implement.rollout.service.staff import take_over_staff
from implement.rollout.service.usage import StaffMember, list_staff, replace_usage_days
from implement.rollout.tables import User
from implement.stages.adoption.service.loading import load_usage
from implement.stages.adoption.tables import Evaluation, PersonScore
from implement.store import Store
from implement.web.access import Role
from tests import builders

SUNDAY = date(2026, 3, 29)
NOW = datetime(2026, 3, 29, 18, 0, tzinfo=UTC)
GO_LIVE = SUNDAY - timedelta(days=69)
SECRET = "a secret of tests"
HEADER = "user,ts,object,action,record_id,source,effective_date,filled,total"


def users_of(team: str, size: int) -> list[str]:
    return [f"{team.lower()}.{number}" for number in range(1, size + 1)]


def a_firm(rollout_id: int, teams: Mapping[str, int], *, waves: Mapping[str, str] | None = None) -> User:
    """Take teams of so many people over, headed by their first; in the wave Pilot unless said otherwise."""
    by = builders.a_user()
    said = waves or {}
    rows = [
        a_row(number, user, team, users_of(team, size)[0], said.get(team, "Pilot"))
        for number, (user, team, size) in enumerate(
            ((user, team, size) for team, size in teams.items() for user in users_of(team, size)), start=1
        )
    ]
    take_over_staff(rollout_id, rows, by=by, now=NOW)
    for wave in list_waves(rollout_id):
        plan_wave(wave, go_live=GO_LIVE, by=by, now=NOW)
    return by


def a_row(number: int, user: str, team: str, head: str, wave: str) -> StaffRow:
    name = user.replace(".", " ").title()
    return StaffRow(number, user, name, "", user, "seller", team, head, wave, 1.0, "12345", GO_LIVE, None)


def a_log(pace: Mapping[str, float], *, first_day: date = GO_LIVE, last_day: date = SUNDAY) -> bytes:
    """Events of these users: `pace` of their working days in the CRM, five records on each."""
    lines = [HEADER]
    for user, share in pace.items():
        for place, day in enumerate(working_days(first_day, last_day)):
            if int((place + 1) * share) > int(place * share):
                lines += [an_event(user, day, number) for number in range(5)]
    return "\n".join(lines).encode() + b"\n"


def an_event(user: str, day: date, number: int, *, thing: str = "contact", action: str = "create") -> str:
    at = f"{day}T{9 + number % 8:02d}:{number % 60:02d}:00"
    return f"{user},{at},{thing},{action},{user}-{day}-{number},manual,{day},9,10"


def working_days(first_day: date, last_day: date) -> Iterable[date]:
    days = (first_day + timedelta(days=number) for number in range((last_day - first_day).days + 1))
    return [day for day in days if day.isoweekday() <= 5]


def a_usage(rollout_id: int, store: Store, by: User, **files: bytes) -> Evaluation | None:
    """Load files, named by their stems, and score everybody."""
    named = {f"{stem}.csv": content for stem, content in files.items()}
    return load_usage(rollout_id, named, store=store, secret=SECRET, by=by, now=NOW, today=SUNDAY)


def steady(teams: Mapping[str, int], **slow: float) -> dict[str, float]:
    """Everybody in the CRM on nine of ten days, the users named by `team_n` otherwise."""
    pace = {user: 0.9 for team, size in teams.items() for user in users_of(team, size)}
    return pace | {user.replace("_", "."): share for user, share in slow.items()}


def person_id_of(rollout_id: int, crm_user: str) -> int:
    return next(one.person_id for one in list_staff(rollout_id) if one.crm_user == crm_user)



def an_evaluation(rollout_id: int, by: User, **evidence: dict[str, Plain]) -> Evaluation:
    """Everybody as scored without any log: usage 80; those named by `team_n` with the evidence that is given."""
    told = {user.replace("_", "."): kept for user, kept in evidence.items()}
    staff = list_staff(rollout_id)
    evaluation = Evaluation(
        rollout_id=rollout_id, edition=0, as_of=SUNDAY, first_day=GO_LIVE, at=NOW, people_count=len(staff), notes=[],
        groups=some_groups(staff),
    )  # fmt: skip
    db.session.add(evaluation)
    db.session.flush()
    for one in staff:
        kept = told.get(one.crm_user, {})
        db.session.add(
            PersonScore(
                evaluation_id=evaluation.id, person_id=one.person_id, pseudonym=f"P-{one.person_id:08}",
                shown_team=one.team or "", status="scored", usage_score=80.0, low_score=70.0, high_score=90.0,
                resistance_score=80.0 if kept else 5.0, is_flagged=bool(kept), evidence=kept, band="active",
                days_silent=0, last_active_day=SUNDAY, present_days=40, parts=[], weeks=[], notes=[],
            )
        )  # fmt: skip
    log_write("evaluate_usage", f"evaluation:{evaluation.id}", by=by, now=NOW, rollout_id=rollout_id)
    return evaluation


def some_groups(staff: Sequence[StaffMember]) -> list[Plain]:
    """The teams, waves and the whole as an evaluation keeps them: everybody active, no weeks."""
    found: dict[str, dict[str, Plain]] = {}
    for one in staff:
        wave, team = f"wave:{one.wave_id}", f"team:{one.team_id}"
        for key, id_, name, parent in (
            ("all", None, "", None), (wave, one.wave_id, one.wave, "all"), (team, one.team_id, one.team, wave),
        ):  # fmt: skip
            group = found.setdefault(key, {"key": key, "id": id_, "name": name, "parent": parent, "people": 0})
            group["people"] = int(str(group["people"])) + 1
            group |= {"scored": group["people"], "bands": {"active": group["people"]}, "head_id": one.head_id}
    shown: dict[str, Plain] = {"go_live": str(GO_LIVE), "usage": ["70.0", "80.0", "90.0"], "weeks": []}
    return [{**group, **shown} for group in found.values()]


def some_days(rollout_id: int, shares: Mapping[str, tuple[float, float]], change: date, last_day: date) -> None:
    """Days of use without any log: each user in the CRM on a share of their working days before and from a day on."""
    rows = []
    for user, (before, after) in shares.items():
        debt = 0.0
        for day in working_days(GO_LIVE, last_day):
            debt += before if day < change else after
            if debt >= 1:
                debt -= 1
                rows.append({"user": user, "day": day, "events": 3, "active_events": 3, "records": 3})
    days = [GO_LIVE + timedelta(days=n) for n in range((last_day - GO_LIVE).days + 1)]
    replace_usage_days(rollout_id, days, pa.Table.from_pylist(rows))


def some_evidence(first: str, second: str | None = None, **signals: tuple[int, int]) -> dict[str, Plain]:
    """Evidence as an evaluation freezes it: the kinds it fits, and signals that stand out as k of n."""
    days: dict[str, Plain] = {"first_day": str(SUNDAY - timedelta(days=55)), "last_day": str(SUNDAY)}
    figures: dict[str, Plain] = {"peer_level": "0.1", "low": "0.5", "high": "0.9", "concern": "0.99", "is_share": True}
    reasons: list[Plain] = [
        {"signal": name, "k": str(k), "n": str(n), **figures, **days} for name, (k, n) in signals.items()
    ]
    fit: dict[str, Plain] = {"first": first, "second": second, "unclear": False}
    return {"low": "60.0", "high": "95.0", "above": True, **fit, "reasons": reasons}


def agree_on_names(app: Flask, rollout_id: int) -> None:
    """An agreement in force, and both sides' consent to the named view."""
    with app.app_context():
        lead, council = builders.a_user(Role.LEAD), builders.a_user(Role.COUNCIL)
        said = {"kind": "agreement", "title": "Usage", "text": "Names", "valid_from": GO_LIVE, "terms": {}}
        hand_out(write_regulation(rollout_id, **said, by=lead, now=NOW), rollout_id, by=lead, now=NOW)
        for side, by in ((Role.LEAD, lead), (Role.COUNCIL, council)):
            switch_named_view(
                rollout_id, side=side, is_on=True, reason="agreed", roles=frozenset({side}), by=by, now=NOW
            )
        db.session.commit()
