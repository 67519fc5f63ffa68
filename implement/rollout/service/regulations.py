"""Regulations and agreements: versioned texts, handed out, acknowledged by each person for exactly that version
(M113).
"""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path

from sqlalchemy import func, select

from implement.db import db
from implement.engine.checklist import RegulationTemplate, load_regulation
from implement.jobs import Plain
from implement.rollout.service.errors import NotFound, RuleBroken
from implement.rollout.service.log import Actor, log_write
from implement.rollout.tables import Acknowledgement, Membership, Regulation, RegulationVersion, User
from implement.web.texts import lazy

BASE_PROTECTION, CALLS_COUNTED = "base_protection", "calls_counted"


TEMPLATES = Path(__file__).parents[3] / "checklists/regulations"


@dataclass(frozen=True)
class VersionRow:
    """A version as lists show it: how many of those bound have acknowledged it."""

    regulation_id: int
    version_id: int
    kind: str
    title: str
    number: int
    valid_from: date
    handed_out_at: datetime | None
    acknowledged: int


def covers_looks(version: RegulationVersion) -> bool:
    """True when the version covers the evaluation of unusual views and exports (M49)."""
    return _covers(version, BASE_PROTECTION)


def covers_calls(version: RegulationVersion) -> bool:
    """True when the version covers the counting of calls and mails past the CRM (M25)."""
    return _covers(version, CALLS_COUNTED)


def set_terms(terms: dict[str, Plain], *, covers_looks: bool, covers_calls: bool) -> dict[str, Plain]:
    """The terms of the next version: the same, with or without these purposes."""
    listed = terms.get("purposes")
    chosen = {BASE_PROTECTION: covers_looks, CALLS_COUNTED: covers_calls}
    others = [one for one in listed if one not in chosen] if isinstance(listed, list) else []
    purposes: list[Plain] = [*others, *(purpose for purpose, is_covered in chosen.items() if is_covered)]
    return {**terms, "purposes": purposes}


def _covers(version: RegulationVersion, purpose: str) -> bool:
    purposes = version.terms.get("purposes")
    return isinstance(purposes, list) and purpose in purposes


@cache
def list_templates() -> tuple[RegulationTemplate, ...]:
    """The templates to begin from, read once: they come with the product and never change while it runs."""
    return tuple(load_regulation(path) for path in sorted(TEMPLATES.glob("*.yaml")))


def get_template(place: int) -> RegulationTemplate:
    """The template at a place of the list, from 1."""
    templates = list_templates()
    if not 1 <= place <= len(templates):
        raise NotFound(lazy("There is no such template."))
    return templates[place - 1]


def write_regulation(
    rollout_id: int,
    *,
    kind: str,
    title: str,
    text: str,
    valid_from: date,
    terms: dict[str, Plain],
    by: Actor,
    now: datetime,
) -> RegulationVersion:
    """Write the first version of a regulation or agreement."""
    regulation = Regulation(rollout_id=rollout_id, kind=kind, title=title.strip())
    db.session.add(regulation)
    db.session.flush()
    return write_version(regulation, text=text, valid_from=valid_from, terms=terms, by=by, now=now)


def write_version(
    regulation: Regulation, *, text: str, valid_from: date, terms: dict[str, Plain], by: Actor, now: datetime
) -> RegulationVersion:
    """Write the next version; earlier ones and their acknowledgements stay as they are."""
    if not text.strip():
        raise RuleBroken(lazy("A regulation needs a text."))
    of_this = RegulationVersion.regulation_id == regulation.id
    number = (db.session.scalar(select(func.max(RegulationVersion.number)).where(of_this)) or 0) + 1
    version = RegulationVersion(
        regulation_id=regulation.id,
        number=number,
        text=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        terms=terms,
        valid_from=valid_from,
        by_id=by.id,
        at=now,
    )
    db.session.add(version)
    db.session.flush()
    log_write(
        "write_regulation", f"version:{version.id}", by=by, now=now, rollout_id=regulation.rollout_id, number=number
    )
    return version


def hand_out(version: RegulationVersion, rollout_id: int, *, by: Actor, now: datetime) -> None:
    """Hand the version out to everybody in the rollout; from now on it can be acknowledged."""
    if version.handed_out_at is None:
        version.handed_out_at = now
        log_write("hand_out", f"version:{version.id}", by=by, now=now, rollout_id=rollout_id)


def acknowledge(version: RegulationVersion, rollout_id: int, *, sha256: str, by: Actor, now: datetime) -> None:
    """Note that a person has read exactly this text; twice is once, another text is refused."""
    if version.handed_out_at is None:
        raise RuleBroken(lazy("This version has not been handed out yet."))
    if sha256 != version.sha256:
        raise RuleBroken(lazy("The text has changed since you opened it. Please read it again."))
    mine = (Acknowledgement.version_id == version.id, Acknowledgement.user_id == by.id)
    if db.session.scalar(select(Acknowledgement.id).where(*mine)):
        return
    db.session.add(Acknowledgement(version_id=version.id, user_id=by.id, name=by.name, sha256=sha256, at=now))
    log_write("acknowledge", f"version:{version.id}", by=by, now=now, rollout_id=rollout_id, sha256=sha256)


def get_version(rollout_id: int, version_id: int) -> tuple[Regulation, RegulationVersion]:
    """A version of this rollout with its regulation."""
    row = db.session.execute(
        select(Regulation, RegulationVersion)
        .join(RegulationVersion, RegulationVersion.regulation_id == Regulation.id)
        .where(Regulation.rollout_id == rollout_id, RegulationVersion.id == version_id)
    ).one_or_none()
    if row is None:
        raise NotFound(lazy("There is no such regulation."))
    return row[0], row[1]


def version_in_force(rollout_id: int, kind: str, day: date) -> RegulationVersion | None:
    """The handed-out version of the kind that binds on the day."""
    return db.session.scalar(
        select(RegulationVersion)
        .join(Regulation, Regulation.id == RegulationVersion.regulation_id)
        .where(
            Regulation.rollout_id == rollout_id,
            Regulation.kind == kind,
            RegulationVersion.valid_from <= day,
            RegulationVersion.handed_out_at.is_not(None),
        )
        .order_by(RegulationVersion.valid_from.desc(), RegulationVersion.id.desc())
        .limit(1)
    )


def list_versions(rollout_id: int) -> list[VersionRow]:
    """Every version with its count of acknowledgements, newest first."""
    counted = (
        select(Acknowledgement.version_id, func.count(Acknowledgement.id).label("n"))
        .group_by(Acknowledgement.version_id)
        .subquery()
    )
    rows = db.session.execute(
        select(
            Regulation.id,
            RegulationVersion.id,
            Regulation.kind,
            Regulation.title,
            RegulationVersion.number,
            RegulationVersion.valid_from,
            RegulationVersion.handed_out_at,
            func.coalesce(counted.c.n, 0),
        )
        .join(RegulationVersion, RegulationVersion.regulation_id == Regulation.id)
        .join(counted, counted.c.version_id == RegulationVersion.id, isouter=True)
        .where(Regulation.rollout_id == rollout_id)
        .order_by(Regulation.title, RegulationVersion.number.desc())
    )
    return [VersionRow(*row) for row in rows]


def list_acknowledged(version_id: int) -> list[tuple[str, datetime]]:
    """Who acknowledged the version, and when."""
    found = select(Acknowledgement.name, Acknowledgement.at).where(Acknowledgement.version_id == version_id)
    return [(name, at) for name, at in db.session.execute(found.order_by(Acknowledgement.at))]


def list_not_acknowledged(rollout_id: int, version_id: int) -> list[str]:
    """Members of the rollout who have not acknowledged the version."""
    done = select(Acknowledgement.user_id).where(Acknowledgement.version_id == version_id)
    members = select(Membership.user_id).where(Membership.rollout_id == rollout_id)
    asked = select(User.name).where(User.id.in_(members), User.id.not_in(done), User.disabled_at.is_(None))
    return list(db.session.scalars(asked.order_by(User.name)))


def list_waiting(rollout_id: int, user_id: int) -> list[tuple[int, str]]:
    """The texts that wait for this person, as id and title: of each the newest version that was handed out."""
    newest = (
        select(func.max(RegulationVersion.number))
        .where(RegulationVersion.regulation_id == Regulation.id, RegulationVersion.handed_out_at.is_not(None))
        .correlate(Regulation)
        .scalar_subquery()
    )
    done = select(Acknowledgement.version_id).where(Acknowledgement.user_id == user_id)
    rows = db.session.execute(
        select(RegulationVersion.id, Regulation.title)
        .join(Regulation, Regulation.id == RegulationVersion.regulation_id)
        .where(Regulation.rollout_id == rollout_id, RegulationVersion.number == newest)
        .where(RegulationVersion.id.not_in(done))
        .order_by(Regulation.title, RegulationVersion.id)
    )
    return [(version_id, title) for version_id, title in rows]


def has_acknowledged(version_id: int, user_id: int) -> bool:
    """True when the person has acknowledged exactly this version."""
    mine = (Acknowledgement.version_id == version_id, Acknowledgement.user_id == user_id)
    return db.session.scalar(select(Acknowledgement.id).where(*mine)) is not None
