"""May a wave start, and is it through its first weeks: the pack's criteria, computed from what the rooms measure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from implement.engine.checklist.gates import GateCriterion
from implement.engine.checklist.waves import load_wave_criteria
from implement.engine.criteria import CriterionVerdict
from implement.rollout.service.gates import judge_measures

PACK = Path(__file__).parents[4] / "checklists/pilot.yaml"
ENTRY, EXIT = "entry", "exit"


@dataclass(frozen=True)
class Judged:
    """A criterion with its verdict."""

    criterion: GateCriterion
    verdict: CriterionVerdict


@cache
def read_pack() -> dict[str, tuple[GateCriterion, ...]]:
    """The criteria by moment."""
    return load_wave_criteria(PACK)


def judge_wave(rollout_id: int, wave_id: int, moment: str, today: date) -> list[Judged]:
    """Every criterion of a moment held against the wave."""
    criteria = read_pack()[moment]
    verdict = judge_measures(rollout_id, wave_id, [one.terms for one in criteria], today)
    return [Judged(one, said) for one, said in zip(criteria, verdict.criteria, strict=True)]


def list_unmet(judged: Sequence[Judged]) -> list[Judged]:
    """What stands against it."""
    return [one for one in judged if not one.verdict.met]
