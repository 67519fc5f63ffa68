"""What every report carries: whose it is, each exception at a gate, the head of the log's chain, its fingerprint."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from implement.rollout.registries import registries
from implement.rollout.service.log import chain_head
from implement.rollout.service.rollouts import company_name, get_rollout, list_aims
from implement.rollout.service.sign_off import DecisionRow, list_decisions
from implement.rollout.stages import Stage


@dataclass(frozen=True)
class ReportFrame:
    """What stands around each report; `exceptions` are overrides and stages marked as done before Implement."""

    company: str
    rollout: str
    goal: str
    aims: tuple[str, ...]
    is_demonstration: bool
    exceptions: tuple[DecisionRow, ...]
    chain_head: str


@dataclass(frozen=True)
class Chapter:
    """A part of the rollout's report that a room has filled."""

    stage: Stage
    title: str
    template: str
    values: Mapping[str, object]


def gather_frame(rollout_id: int) -> ReportFrame:
    """The frame of the rollout's reports as it stands now."""
    rollout = get_rollout(rollout_id)
    return ReportFrame(
        company=company_name(rollout),
        rollout=rollout.name,
        goal=rollout.goal,
        aims=tuple(list_aims(rollout_id)),
        is_demonstration=rollout.is_demonstration,
        exceptions=tuple(row for row in list_decisions(rollout_id) if row.kind != "opened"),
        chain_head=chain_head(),
    )


def gather_chapters(rollout_id: int, wave_id: int | None, today: date) -> list[Chapter]:
    """Ask the rooms for their parts, in the order of the stages; a room without anything to say is left out."""
    order = list(Stage)
    sections = sorted(registries().report_sections, key=lambda one: (order.index(one.stage), one.position))
    filled = [(one, one.gather(rollout_id, wave_id, today)) for one in sections]
    return [Chapter(one.stage, str(one.title), one.template, found) for one, found in filled if found is not None]


def fingerprint(content: str) -> str:
    """SHA-256 of a report's content exactly as it is shown."""
    return hashlib.sha256(content.encode()).hexdigest()
