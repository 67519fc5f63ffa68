"""What the specification shows outside its own pages: place on the rail, measures, next steps, ways from findings."""

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction

from flask import url_for

from implement.rollout.registries import FindingWay, Measure, MeasureKind, NextStep, Registries, Room
from implement.rollout.stages import Stage
from implement.stages.specification import terms_chapters
from implement.stages.specification.action_words import ACTION_LABELS, SUBJECT_LABELS
from implement.stages.specification.next_card import make_card
from implement.stages.specification.requirements_page import name_requirement
from implement.stages.specification.service.overload import weigh
from implement.stages.specification.service.requirements import list_taken_up, read_state
from implement.stages.specification.service.terms import count_sides, find_unsigned
from implement.web.access import Permission, Standing
from implement.web.texts import _, _n, lazy

BEGIN_WEIGHT, SIGN_WEIGHT, TEST_WEIGHT = 56, 64, 54
TYPING = "specification.busiest_role_minutes"
SIGNED = "specification.terms_sides_signed"
FIRST_PAGE = "specification.list_requirements"


def register(registries: Registries) -> None:
    """Tell the hall what this room offers."""
    registries.rooms.append(Room("specification", lazy("Specification"), FIRST_PAGE, Stage.SPECIFICATION))
    registries.add_action_labels(ACTION_LABELS)
    registries.add_subject_labels(SUBJECT_LABELS)
    origins, tests = lazy("Requirements that follow from nothing"), lazy("Requirements without an acceptance test")
    for name, label, measure in (
        ("specification.requirements_without_origin", origins, measure_without_origin),
        ("specification.requirements_without_test", tests, measure_without_test),
    ):
        registries.add_measure(MeasureKind(name, label, "count", measure, FIRST_PAGE))
    signed = lazy("Sides that signed the newest terms of reference")
    kind = MeasureKind(SIGNED, signed, "count", measure_signed, "specification_terms.show_terms")
    registries.add_measure(kind)
    typing = lazy("Minutes of typing a day, busiest role")
    registries.add_measure(MeasureKind(TYPING, typing, "count", measure_typing, "specification.show_overload"))
    terms_chapters.register(registries)
    registries.next_steps.append(list_steps)
    registries.finding_ways.append(find_ways)
    registries.hall_cards.append(make_card)


def measure_without_origin(rollout_id: int, wave_id: int | None, today: date) -> Measure | None:
    """Requirements that follow from no finding and no task; None before there is one (M2)."""
    found = read_state(rollout_id)
    return Measure(Fraction(found.without_origin), found.count) if found.count else None


def measure_without_test(rollout_id: int, wave_id: int | None, today: date) -> Measure | None:
    """Requirements of which nobody said how one sees that they are met; None before there is one."""
    found = read_state(rollout_id)
    return Measure(Fraction(found.without_test), found.count) if found.count else None


def measure_signed(rollout_id: int, wave_id: int | None, today: date) -> Measure | None:
    """How many of the two sides signed the newest version; None before there is one (M15)."""
    sides = count_sides(rollout_id)
    return None if sides is None else Measure(Fraction(sides), 1)


def measure_typing(rollout_id: int, wave_id: int | None, today: date) -> Measure | None:
    """Minutes a day that the busiest role would type, over its fields; None before fields are planned (M109)."""
    load = weigh(rollout_id).busiest
    return Measure(load.minutes_a_day, len(load.fields)) if load else None


def list_steps(standing: Standing, user_id: int, today: date) -> list[NextStep]:
    """Begin with requirements, or write the acceptance tests that are missing."""
    if not standing.may(Permission.WRITE_SPECIFICATION):
        return []
    found, url = read_state(standing.rollout_id), url_for(FIRST_PAGE, rollout_id=standing.rollout_id)
    if not found.count:
        return [NextStep(_("Write down what the CRM must be able to do, from findings and tasks"), url, BEGIN_WEIGHT)]
    steps = _ask_to_sign(standing)
    if found.without_test:
        text = _n("Write one acceptance test", "Write %(num)d acceptance tests", found.without_test)
        steps.append(NextStep(text, url, TEST_WEIGHT))
    return steps


def _ask_to_sign(standing: Standing) -> list[NextStep]:
    """Sign the newest terms of reference, for whoever signs for a side that has not."""
    number = find_unsigned(standing.rollout_id, standing.roles)
    if number is None:
        return []
    url = url_for("specification_terms.show_terms", rollout_id=standing.rollout_id)
    return [NextStep(_("Sign version %(number)s of the terms of reference", number=number), url, SIGN_WEIGHT)]


def find_ways(standing: Standing, keys: Sequence[str]) -> Mapping[str, FindingWay]:
    """What became of findings: the requirement that follows from one, or a button that makes it."""
    if not standing.may(Permission.SEE_SPECIFICATION):
        return {}
    taken_up = list_taken_up(standing.rollout_id, "finding")
    ways = {key: _lead_to(standing.rollout_id, *taken_up[key]) for key in keys if key in taken_up}
    if not standing.may(Permission.WRITE_SPECIFICATION):
        return ways
    url = url_for("specification.take_up_origin", rollout_id=standing.rollout_id)
    begin = _("Make a requirement of it")
    return {key: FindingWay(begin, url, {"origin": f"finding:{key}"}) for key in keys if key not in ways} | ways


def _lead_to(rollout_id: int, requirement_id: int, number: int) -> FindingWay:
    url = url_for("specification.show_requirement", rollout_id=rollout_id, requirement_id=requirement_id)
    return FindingWay(_("Requirement %(name)s", name=name_requirement(number)), url)
