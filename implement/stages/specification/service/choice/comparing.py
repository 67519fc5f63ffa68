"""Compare the systems for one rollout: levels, scores, what rules out, and what would let the second win."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from implement.db import db
from implement.engine.choice import (
    TODAY,
    Argument,
    Guide,
    Hosting,
    LevelChange,
    Score,
    Standing,
    System,
    WeightChange,
    check_system,
    derive_facts,
    find_level_changes,
    find_weight_changes,
    rank_scores,
    score_system,
)
from implement.rollout.service.errors import NotFound, RuleBroken
from implement.rollout.service.log import Actor, log_write
from implement.stages.specification.service.choice.needs import NeedsSaid, read_needs
from implement.stages.specification.service.choice.shelf import open_catalogue, read_guide
from implement.stages.specification.service.choice.weights import Weights, read_weights
from implement.stages.specification.tables.choice import SystemDecision, SystemLevel
from implement.store import Store
from implement.web.texts import lazy


@dataclass(frozen=True)
class SeenLevel:
    """A level that this rollout has found out, with what shows it."""

    level: int
    evidence: str
    by_name: str
    at: datetime


@dataclass(frozen=True)
class Candidate:
    """One system as it stands here; `place` is its place in the catalogue, `seen` what this rollout has found out."""

    place: int
    system: System
    levels: Mapping[str, int | None]
    seen: Mapping[str, SeenLevel]
    score: Score
    standing: Standing


@dataclass(frozen=True)
class Comparison:
    """Systems that may be chosen, the best first; those ruled out; what is used today; what would turn the result."""

    guide: Guide
    weights: Weights
    needs: NeedsSaid | None
    facts: frozenset[str]
    candidates: tuple[Candidate, ...]
    out: tuple[Candidate, ...]
    today: tuple[Candidate, ...]
    weight_changes: tuple[WeightChange, ...]
    level_changes: tuple[LevelChange, ...]

    @property
    def leader(self) -> Candidate | None:
        """The best by what is known."""
        return self.candidates[0] if self.candidates else None

    @property
    def runner_up(self) -> Candidate | None:
        """The second by what is known."""
        return self.candidates[1] if len(self.candidates) > 1 else None

    @property
    def may_still_win(self) -> tuple[Candidate, ...]:
        """Those that the vendors' answers could put ahead of the leader."""
        first = self.leader
        return () if first is None else tuple(c for c in self.candidates[1:] if c.score.high > first.score.low)

    @property
    def arguments(self) -> tuple[Argument, ...]:
        """What speaks for one side of hosting, edition, trial and channels here."""
        return tuple(one for one in self.guide.arguments if one.speaks(self.facts))

    def candidate(self, place: int) -> Candidate:
        """The system at a place of the catalogue, wherever it stands here."""
        for one in (*self.candidates, *self.out, *self.today):
            if one.place == place:
                return one
        raise NotFound(lazy("There is no such system."))


def compare_systems(rollout_id: int, store: Store) -> Comparison:
    """Everything about the choice as it stands now, in four queries."""
    guide, catalogue = read_guide(), open_catalogue(store)
    weights, said, seen = read_weights(rollout_id, guide), read_needs(rollout_id), read_levels(rollout_id)
    needs = (said or NeedsSaid()).needs
    every = []
    for place, system in enumerate(catalogue.systems, 1):
        mine = seen.get(system.id, {})
        levels = {
            one.id: mine[one.id].level if one.id in mine else system.stated(one.id).level for one in guide.criteria
        }
        score = score_system(system.id, levels, weights.points)
        every.append(Candidate(place, system, levels, mine, score, check_system(system, levels, needs)))
    ranked = _rank([one for one in every if one.system.kind != TODAY])
    standing = tuple(one for one in ranked if not one.standing.is_out)
    free_fits = any(one.system.kind == "free" and _surely_holds(one, said) for one in standing)
    facts = derive_facts(said.facts if said else (), said.users if said else None, free_fits=free_fits)
    first, second = (standing[0].levels, standing[1].levels) if len(standing) > 1 else ({}, {})
    return Comparison(
        guide, weights, said, facts, standing, tuple(one for one in ranked if one.standing.is_out),
        tuple(_rank([one for one in every if one.system.kind == TODAY])),
        tuple(find_weight_changes(first, second, weights.points)) if first else (),
        tuple(find_level_changes(first, second, weights.points)) if first else (),
    )  # fmt: skip


def read_levels(rollout_id: int) -> dict[str, dict[str, SeenLevel]]:
    """What this rollout has found out, by system and criterion."""
    rows = db.session.execute(
        select(
            SystemLevel.system_key, SystemLevel.criterion_key, SystemLevel.level, SystemLevel.evidence,
            SystemLevel.by_name, SystemLevel.at,
        ).where(SystemLevel.rollout_id == rollout_id)
    )  # fmt: skip
    found: dict[str, dict[str, SeenLevel]] = {}
    for row in rows:
        found.setdefault(row[0], {})[row[1]] = SeenLevel(*row[2:])
    return found


def say_levels(
    rollout_id: int, system: System, said: Mapping[str, tuple[int | None, str]], *, by: Actor, now: datetime
) -> int:
    """Keep what was found out of a system, each level with its evidence; None takes the catalogue's word again.

    Returns how many levels were changed.
    """
    guide, known = read_guide(), read_levels(rollout_id).get(system.id, {})
    if not set(said) <= {one.id for one in guide.criteria}:
        raise RuleBroken(lazy("Please choose from what the page offers."))
    if any(level is not None and not evidence.strip() for level, evidence in said.values()):
        raise RuleBroken(lazy("Say by what each level was seen: an answer of the vendor, a demonstration, a test."))
    changed = 0
    for criterion_id, (level, evidence) in said.items():
        before = known.get(criterion_id)
        if (level, evidence.strip()) == ((before.level, before.evidence) if before else (None, evidence.strip())):
            continue
        _write_level(rollout_id, system.id, criterion_id, level, evidence.strip(), by=by, now=now)
        changed += 1
    if changed:
        db.session.flush()
        log_write("say_levels", f"system:{system.id}", by=by, now=now, rollout_id=rollout_id, levels=changed)
    return changed


def decide(rollout_id: int, system_id: str, reason: str, store: Store, *, by: Actor, now: datetime) -> SystemDecision:
    """Choose a system, with the reason; one that is ruled out cannot be chosen."""
    comparison = compare_systems(rollout_id, store)
    chosen = next((one for one in comparison.candidates if one.system.id == system_id), None)
    if chosen is None:
        raise RuleBroken(lazy("Choose one of the systems that nothing rules out."))
    if not reason.strip():
        raise RuleBroken(lazy("A choice needs its reason."))
    scores = {one.system.id: [str(one.score.low), str(one.score.high)] for one in comparison.candidates}
    row = SystemDecision(rollout_id=rollout_id, system_key=system_id, system_name=chosen.system.name, scores=scores)
    row.reason, row.by_name, row.at = reason.strip(), by.name, now
    db.session.add(row)
    db.session.flush()
    log_write("choose_system", f"system_decision:{row.id}", by=by, now=now, rollout_id=rollout_id, system=system_id)
    return row


def find_decision(rollout_id: int) -> SystemDecision | None:
    """The newest decision."""
    asked = select(SystemDecision).where(SystemDecision.rollout_id == rollout_id).order_by(SystemDecision.id.desc())
    found: SystemDecision | None = db.session.scalars(asked.limit(1)).first()
    return found


def _write_level(
    rollout_id: int, system_key: str, criterion_key: str, level: int | None, evidence: str, *, by: Actor, now: datetime
) -> None:
    row: SystemLevel | None = db.session.get(SystemLevel, (rollout_id, system_key, criterion_key))
    if level is None:
        if row is not None:
            db.session.delete(row)
        return
    row = row or SystemLevel(rollout_id=rollout_id, system_key=system_key, criterion_key=criterion_key)
    row.level, row.evidence, row.by_name, row.at = level, evidence, by.name, now
    db.session.add(row)


def _rank(candidates: Sequence[Candidate]) -> list[Candidate]:
    by_id = {one.system.id: one for one in candidates}
    return [by_id[score.system_id] for score in rank_scores([one.score for one in candidates])]


def _surely_holds(candidate: Candidate, said: NeedsSaid | None) -> bool:
    """True when a known limit of accounts holds the users, on a server that somebody looks after."""
    limit, hosting = candidate.system.limit("accounts"), candidate.system.hosting
    if limit is None or said is None or said.users is None:
        return False
    return "no_server_staff" not in said.facts or hosting != (Hosting.OWN_SERVER,)
