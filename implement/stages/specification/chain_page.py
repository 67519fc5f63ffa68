"""The chain in sentences, and the order of work: basic framework, short test, transfer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from flask import url_for

from implement.rollout.rail import STAGE_LABELS
from implement.rollout.registries import RequirementTest, registries
from implement.rollout.service.gates import StageState, judge_rail
from implement.rollout.stages import Stage
from implement.stages.specification.service.chain import GAPS, Chain, ChainedRequirement, ChainRow
from implement.web.tables import Column, Filter, Listing, Page
from implement.web.texts import _, _n, lazy

GAP_LABELS = {
    "no_requirement": lazy("Findings and tasks without a requirement"),
    "no_origin": lazy("Requirements that follow from nothing"),
    "no_test": lazy("Requirements without an acceptance test"),
    "no_part": lazy("Requirements for which the CRM gets nothing"),
    "not_asked": lazy("Parts and fields of the CRM that nobody asked for"),
}
FORWARD = (
    Column("at", lazy("Finding or task")), Column("number", lazy("Requirement")),
    Column("part", lazy("In the CRM"), sortable=False), Column("test", lazy("Pilot test"), sortable=False),
    Column("gate", lazy("Gate"), sortable=False),
)  # fmt: skip
FILTERS = (
    Filter("show", lazy("Show"), (("in_the_air", lazy("what hangs in the air")), *GAP_LABELS.items()), search=(
        "in_the_air", *GAPS)),
    Filter("words", lazy("With the words"), search=("words",)),
)  # fmt: skip
CHAIN = Listing(columns=FORWARD, first_sort="at", filters=FILTERS)
BACKWARD = Listing(columns=tuple(reversed(FORWARD)), first_sort="at", filters=FILTERS)
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


def slice_chain(one: Chain, query: Mapping[str, str], *, is_backward: bool) -> Page:
    """One page of the lines, from the front or from the back."""
    return (BACKWARD if is_backward else CHAIN).slice_page(one.rows, query)


def count_gaps(one: Chain) -> list[tuple[str, str, int]]:
    """Each kind of gap there is: its name, its label, how many lines have it."""
    rows = one.rows
    counts = {gap: sum(bool(getattr(row, gap)) for row in rows) for gap in GAPS}
    return [(gap, str(GAP_LABELS[gap]), count) for gap, count in counts.items() if count]


def find_repeated(rows: Sequence[ChainRow]) -> set[int]:
    """The lines whose finding stands in the line above."""
    return {row.at for above, row in pairwise(rows) if row.origin and row.origin == above.origin}


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
