"""Scenarios and defects in sentences: does it work before people work with it, and what hangs."""

from collections import Counter
from collections.abc import Mapping, Sequence

from flask import url_for

from implement.rollout.registries import RequirementTest
from implement.rollout.service.people import list_members
from implement.stages.pilot.service import defects, scenarios
from implement.stages.pilot.service.defects import DefectCounts
from implement.stages.pilot.service.scenarios import BLOCKED, FAILED, PASSED, TESTERS, UNTRIED, ScenarioRow
from implement.web.texts import _, _n, lazy, number

STATE_LABELS = {
    PASSED: lazy("works"),
    FAILED: lazy("does not work"),
    BLOCKED: lazy("could not be tried"),
    UNTRIED: lazy("not tried yet"),
}
TONES = {PASSED: "good", FAILED: "bad", BLOCKED: "watch", UNTRIED: "neutral"}
GRAVITY_LABELS = {"grave": lazy("grave"), "normal": lazy("normal"), "minor": lazy("minor")}
GRAVITY_TONES = {"grave": "bad", "normal": "watch", "minor": "neutral"}


def describe(rollout_id: int) -> dict[str, object]:
    """What the page of scenarios shows."""
    rows, counts = scenarios.list_scenarios(rollout_id), defects.count_defects(rollout_id)
    return {
        "rows": rows,
        "answer": say_tests(rows, counts),
        "hanging": list_hanging(rows, counts),
        "news": scenarios.count_news(rollout_id),
        "names": name_members(rollout_id),
        "states": STATE_LABELS,
        "tones": TONES,
    }


def say_tests(rows: Sequence[ScenarioRow], counts: DefectCounts) -> str:
    """How many scenarios work, and how many grave defects are open."""
    if not rows or not counts.grave:
        return say_passed(rows)
    return say_passed(rows) + " " + _n("One grave defect is open.", "%(num)d grave defects are open.", counts.grave)


def say_passed(rows: Sequence[ScenarioRow]) -> str:
    """How many scenarios work: one sentence."""
    if not rows:
        return _("Nothing has been tried before people work with it.")
    passed = sum(row.state == PASSED for row in rows)
    return _n("%(passed)s of one scenario works.", "%(passed)s of %(num)d scenarios work.", len(rows), passed=passed)


def list_hanging(rows: Sequence[ScenarioRow], counts: DefectCounts) -> list[str]:
    """What keeps the test from coming to an end."""
    states = Counter(row.state for row in rows)
    nobody = sum(row.tester_id is None for row in rows)
    said = []
    if nobody:
        said.append(_n("One scenario has no tester.", "%(num)d scenarios have no tester.", nobody))
    if states[UNTRIED]:
        said.append(_n("One scenario is to be tried.", "%(num)d scenarios are to be tried.", states[UNTRIED]))
    if states[BLOCKED]:
        said.append(_n("One scenario could not be tried.", "%(num)d scenarios could not be tried.", states[BLOCKED]))
    if counts.unowned:
        said.append(_n("One open defect has no owner.", "%(num)d open defects have no owner.", counts.unowned))
    return said


def find_requirement_tests(rollout_id: int) -> Mapping[int, Sequence[RequirementTest]]:
    """What the scenarios say of requirements, for the room in which those stand."""
    return {
        row.requirement_id: [
            RequirementTest(
                row.text, TONES[row.state], STATE_LABELS[row.state],
                url_for("pilot.show_scenario", rollout_id=rollout_id, scenario_id=row.id),
            )
        ]
        for row in scenarios.list_scenarios(rollout_id)
    }  # fmt: skip


def name_members(rollout_id: int) -> dict[int, str]:
    """Everybody who belongs here, by account."""
    return {user_id: name for user_id, name, *_rest in list_members(rollout_id)}


def list_testers(rollout_id: int) -> list[tuple[int, str]]:
    """Those who may try scenarios."""
    found = {user_id: name for user_id, name, _mail, role, _person in list_members(rollout_id) if role in TESTERS}
    return list(found.items())


def say_open(counts: DefectCounts) -> str:
    """How many defects are open."""
    if not counts.open:
        return _("No defect is open.")
    return _n(
        "One defect is open, grave ones: %(grave)s.",
        "%(num)d defects are open, grave ones: %(grave)s.",
        counts.open,
        grave=number(counts.grave),
    )
