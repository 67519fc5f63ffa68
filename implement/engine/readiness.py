"""Readiness of a firm: maturity 0–4 by section of a checklist, silent where too little was answered (M92–M112)."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from implement.engine.checklist import Evaluation, Finding, Section, SectionScore, Severity
from implement.engine.checklist.pack import HIGHEST_LEVEL


@dataclass(frozen=True)
class ReadinessSettings:
    """When a section says enough, and what keeps a firm from being ready.

    `least_n` scored answers or all there are, and at least `least_share` of them; a ready section has `ready_level`.
    """

    least_n: int = 2
    least_share: Fraction = Fraction(1, 2)
    ready_level: Fraction = Fraction(2)


DEFAULT_READINESS = ReadinessSettings()


@dataclass(frozen=True)
class Maturity:
    """Maturity 0–4 from `n` scored answers of `of`; `level` is None where that is not enough data."""

    level: Fraction | None
    n: int
    of: int

    @property
    def is_known(self) -> bool:
        """Whether enough was answered to say anything."""
        return self.level is not None


@dataclass(frozen=True)
class SectionMaturity:
    """One section and how mature it is."""

    section: Section
    maturity: Maturity


@dataclass(frozen=True)
class Readiness:
    """Maturity by section and over all, what stands against a start, and the verdict; None while not enough data.

    `weakest`: known sections below the demanded level, the lowest first; `obstacles`: critical findings and risks.
    """

    sections: tuple[SectionMaturity, ...]
    overall: Maturity
    weakest: tuple[SectionMaturity, ...]
    obstacles: tuple[Finding, ...]
    is_ready: bool | None


def assess_readiness(evaluation: Evaluation, settings: ReadinessSettings = DEFAULT_READINESS) -> Readiness:
    """Turn the scores of an evaluation into maturity; the overall level is the mean of the known sections."""
    scored = [score for score in evaluation.sections if score.of]
    sections = tuple(SectionMaturity(score.section, measure_maturity(score, settings)) for score in scored)
    levels = {one.section.id: one.maturity.level for one in sections if one.maturity.level is not None}
    below = [one for one in sections if one.section.id in levels and levels[one.section.id] < settings.ready_level]
    obstacles = tuple(
        finding for finding in evaluation.findings + evaluation.risks if finding.rule.severity is Severity.CRITICAL
    )
    return Readiness(
        sections=sections,
        overall=sum_up(sections),
        weakest=tuple(sorted(below, key=lambda one: levels[one.section.id])),
        obstacles=obstacles,
        is_ready=_verdict(bool(below or obstacles), len(levels) == len(sections)),
    )


def measure_maturity(score: SectionScore, settings: ReadinessSettings = DEFAULT_READINESS) -> Maturity:
    """Maturity of one section; without enough scored answers the level stays open."""
    demanded = max(min(settings.least_n, score.of), ceil(settings.least_share * score.of))
    known = score.score is not None and score.n >= demanded
    return Maturity(score.score * HIGHEST_LEVEL if known and score.score is not None else None, score.n, score.of)


def sum_up(sections: Sequence[SectionMaturity]) -> Maturity:
    """The mean level of the sections that are known; open while fewer than half of them are."""
    levels = [one.maturity.level for one in sections if one.maturity.level is not None]
    n, of = sum(one.maturity.n for one in sections), sum(one.maturity.of for one in sections)
    if 2 * len(levels) < len(sections) or not levels:
        return Maturity(None, n, of)
    return Maturity(sum(levels, Fraction(0)) / len(levels), n, of)


def _verdict(has_obstacles: bool, all_known: bool) -> bool | None:
    if has_obstacles:
        return False
    return True if all_known else None
