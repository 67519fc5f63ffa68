"""Rules of variable pay: drafted, held against their faults, released by a second person, in force from a day (R9)."""

import hashlib
import json
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from implement.control.incentives import words
from implement.control.incentives.service.policy import demand_variable
from implement.control.incentives.service.settled import demand_open_day
from implement.control.incentives.tables import PayRule, PayRuleVersion
from implement.db import db
from implement.engine.pay.rule import RuleTerms, find_rule_faults, read_rule, write_rule
from implement.rollout.service.errors import EditedMeanwhile, NotAllowed, NotFound, RuleBroken
from implement.rollout.service.log import Actor, log_write
from implement.web.texts import lazy

MOST_PARTS = 40


@dataclass(frozen=True)
class RuleRow:
    """A version of a rule as lists and runs know it."""

    rule_id: int
    version_id: int
    name: str
    number: int
    valid_from: date
    released_at: datetime | None
    sha256: str
    terms: RuleTerms


def begin_rule(rollout_id: int, name: str, *, valid_from: date, by: Actor, now: datetime) -> PayRuleVersion:
    """Begin a rule with its first draft."""
    rule = PayRule(rollout_id=rollout_id, name=name.strip())
    try:
        with db.session.begin_nested():
            db.session.add(rule)
    except IntegrityError as fault:
        raise RuleBroken(lazy("There is a rule of this name already.")) from fault
    return _draft(rule, RuleTerms(), valid_from, by=by, now=now)


def begin_next(rollout_id: int, rule_id: int, *, valid_from: date, by: Actor, now: datetime) -> PayRuleVersion:
    """Begin the next version from the newest; a draft that was begun already is gone on with."""
    rule = get_rule(rollout_id, rule_id)
    newest = _newest(rule_id)
    if newest is not None and newest.released_at is None:
        return newest
    terms = RuleTerms() if newest is None else read_rule(newest.terms)
    return _draft(rule, terms, valid_from, by=by, now=now)


def save_draft(
    version: PayRuleVersion, terms: RuleTerms, *, seen: int | None, by: Actor, now: datetime,
    valid_from: date | None = None,
) -> None:  # fmt: skip
    """Save a draft whole; what somebody else saved meanwhile is shown beside it and not overwritten."""
    if version.released_at is not None:
        raise RuleBroken(lazy("This version was released; begin the next one."))
    if seen != version.version:
        theirs, mine = words.write_terms(read_rule(version.terms)), words.write_terms(terms)
        sentence = lazy("Somebody else changed this rule meanwhile; nothing was overwritten.")
        raise EditedMeanwhile(sentence, theirs=theirs, mine=mine)
    parts = (terms.items, terms.gates, terms.kickers, terms.commission.bands if terms.commission else ())
    if any(len(one) > MOST_PARTS for one in parts):
        raise RuleBroken(lazy("Nobody reads so many; take some out first."))
    version.terms, version.valid_from = write_rule(terms), valid_from or version.valid_from
    version.by_id, version.at = by.id, now
    version.editors = sorted({*version.editors, by.id})
    _log("save_pay_rule", version, by, now)


def release_rule(version: PayRuleVersion, *, seen: int | None, by: Actor, now: datetime, today: date) -> None:
    """Let a version come into force from its day: by somebody who did not write on it, without any fault, not backwards
    and not into a period that was computed.
    """
    rule = db.session.get_one(PayRule, version.rule_id)
    demand_variable(rule.rollout_id)
    if version.released_at is not None:
        return
    if seen != version.version:
        raise RuleBroken(lazy("Somebody else changed this draft meanwhile. Please read it again."))
    if by.id in version.editors:
        raise NotAllowed(lazy("A second person releases: somebody else than whoever wrote on this rule."))
    faults = find_rule_faults(read_rule(version.terms))
    if faults:
        raise RuleBroken(words.say_fault(faults[0]))
    if version.valid_from < today:
        raise RuleBroken(lazy("A rule does not reach back: choose a first day from today on."))
    demand_open_day(rule.rollout_id, version.valid_from)
    version.released_by_id, version.released_at, version.sha256 = by.id, now, hash_rule(version)
    _log("release_pay_rule", version, by, now)


def drop_draft(version: PayRuleVersion, *, by: Actor, now: datetime) -> None:
    """Give a draft up; with the only version goes the rule."""
    if version.released_at is not None:
        raise RuleBroken(lazy("This version was released; begin the next one."))
    _log("drop_pay_rule_draft", version, by, now)
    db.session.delete(version)
    db.session.flush()
    if _newest(version.rule_id) is None:
        db.session.delete(db.session.get_one(PayRule, version.rule_id))


def change_terms(version: PayRuleVersion, **changes: object) -> RuleTerms:
    """The terms of a draft with some parts changed."""
    return replace(read_rule(version.terms), **changes)  # type: ignore[arg-type]


def get_rule(rollout_id: int, rule_id: int) -> PayRule:
    """A rule of this rollout."""
    found: PayRule | None = db.session.scalar(
        select(PayRule).where(PayRule.id == rule_id, PayRule.rollout_id == rollout_id)
    )
    if found is None:
        raise NotFound(lazy("There is no such rule."))
    return found


def get_version(rollout_id: int, version_id: int) -> tuple[PayRule, PayRuleVersion]:
    """A version of this rollout with its rule."""
    asked = select(PayRule, PayRuleVersion).join(PayRuleVersion, PayRuleVersion.rule_id == PayRule.id)
    here = (PayRule.rollout_id == rollout_id, PayRuleVersion.id == version_id)
    row = db.session.execute(asked.where(*here)).one_or_none()
    if row is None:
        raise NotFound(lazy("There is no such rule."))
    return row[0], row[1]


def list_versions(rollout_id: int, *, released: bool | None = None) -> list[RuleRow]:
    """Every version by rule, the newest first; `released` keeps those that are, or are not."""
    one = PayRuleVersion
    columns = (one.rule_id, one.id, PayRule.name, one.number, one.valid_from, one.released_at, one.sha256, one.terms)
    asked = select(*columns).join(PayRule, PayRule.id == one.rule_id).where(PayRule.rollout_id == rollout_id)
    if released is not None:
        asked = asked.where(one.released_at.is_not(None) if released else one.released_at.is_(None))
    rows = db.session.execute(asked.order_by(PayRule.name, one.number.desc()))
    return [
        RuleRow(rule_id, version_id, name, number, valid_from, released_at, sha256, read_rule(terms))
        for rule_id, version_id, name, number, valid_from, released_at, sha256, terms in rows
    ]


def pick_in_force(rows: list[RuleRow], rule_id: int, day: date) -> RuleRow | None:
    """The version of a rule that holds on a day: of those released, the one that began last."""
    mine = [row for row in rows if row.rule_id == rule_id and row.released_at and row.valid_from <= day]
    return max(mine, key=lambda row: (row.valid_from, row.number), default=None)


def hash_rule(version: PayRuleVersion) -> str:
    """The SHA-256 of exactly what is released: terms and first day as canonical JSON."""
    said = {"terms": version.terms, "valid_from": version.valid_from.isoformat()}
    canonical = json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _draft(rule: PayRule, terms: RuleTerms, valid_from: date, *, by: Actor, now: datetime) -> PayRuleVersion:
    of_this = PayRuleVersion.rule_id == rule.id
    number = (db.session.scalar(select(func.max(PayRuleVersion.number)).where(of_this)) or 0) + 1
    version = PayRuleVersion(
        rule_id=rule.id, number=number, terms=write_rule(terms), valid_from=valid_from, editors=[by.id], by_id=by.id,
        at=now,
    )  # fmt: skip
    try:
        with db.session.begin_nested():
            db.session.add(version)
    except IntegrityError as fault:
        raise RuleBroken(lazy("Somebody began the next version at the same moment; please open it.")) from fault
    _log("begin_pay_rule", version, by, now)
    return version


def _newest(rule_id: int) -> PayRuleVersion | None:
    asked = select(PayRuleVersion).where(PayRuleVersion.rule_id == rule_id).order_by(PayRuleVersion.number.desc())
    found: PayRuleVersion | None = db.session.scalar(asked.limit(1))
    return found


def _log(action: str, version: PayRuleVersion, by: Actor, now: datetime) -> None:
    rollout_id = db.session.scalar(select(PayRule.rollout_id).where(PayRule.id == version.rule_id))
    log_write(action, f"pay_rule_version:{version.id}", by=by, now=now, rollout_id=rollout_id, number=version.number)
