"""Evaluate a rollout: gather what is known, compute, keep the outcome frozen. And decide by hand who counts."""

from array import array
from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from datetime import date, datetime, timedelta

import pyarrow as pa
from sqlalchemy import func, insert, select

from implement.db import db
from implement.engine.backend import open_backend
from implement.engine.resistance import Reason, Resistance
from implement.engine.usage import Part, UserDays, WeeklyUse, merge_user_days
from implement.engine.usage.days import COUNTERS, HOURS
from implement.engine.usage.settings import ExposureSettings
from implement.jobs import Job, JobState, Plain, enqueue_job
from implement.rollout.service.calendar import read_days_off
from implement.rollout.service.errors import RuleBroken
from implement.rollout.service.log import Actor, log_write
from implement.rollout.service.privacy import pseudonym
from implement.rollout.service.rollouts import local_day
from implement.rollout.service.usage import (
    UsageDayRow,
    list_absences,
    list_staff,
    read_usage_days,
    span_of_usage,
)
from implement.stages.adoption.evaluating import NOTE_CODES, Decided, Evaluated, ScoringBasis
from implement.stages.adoption.log_habits import count_habits_in
from implement.stages.adoption.service.beside import gather_beside
from implement.stages.adoption.service.counted_staff import note_counted
from implement.stages.adoption.service.examples import list_agreed
from implement.stages.adoption.service.parts import list_parts
from implement.stages.adoption.service.settling import settle_groups
from implement.stages.adoption.service.uploads import SCORE_JOB, ensure_basis, move_edition, read_edition
from implement.stages.adoption.summing import PersonResult
from implement.stages.adoption.tables import Evaluation, LeftOut, LogPart, PersonScore, UserDecision
from implement.store import Store
from implement.web.texts import lazy

HISTORY = timedelta(days=ExposureSettings().history_days)


def gather_basis(rollout_id: int) -> ScoringBasis:
    """Everything the next evaluation rests on but the habits in the log itself, in a few queries."""
    edition, span = read_edition(rollout_id), span_of_usage(rollout_id)
    years = range(span[0].year, span[1].year + 1) if span else ()
    rows = read_usage_days(rollout_id, since=span[1] - HISTORY) if span else iter(())
    table, nobody = _lay_out(rows)
    return ScoringBasis(
        edition, _describe_log(rollout_id, table), nobody, list_staff(rollout_id), list_absences(rollout_id),
        read_days_off(rollout_id, years), list_decisions(rollout_id), above_before=_list_above(rollout_id),
    )  # fmt: skip


def add_habits(
    rollout_id: int, basis: ScoringBasis, store: Store, today: date, *, engine: str = "duckdb", memory_mb: int = 1024
) -> ScoringBasis:
    """The basis with what only the events of the last weeks can tell, read from the parts of the log by the engine."""
    parts, last_day = list_parts(rollout_id, store), basis.usage.last_day
    if not parts or last_day is None:
        return basis
    as_of = min(last_day, today)
    told = gather_beside(rollout_id, basis, store=store, as_of=as_of)
    with open_backend(engine, memory_mb=memory_mb) as backend:
        return replace(basis, habits=count_habits_in(parts, as_of, backend, told))


def _list_above(rollout_id: int) -> frozenset[int]:
    """Who stood above the threshold of resistance at the last evaluation."""
    latest = select(func.max(Evaluation.id)).where(Evaluation.rollout_id == rollout_id).scalar_subquery()
    rows = db.session.execute(
        select(PersonScore.person_id, PersonScore.evidence).where(PersonScore.evaluation_id == latest)
    )
    return frozenset(person_id for person_id, evidence in rows if evidence.get("above"))


def keep_evaluation(
    rollout_id: int, edition: int, found: Evaluated, *, secret: str, by: Actor | None, now: datetime
) -> Evaluation:
    """Keep an evaluation with every person's score and everybody left out; earlier ones stay as they are."""
    note_counted(rollout_id, list_agreed(rollout_id), by=by, now=now)
    groups: list[Plain] = list(settle_groups(rollout_id, found, local_day(rollout_id, now)))
    evaluation = Evaluation(
        rollout_id=rollout_id, edition=edition, as_of=found.as_of, first_day=found.first_day, at=now,
        people_count=len(found.people), groups=groups,
        notes=[["after_as_of", str(found.later_events)], ["withheld", *found.withheld]],
    )  # fmt: skip
    db.session.add(evaluation)
    db.session.flush()
    scores = [
        _score_row(evaluation.id, one, found.shown_teams, pseudonym(secret, rollout_id, one.person_id))
        for one in found.people
    ]
    if scores:
        db.session.execute(insert(PersonScore), scores)
    left_out = [{"evaluation_id": evaluation.id, **asdict(one), "details": list(one.details)} for one in found.left_out]
    if left_out:
        db.session.execute(insert(LeftOut), left_out)
    counts: dict[str, Plain] = {"people": len(scores), "left_out": len(left_out)}
    log_write("evaluate_usage", f"evaluation:{evaluation.id}", by=by, now=now, rollout_id=rollout_id, **counts)
    return evaluation


def ask_for_evaluation(rollout_id: int, *, by: Actor, now: datetime) -> int:
    """Have everybody scored anew in the background; returns the job, the one that waits already where there is such."""
    ensure_basis(rollout_id)
    waiting = (Job.kind == SCORE_JOB, Job.rollout_id == rollout_id, Job.state == JobState.QUEUED)
    queued = db.session.scalar(select(Job.id).where(*waiting).limit(1))
    return queued or enqueue_job(SCORE_JOB, rollout_id=rollout_id, arguments={}, by_id=by.id, now=now).id


def decide_on_user(rollout_id: int, crm_user: str, *, decision: str, reason: str, by: Actor, now: datetime) -> int:
    """Leave a user id out by hand, or let it count, with a reason everybody can read; everybody is scored anew."""
    if not crm_user or not reason.strip():
        raise RuleBroken(lazy("Please give a reason; everybody concerned can read it."))
    row = UserDecision(
        rollout_id=rollout_id, crm_user=crm_user, decision=decision, reason=reason.strip(), by_id=by.id,
        by_name=by.name, at=now,
    )  # fmt: skip
    db.session.add(row)
    ensure_basis(rollout_id)
    move_edition(rollout_id)
    log_write(
        "decide_on_user", f"crm_user:{crm_user}"[:120], by=by, now=now, rollout_id=rollout_id, decision=decision,
        reason=row.reason,
    )  # fmt: skip
    return ask_for_evaluation(rollout_id, by=by, now=now)


def list_decisions(rollout_id: int) -> dict[str, Decided]:
    """The last word on each user id that somebody decided about."""
    rows = db.session.execute(
        select(UserDecision.crm_user, UserDecision.decision, UserDecision.reason)
        .where(UserDecision.rollout_id == rollout_id)
        .order_by(UserDecision.id)
    )
    last = {user: (decision, reason) for user, decision, reason in rows}
    return {
        user: Decided(decision == "count", reason)
        for user, (decision, reason) in last.items()
        if decision != "undecided"
    }


def _describe_log(rollout_id: int, table: pa.Table) -> UserDays:
    rows = db.session.execute(
        select(LogPart.columns, LogPart.is_sessions_only, LogPart.has_clock).where(LogPart.rollout_id == rollout_id)
    ).all()
    columns = frozenset(str(name) for names, _, _ in rows for name in names)
    whole = merge_user_days([table], columns)
    return replace(
        whole,
        is_sessions_only=bool(rows) and all(sessions for _, sessions, _ in rows),
        has_clock=any(clock for _, _, clock in rows),
    )


def _lay_out(rows: Iterable[UsageDayRow]) -> tuple[pa.Table, int]:
    """The roll-up as one table, and how many events name nobody."""
    users, days, nobody = [], [], 0
    counted = {name: array("q") for name in (*COUNTERS, HOURS)}
    for row in rows:
        if not row.crm_user:
            nobody += row.events
            continue
        users.append(row.crm_user)
        days.append(row.day)
        for name, column in counted.items():
            column.append(_count(row, name))
    columns = {name: pa.array(column, pa.int64()) for name, column in counted.items()}
    return pa.table({"user": pa.array(users, pa.string()), "day": pa.array(days, pa.date32()), **columns}), nobody


def _count(row: UsageDayRow, name: str) -> int:
    if name in ("events", "active_events", "records"):
        return int(getattr(row, name))
    return row.counts.get(name, 0)


def _score_row(evaluation_id: int, one: PersonResult, teams: Mapping[str, str], name: str) -> dict[str, object]:
    score = one.score
    return {
        "evaluation_id": evaluation_id,
        "person_id": one.person_id,
        "pseudonym": name,
        "shown_team": teams.get(one.team_key, ""),
        "status": score.status,
        "usage_score": _rounded(score.usage),
        "low_score": _rounded(score.usage_low),
        "high_score": _rounded(score.usage_high),
        "resistance_score": _rounded(score.resistance.score),
        "is_flagged": score.resistance.is_flagged,
        "evidence": _plain_evidence(score.resistance),
        "band": score.dormancy_band,
        "days_silent": score.days_silent,
        "last_active_day": score.last_active_day,
        "present_days": score.present_days or 0,
        "parts": [_plain_part(part) for part in score.parts],
        "weeks": [_plain_week(week) for week in one.weeks],
        "notes": [NOTE_CODES[note] for note in score.notes if note in NOTE_CODES],
    }


def _plain_part(part: Part) -> dict[str, object]:
    shares = {
        name: round(getattr(part, name), 4) for name in ("value", "weight", "own_level", "peer_level", "low", "high")
    }
    span = {"first_day": part.first_day.isoformat(), "last_day": part.last_day.isoformat()}
    return {"name": part.name, "k": round(part.k, 1), "n": round(part.n, 1), **shares, **span}


def _plain_evidence(found: Resistance) -> dict[str, Plain]:
    if found.score is None:
        return {}
    return {
        "low": _rounded_text(found.low), "high": _rounded_text(found.high), "above": found.is_above_threshold,
        "first": found.fit.first, "second": found.fit.second, "unclear": found.fit.is_unclear,
        "reasons": [_plain_reason(reason) for reason in found.reasons],
    }  # fmt: skip


def _plain_reason(reason: Reason) -> dict[str, Plain]:
    low, high = reason.likely
    figures = {"k": reason.k, "n": reason.n, "peer_level": reason.peer_level, "low": low, "high": high}
    said: dict[str, Plain] = {name: f"{value:.4f}" for name, value in figures.items()}
    said |= {"concern": f"{reason.concern:.4f}", "is_share": reason.is_share, "signal": reason.signal}
    return said | {"first_day": reason.first_day.isoformat(), "last_day": reason.last_day.isoformat()}


def _rounded_text(score: float | None) -> str | None:
    return None if score is None else f"{score:.1f}"


def _plain_week(week: WeeklyUse) -> list[Plain]:
    return [week.week.isoformat(), week.active_days, week.present_days, week.records]


def _rounded(score: float | None) -> float | None:
    return None if score is None else round(score, 1)


def is_stale(as_of: date | None, today: date, days: int = 7) -> bool:
    """True when the newest usage is older than a week."""
    return as_of is None or (today - as_of).days > days
