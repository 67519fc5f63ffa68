"""The one KPI catalogue of a rollout: what the product brings and what the firm added (M123, M124)."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from sqlalchemy import select

from implement.control.activity.tables import ActivityKpi
from implement.control.regulations.service.asking import KPI, NOT_LISTED, Basis, ask_bases
from implement.db import db
from implement.engine.activity.kpis import ACTIONS, OBJECTS, REPORT, Kpi
from implement.engine.checklist.kpis import CatalogueKpi, load_kpis
from implement.engine.checklist.text import LANGUAGES
from implement.rollout.service.errors import NotFound, RuleBroken
from implement.rollout.service.log import Actor, log_write
from implement.web.texts import lazy

CATALOGUE = Path(__file__).parents[4] / "checklists/kpi_catalogue.yaml"
OWN = "own."
LONGEST_KEY = 60


@dataclass(frozen=True)
class KpiRow:
    """A KPI of the rollout's catalogue, in words: how it is counted, and how it can be gamed."""

    kpi: Kpi
    name: str
    how: str
    gamed: str
    is_own: bool = False

    @property
    def key(self) -> str:
        """The stable key under which plans, targets, actuals and pay know it."""
        return self.kpi.key


def list_kpis(rollout_id: int, language: str = "en") -> list[KpiRow]:
    """Every KPI of the rollout: the catalogue's in its order, then the firm's own by name."""
    own = select(ActivityKpi).where(ActivityKpi.rollout_id == rollout_id).order_by(ActivityKpi.name)
    return [*(_row(one, language) for one in _catalogue()), *(_own(row) for row in db.session.scalars(own))]


def read_kpis(rollout_id: int, language: str = "en") -> dict[str, KpiRow]:
    """The same by key."""
    return {row.key: row for row in list_kpis(rollout_id, language)}


def add_kpi(rollout_id: int, kpi: Kpi, *, name: str, how: str, gamed: str, by: Actor, now: datetime) -> str:
    """Add an activity of the firm's own; returns its key. Refused unless it can be counted and says how it is gamed."""
    said = name.strip()
    key = (OWN + "_".join(re.findall(r"\w+", said.casefold())))[:LONGEST_KEY]
    known = list_kpis(rollout_id)
    if key in {row.key for row in known} or said.casefold() in {row.name.casefold() for row in known}:
        raise RuleBroken(lazy("There is a KPI of this name already."))
    if not gamed.strip() or not how.strip():
        raise RuleBroken(lazy("Please say how it is counted and how it could be gamed; everybody can read both."))
    if kpi.rule != REPORT and (kpi.record not in OBJECTS or not kpi.actions or not set(kpi.actions) <= set(ACTIONS)):
        raise RuleBroken(lazy("Please say which events of the CRM count; only what can be counted is planned."))
    if kpi.beside and kpi.beside not in {row.key for row in known}:
        raise NotFound(lazy("There is no such KPI."))
    row = ActivityKpi(
        rollout_id=rollout_id, key=key, name=said, how=how.strip(), gamed=gamed.strip(), side=kpi.side,
        about=kpi.about, rule=kpi.rule, record=kpi.record, actions=list(kpi.actions),
        lower_is_better=kpi.lower_is_better, minutes=kpi.minutes, typing_minutes=kpi.typing_minutes,
        beside=kpi.beside, by_id=by.id, at=now,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    log_write("add_kpi", f"kpi:{row.id}", by=by, now=now, rollout_id=rollout_id, key=key)
    return key


def ask_kpi_bases(
    rollout_id: int, key: str, *, person_ids: Collection[int], at: datetime, what: str = KPI
) -> dict[int, Basis]:
    """Whether this KPI may be held against people at an instant (R12): the regulation may list it by key or by name.

    With `what` as PAY of `regulations.service.asking`: whether it may feed their pay.
    """
    found = dict.fromkeys(person_ids, Basis(NOT_LISTED))
    for name in list_kpi_names(rollout_id, key):
        found = ask_bases(rollout_id, what, name, person_ids=person_ids, at=at)
        if any(basis.why_not != NOT_LISTED for basis in found.values()):
            return found
    return found


def list_kpi_names(rollout_id: int, key: str) -> list[str]:
    """Under which names a regulation may know a KPI."""
    spoken = [one.name.in_language(language) for one in _catalogue() if one.kpi.key == key for language in LANGUAGES]
    own = db.session.scalar(
        select(ActivityKpi.name).where(ActivityKpi.rollout_id == rollout_id, ActivityKpi.key == key)
    )
    return [key, *dict.fromkeys(spoken), *([own] if own else [])]


@cache
def _catalogue() -> tuple[CatalogueKpi, ...]:
    return load_kpis(CATALOGUE)


def _row(one: CatalogueKpi, language: str) -> KpiRow:
    said = {name: getattr(one, name).in_language(language) for name in ("name", "how", "gamed")}
    return KpiRow(one.kpi, **said)


def _own(row: ActivityKpi) -> KpiRow:
    kpi = Kpi(
        row.key, row.side, row.about, row.rule, row.record, tuple(str(one) for one in row.actions),
        row.lower_is_better, row.minutes, row.typing_minutes, row.beside,
    )  # fmt: skip
    return KpiRow(kpi, row.name, row.how, row.gamed, is_own=True)


def name_kpis(rollout_id: int, language: str) -> Mapping[str, str]:
    """The names of all KPIs by key."""
    return {row.key: row.name for row in list_kpis(rollout_id, language)}


def list_names(rollout_id: int) -> dict[str, str]:
    """The key of a KPI from its key or its name in any language, in small letters."""
    found = {name.casefold(): row.key for row in list_kpis(rollout_id) for name in (row.key, row.name)}
    spoken = {one.name.in_language(name).casefold(): one.kpi.key for one in _catalogue() for name in LANGUAGES}
    return {**spoken, **found}
