"""The chain in sentences, and the order of work: basic framework, short test, transfer."""

from dataclasses import dataclass
from datetime import date

from flask import url_for

from implement.rollout.rail import STAGE_LABELS
from implement.rollout.registries import RequirementTest, registries
from implement.rollout.service.gates import StageState, judge_rail
from implement.rollout.stages import Stage
from implement.stages.specification.service.chain import Chain, ChainedRequirement
from implement.web.texts import _, _n

STATE_ORDER = (Stage.SPECIFICATION, Stage.PILOT, Stage.TRANSFER)


@dataclass(frozen=True)
class GateEnd:
    """The gate at the end of the chain: that of the pilot, where tests are judged."""

    label: str
    state: str
    url: str


def say_chain(one: Chain) -> str:
    """How many requirements there are, and how much hangs in the air."""
    if not one.requirements:
        return _("No requirement is written down yet, so no chain begins.")
    if not one.gaps:
        return _("Nothing hangs in the air: every finding leads to the CRM, and everything in it back to a finding.")
    return _n("One thing hangs in the air.", "%(num)d things hang in the air.", one.gaps)


def find_gate(rollout_id: int, stage: Stage, today: date) -> GateEnd:
    """The gate of a stage for the wave in work."""
    found: StageState = next(one for one in judge_rail(rollout_id, today) if one.stage is stage)
    url = url_for("gates.show_gate", rollout_id=rollout_id, wave_id=found.wave_id, stage=stage.value)
    return GateEnd(str(STAGE_LABELS[stage]), found.state, url)


def find_tests(rollout_id: int) -> dict[int, list[RequirementTest]]:
    """The tests that later rooms make of requirements."""
    return registries().find_requirement_tests(rollout_id)


def find_tried(one: Chain) -> list[ChainedRequirement]:
    """What the short test tries: must haves with an acceptance test, for which the framework holds something."""
    return [row for row in one.requirements if row.priority == "must" and row.acceptance_test]
