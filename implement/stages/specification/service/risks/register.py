"""The register of risks: filled by rules from audit and facts, worked on by people (M92–M104, M117, M136)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from functools import lru_cache
from pathlib import Path

from sqlalchemy import case, func, select

from implement.db import db
from implement.engine.hazards import FoundFact, FoundRisk, RiskRule, find_risks, load_risks
from implement.rollout.service.errors import EditedMeanwhile, NotFound, RuleBroken
from implement.rollout.service.log import Actor, log_write
from implement.rollout.service.people import list_members
from implement.rollout.service.rollouts import lock_rollout
from implement.stages.specification.service.answers import read_audit
from implement.stages.specification.service.risks.facts import gather_facts
from implement.stages.specification.tables.risks import Risk
from implement.store import Store
from implement.web.texts import lazy

RISKS = Path(__file__).parents[5] / "checklists/risks.yaml"
STATES = {
    "open": lazy("open"),
    "watched": lazy("watched"),
    "happened": lazy("has happened"),
    "closed": lazy("closed"),
}
GRAVE = 9
"""Likelihood times impact from which on a risk needs an owner before the gate."""


@dataclass(frozen=True)
class RiskSaid:
    """A risk as it was typed in; empty words of one found by a rule are the rule's."""

    title: str
    prevention: str
    trigger: str
    likelihood: int
    impact: int
    owner_id: int | None
    budget_minor: int | None
    state: str


@dataclass(frozen=True)
class RegisterState:
    """How many risks are in the register and not closed, and how many grave ones nobody owns."""

    count: int
    grave_without_owner: int


@lru_cache(maxsize=1)
def read_rules() -> dict[str, RiskRule]:
    """The rules by their ids."""
    return {one.id: one for one in load_risks(RISKS)}


def find_now(rollout_id: int, store: Store, today: date) -> list[FoundRisk]:
    """What the rules find today."""
    said, facts = read_audit(rollout_id, store), gather_facts(rollout_id, store, today)
    return find_risks(list(read_rules().values()), said.rules, facts)


def list_risks(rollout_id: int) -> list[Risk]:
    """The register, the gravest first, closed ones last."""
    size, is_closed = Risk.likelihood * Risk.impact, case((Risk.state == "closed", 1), else_=0)
    asked = select(Risk).where(Risk.rollout_id == rollout_id).order_by(is_closed, size.desc(), Risk.id)
    return list(db.session.scalars(asked))


def count_news(rows: Sequence[Risk], found: Sequence[FoundRisk]) -> int:
    """How many risks the register does not know yet, or knows with other evidence."""
    known = {row.rule_key: row for row in rows if row.rule_key}
    fresh = sum(one.rule.id not in known or known[one.rule.id].evidence != write_evidence(one) for one in found)
    now = {one.rule.id for one in found}
    return fresh + sum(key not in now and row.gone_at is None for key, row in known.items())


def take_over(rollout_id: int, store: Store, *, today: date, by: Actor, now: datetime) -> int:
    """Bring the register up to date with the rules: new risks come in, evidence is renewed, what is gone is marked.

    What people have written stays as it is. Returns how many rows were changed.
    """
    lock_rollout(rollout_id)
    found = {one.rule.id: one for one in find_now(rollout_id, store, today)}
    known = {row.rule_key: row for row in list_risks(rollout_id) if row.rule_key}
    changed = sum(_renew(row, found.get(key), now) for key, row in known.items())
    for key in found.keys() - known.keys():
        rule = found[key].rule
        row = Risk(rollout_id=rollout_id, rule_key=key, likelihood=rule.likelihood, impact=rule.impact)
        row.evidence, row.by_name, row.at = list(write_evidence(found[key])), by.name, now
        db.session.add(row)
        changed += 1
    db.session.flush()
    log_write("take_over_risks", f"rollout:{rollout_id}", by=by, now=now, rollout_id=rollout_id, risks=changed)
    return changed


def get_risk(rollout_id: int, risk_id: int) -> Risk:
    """A risk of this rollout."""
    row: Risk | None = db.session.get(Risk, risk_id)
    if row is None or row.rollout_id != rollout_id:
        raise NotFound(lazy("There is no such risk."))
    return row


def add_risk(rollout_id: int, said: RiskSaid, *, by: Actor, now: datetime) -> Risk:
    """Add a risk that no rule knows."""
    if not said.title.strip():
        raise RuleBroken(lazy("A risk needs its name."))
    row = Risk(rollout_id=rollout_id, evidence=[])
    _write(row, said, by=by, now=now)
    db.session.add(row)
    _log("add_risk", row, by=by, now=now)
    return row


def change_risk(row: Risk, said: RiskSaid, *, version: int | None, by: Actor, now: datetime) -> None:
    """Change a risk; what somebody else wrote meanwhile is not overwritten."""
    db.session.refresh(row, with_for_update=True)
    if row.version != version:
        mine, theirs = said.prevention or said.title, row.prevention or row.title
        raise EditedMeanwhile(lazy("Somebody else changed this risk meanwhile."), theirs=theirs, mine=mine)
    _write(row, said, by=by, now=now)
    _log("change_risk", row, by=by, now=now)


def read_state(rollout_id: int) -> RegisterState | None:
    """How the register stands, in one query, for gates and the hall; None before it was ever filled."""
    is_open = Risk.state != "closed"
    lacks = (is_open, Risk.likelihood * Risk.impact >= GRAVE, Risk.owner_id.is_(None))
    counts = (func.sum(case((is_open, 1), else_=0)), func.sum(case((lacks[0] & lacks[1] & lacks[2], 1), else_=0)))
    every, standing, grave = db.session.execute(
        select(func.count(), *counts).where(Risk.rollout_id == rollout_id)
    ).one()
    return RegisterState(int(standing or 0), int(grave or 0)) if every else None


def write_evidence(found: FoundRisk) -> list[str]:
    """What speaks for a risk as it is kept: rules of the audit, and facts with their condition and what they were."""
    return [f"audit:{key}" for key in found.audit_rules] + [f"fact:{_name(one)}" for one in found.facts]


def _name(one: FoundFact) -> str:
    seen = Fraction(one.value) if one.value is not None else ""
    return f"{one.condition.fact}:{one.condition.condition}:{one.condition.limit}:{seen}"


def _renew(row: Risk, found: FoundRisk | None, now: datetime) -> bool:
    """Renew the evidence of a row; a row whose evidence is gone keeps its last one and says since when."""
    if found is None:
        is_news, row.gone_at = row.gone_at is None, row.gone_at or now
        return is_news
    evidence = write_evidence(found)
    is_news = row.evidence != evidence or row.gone_at is not None
    row.evidence, row.gone_at = list(evidence), None
    return is_news


def _write(row: Risk, said: RiskSaid, *, by: Actor, now: datetime) -> None:
    members = {user_id for user_id, *_rest in list_members(row.rollout_id)}
    if said.owner_id is not None and said.owner_id not in members:
        raise RuleBroken(lazy("The owner must belong to this rollout."))
    for name, value in vars(said).items():
        setattr(row, name, value.strip() if isinstance(value, str) else value)
    row.by_name, row.at = by.name, now


def _log(action: str, row: Risk, *, by: Actor, now: datetime) -> None:
    db.session.flush()
    log_write(action, f"risk:{row.id}", by=by, now=now, rollout_id=row.rollout_id)
