"""What the pilot's room shows outside its own pages: its place on the rail, measures, next steps."""

from datetime import date, timedelta
from fractions import Fraction

from flask import url_for

from implement.db import utc_now
from implement.rollout.registries import Measure, MeasureKind, NextStep, Registries, Room
from implement.rollout.service.people import list_own_teams
from implement.rollout.stages import Stage
from implement.stages.pilot.action_words import ACTION_LABELS, SUBJECT_LABELS
from implement.stages.pilot.service import defects, exits, rehearsals, scenarios, telling, waves
from implement.stages.pilot.service.criteria import ENTRY, judge_wave, list_unmet
from implement.stages.pilot.tests_page import find_requirement_tests
from implement.web.access import STEERING, Permission, Role, Standing
from implement.web.texts import _, _n, lazy

FIRST_PAGE, CHAINS_PAGE, TESTS_PAGE = "pilot.show_waves", "pilot.list_chains", "pilot.list_scenarios"
SUPPORT_WEIGHT, START_WEIGHT, LATE_WEIGHT, TRY_WEIGHT = 45, 66, 94, 70
RESULT_PAGE = "pilot.show_result"
SOON = timedelta(days=28)


def register(registries: Registries) -> None:
    """Tell the hall what this room offers."""
    registries.rooms.append(Room("pilot", lazy("Pilot"), FIRST_PAGE, Stage.PILOT))
    registries.add_action_labels(ACTION_LABELS)
    registries.add_subject_labels(SUBJECT_LABELS)
    short = lazy("Weeks of the wave in which help is short")
    registries.add_measure(MeasureKind("pilot.weeks_short_of_support", short, "count", measure_short_weeks, FIRST_PAGE))
    in_time = lazy("Share of the chain's steps that were in time in the newest rehearsal")
    registries.add_measure(MeasureKind("pilot.rehearsal_in_time", in_time, "share", measure_in_time, CHAINS_PAGE))
    gone = lazy("Exit reports of the wave with go and both signatures")
    registries.add_measure(MeasureKind("pilot.exit_signed", gone, "count", measure_exit, RESULT_PAGE))
    before_went = lazy("The wave before left with go, or has passed its gate")
    registries.add_measure(MeasureKind("pilot.wave_before_went", before_went, "count", measure_before, RESULT_PAGE))
    must = lazy("Must haves whose test nobody has passed yet")
    registries.add_measure(MeasureKind("pilot.must_tests_open", must, "count", measure_must_tests, TESTS_PAGE))
    grave = lazy("Grave defects that are open")
    registries.add_measure(MeasureKind("pilot.grave_defects", grave, "count", measure_grave, "pilot.list_defects"))
    registries.requirement_tests.append(find_requirement_tests)
    registries.next_steps.extend((list_steps, tell_of_late_steps, ask_testers))


def measure_short_weeks(rollout_id: int, wave_id: int | None, today: date) -> Measure | None:
    """Weeks of a wave in which newcomers need more help than there is; None without help planned or a first day."""
    plan = waves.find_support(rollout_id)
    row = next((one for one in waves.list_rows(rollout_id) if one.id == wave_id), None)
    if plan is None or row is None or row.go_live is None:
        return None
    terms = waves.read_terms(plan)
    return Measure(Fraction(len(waves.list_short_weeks(rollout_id, row, terms))), len(terms.minutes_by_week))


def measure_in_time(rollout_id: int, wave_id: int | None, today: date) -> Measure | None:
    """The share of steps in time of the newest rehearsal, over the steps of which it is known (M76–M82)."""
    row = rehearsals.find_newest(rollout_id)
    whole = rehearsals.sum_up(row, utc_now()).whole if row else None
    return Measure(Fraction(whole.in_time, whole.n), whole.n) if whole and whole.n else None


def measure_exit(rollout_id: int, wave_id: int | None, today: date) -> Measure | None:
    """1 when the wave's newest exit report says go and both sides signed it; None before there is one."""
    went = None if wave_id is None else exits.has_gone(rollout_id, wave_id)
    return None if went is None else Measure(Fraction(int(went)), 1)


def measure_before(rollout_id: int, wave_id: int | None, today: date) -> Measure | None:
    """1 when the wave before left with go, or has passed its gate; and for the first wave, which has none (M23)."""
    rows = waves.list_rows(rollout_id)
    place = next((place for place, row in enumerate(rows) if row.id == wave_id), None)
    if place is None:
        return None
    if place == 0 or rows[place - 1].has_passed:
        return Measure(Fraction(1), 1)
    return measure_exit(rollout_id, rows[place - 1].id, today)


def measure_must_tests(rollout_id: int, wave_id: int | None, today: date) -> Measure | None:
    """Scenarios of must haves that have not passed, over all of them; None before any is made (M18)."""
    rows = [row for row in scenarios.list_scenarios(rollout_id) if row.priority == "must"]
    return Measure(Fraction(sum(row.state != scenarios.PASSED for row in rows)), len(rows)) if rows else None


def measure_grave(rollout_id: int, wave_id: int | None, today: date) -> Measure | None:
    """Grave defects that are open, over the scenarios; None before any was tried."""
    tried = [row for row in scenarios.list_scenarios(rollout_id) if row.tried_at is not None]
    return Measure(Fraction(defects.count_defects(rollout_id).grave), len(tried)) if tried else None


def ask_testers(standing: Standing, user_id: int, today: date) -> list[NextStep]:
    """What somebody is to try: their scenarios that have not been tried, or changed since."""
    if not standing.may(Permission.TEST_PILOT):
        return []
    rows = scenarios.list_scenarios(standing.rollout_id)
    mine = [row for row in rows if row.tester_id == user_id and row.state == scenarios.UNTRIED]
    if not mine:
        return []
    text = _n("Try out one scenario of the CRM", "Try out %(num)d scenarios of the CRM", len(mine))
    url = url_for("pilot.show_scenario", rollout_id=standing.rollout_id, scenario_id=mine[0].id)
    return [NextStep(text, url, TRY_WEIGHT)]


def list_steps(standing: Standing, user_id: int, today: date) -> list[NextStep]:
    """Plan the help for newcomers; let a wave start that may."""
    if not standing.may(Permission.RUN_PILOT):
        return []
    rollout_id = standing.rollout_id
    if waves.find_support(rollout_id) is None:
        url = url_for("pilot.plan_support", rollout_id=rollout_id)
        return [NextStep(_("Say who helps newcomers in their first weeks"), url, SUPPORT_WEIGHT)]
    coming = waves.find_next(waves.list_rows(rollout_id), today)
    if coming is None or coming.go_live is None or coming.go_live > today + SOON:
        return []
    unmet = list_unmet(judge_wave(rollout_id, coming.id, ENTRY, today))
    url = url_for(FIRST_PAGE, rollout_id=rollout_id)
    text = _("Before %(wave)s starts: what is still open", wave=coming.name)
    return [NextStep(text, url, START_WEIGHT, coming.go_live)] if unmet else []


def tell_of_late_steps(standing: Standing, user_id: int, today: date) -> list[NextStep]:
    """Live steps whose time is over, for the head of their team and for whoever steers (M77)."""
    if not standing.roles & (STEERING | {Role.HEAD}):
        return []
    own = None if standing.roles & STEERING else sorted(list_own_teams(standing.person_id))
    late = telling.list_hanging(standing.rollout_id, own, utc_now())
    steps = []
    for rehearsal_id, chain in dict.fromkeys((one.rehearsal_id, one.chain) for one in late):
        count = sum(one.rehearsal_id == rehearsal_id for one in late)
        text = _n("%(chain)s: one step is late", "%(chain)s: %(num)d steps are late", count, chain=chain)
        url = url_for("pilot.show_rehearsal", rollout_id=standing.rollout_id, rehearsal_id=rehearsal_id)
        steps.append(NextStep(text, url, LATE_WEIGHT, today))
    return steps
