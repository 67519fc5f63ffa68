"""What the pilot's room shows outside its own pages: its place on the rail, measures, next steps."""

from datetime import date
from fractions import Fraction

from flask import url_for

from implement.rollout.registries import Measure, MeasureKind, NextStep, Registries, Room
from implement.rollout.stages import Stage
from implement.stages.pilot.service import waves
from implement.stages.pilot.service.criteria import ENTRY, judge_wave, list_unmet
from implement.web.access import Permission, Standing
from implement.web.texts import _, lazy

FIRST_PAGE = "pilot.show_waves"
SUPPORT_WEIGHT, START_WEIGHT = 57, 66


def register(registries: Registries) -> None:
    """Tell the hall what this room offers."""
    registries.rooms.append(Room("pilot", lazy("Pilot"), FIRST_PAGE, Stage.PILOT))
    before, short = lazy("The wave before has passed the pilot"), lazy("Weeks of the wave in which help is short")
    registries.add_measure(MeasureKind("pilot.wave_before_passed", before, "count", measure_wave_before, FIRST_PAGE))
    registries.add_measure(MeasureKind("pilot.weeks_short_of_support", short, "count", measure_short_weeks, FIRST_PAGE))
    registries.next_steps.append(list_steps)


def measure_wave_before(rollout_id: int, wave_id: int | None, today: date) -> Measure | None:
    """1 when the wave before has passed its pilot gate, and for the first wave, which has none before it (M23)."""
    rows = waves.list_rows(rollout_id)
    place = next((place for place, row in enumerate(rows) if row.id == wave_id), None)
    if place is None:
        return None
    return Measure(Fraction(int(place == 0 or rows[place - 1].has_passed)), 1)


def measure_short_weeks(rollout_id: int, wave_id: int | None, today: date) -> Measure | None:
    """Weeks of a wave in which newcomers need more help than there is; None without help planned or a first day."""
    plan = waves.find_support(rollout_id)
    row = next((one for one in waves.list_rows(rollout_id) if one.id == wave_id), None)
    if plan is None or row is None or row.go_live is None:
        return None
    terms = waves.read_terms(plan)
    return Measure(Fraction(len(waves.list_short_weeks(rollout_id, row, terms))), len(terms.minutes_by_week))


def list_steps(standing: Standing, user_id: int, today: date) -> list[NextStep]:
    """Plan the help for newcomers; let a wave start that may."""
    if not standing.may(Permission.RUN_PILOT):
        return []
    rollout_id = standing.rollout_id
    if waves.find_support(rollout_id) is None:
        url = url_for("pilot.plan_support", rollout_id=rollout_id)
        return [NextStep(_("Say who helps newcomers in their first weeks"), url, SUPPORT_WEIGHT)]
    coming = waves.find_next(waves.list_rows(rollout_id), today)
    if coming is None or coming.go_live is None:
        return []
    unmet = list_unmet(judge_wave(rollout_id, coming.id, ENTRY, today))
    url = url_for(FIRST_PAGE, rollout_id=rollout_id)
    text = _("Before %(wave)s starts: what is still open", wave=coming.name)
    return [NextStep(text, url, START_WEIGHT, coming.go_live)] if unmet else []
