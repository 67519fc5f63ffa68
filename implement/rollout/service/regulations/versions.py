"""Texts people are bound by, in versions that are never edited: written, handed out, in force from a day (M113)."""

import hashlib
import json
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select

from implement.db import db
from implement.engine.law import Terms, read_terms
from implement.jobs import Plain
from implement.rollout.service.errors import NotFound, RuleBroken
from implement.rollout.service.log import Actor, log_write
from implement.rollout.tables import Regulation, RegulationVersion
from implement.web.texts import lazy

BASE_PROTECTION, CALLS_COUNTED = "base_protection", "calls_counted"


@dataclass(frozen=True)
class VersionRow:
    """A version as lists show it, with its terms."""

    regulation_id: int
    version_id: int
    kind: str
    title: str
    number: int
    valid_from: date
    handed_out_at: datetime | None
    by_id: int
    sha256: str
    terms: Terms


def covers_looks(version: RegulationVersion) -> bool:
    """True when the version covers the evaluation of unusual views and exports (M49)."""
    return BASE_PROTECTION in read_terms(version.terms).purposes


def covers_calls(version: RegulationVersion) -> bool:
    """True when the version covers the counting of calls and mails past the CRM (M25)."""
    return CALLS_COUNTED in read_terms(version.terms).purposes


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
    regulation = begin_regulation(rollout_id, kind, title)
    return write_version(regulation, text=text, valid_from=valid_from, terms=terms, by=by, now=now)


def begin_regulation(rollout_id: int, kind: str, title: str) -> Regulation:
    """A text without a version; the caller writes the first one."""
    regulation = Regulation(rollout_id=rollout_id, kind=kind, title=title.strip())
    db.session.add(regulation)
    db.session.flush()
    return regulation


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
        sha256=hashlib.sha256(write_content(text, valid_from, terms)).hexdigest(),
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


def write_content(text: str, valid_from: date, terms: dict[str, Plain]) -> bytes:
    """The exact bytes that are hashed, approved and acknowledged: text, first day and terms as canonical JSON."""
    said = {"text": text, "valid_from": valid_from.isoformat(), "terms": terms}
    return json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def hand_out(version: RegulationVersion, rollout_id: int, *, by: Actor, now: datetime) -> None:
    """Hand the version out to everybody in the rollout; from now on it can be acknowledged."""
    if version.handed_out_at is None:
        version.handed_out_at = now
        log_write("hand_out", f"version:{version.id}", by=by, now=now, rollout_id=rollout_id)


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


def get_regulation(rollout_id: int, regulation_id: int) -> Regulation:
    """A text of this rollout."""
    here = (Regulation.id == regulation_id, Regulation.rollout_id == rollout_id)
    found: Regulation | None = db.session.scalar(select(Regulation).where(*here))
    if found is None:
        raise NotFound(lazy("There is no such regulation."))
    return found


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
    """Every version, by title, the newest first."""
    rows = db.session.execute(_rows(rollout_id).order_by(Regulation.title, RegulationVersion.number.desc()))
    return [_read(row) for row in rows]


def list_in_force(rollout_id: int, day: date, *, at: datetime | None = None) -> list[VersionRow]:
    """Of each text the version that binds on the day, as it had been handed out at an instant (now, without one)."""
    asked = _rows(rollout_id).where(
        RegulationVersion.valid_from <= day, RegulationVersion.handed_out_at.is_not(None)
    )
    if at is not None:
        asked = asked.where(RegulationVersion.handed_out_at <= at)
    newest = RegulationVersion.valid_from.desc(), RegulationVersion.id.desc()
    found: dict[int, VersionRow] = {}
    for row in db.session.execute(asked.order_by(*newest)):
        found.setdefault(row[0], _read(row))
    return sorted(found.values(), key=lambda one: (one.title, one.regulation_id))


def find_version_before(version: RegulationVersion) -> RegulationVersion | None:
    """The version before this one."""
    earlier = RegulationVersion.regulation_id == version.regulation_id, RegulationVersion.number < version.number
    return db.session.scalar(
        select(RegulationVersion).where(*earlier).order_by(RegulationVersion.number.desc()).limit(1)
    )


def _read(row) -> VersionRow:  # type: ignore[no-untyped-def]
    columns = tuple(row)
    return VersionRow(*columns[:9], read_terms(columns[9]))  # type: ignore[call-arg]


def _rows(rollout_id: int):  # type: ignore[no-untyped-def]
    return (
        select(
            Regulation.id, RegulationVersion.id, Regulation.kind, Regulation.title, RegulationVersion.number,
            RegulationVersion.valid_from, RegulationVersion.handed_out_at, RegulationVersion.by_id,
            RegulationVersion.sha256, RegulationVersion.terms,
        )
        .join(RegulationVersion, RegulationVersion.regulation_id == Regulation.id)
        .where(Regulation.rollout_id == rollout_id)
    )  # fmt: skip
