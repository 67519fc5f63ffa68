"""What the hall is told of remedies and remarks: who has one to judge or to answer, and where its task is worked on."""

from datetime import date
from fractions import Fraction

from flask import url_for

from implement.rollout.registries import Measure, MeasureKind, NextStep, Registries, Withheld
from implement.stages.adoption.effect_page import say_experience
from implement.stages.adoption.remedy_page import say_remedy
from implement.stages.adoption.service.control import find_due_checks
from implement.stages.adoption.service.recovery import read_weeks_held
from implement.stages.adoption.service.remarks import find_unanswered
from implement.stages.adoption.service.remedy_effects import list_experience
from implement.stages.adoption.service.remedy_list import find_due
from implement.web.access import Permission, Standing
from implement.web.texts import _n, lazy

ANSWER_WEIGHT, CHECK_WEIGHT, JUDGE_WEIGHT = 90, 74, 71


def register(registries: Registries) -> None:
    """Tell the hall."""
    registries.next_steps += [ask_to_judge, ask_to_answer, ask_to_check]
    label = lazy("Full weeks in a row in which people worked in the CRM on at least 60 % of their days")
    kind = MeasureKind("adoption.weeks_held", label, "count", measure_weeks_held, "adoption.show_teams")
    registries.add_measure(kind)
    registries.lessons.append(tell_what_helped)
    registries.task_pages["remedy"] = show_remedy_of_task
    registries.task_pages["reason"] = show_remark_of_task


def tell_what_helped(rollout_id: int) -> list[tuple[str, str]]:
    """Remedies that clearly helped here, for the waves that come (M31)."""
    url = url_for("adoption.list_remedies", rollout_id=rollout_id)
    known = list_experience(rollout_id)
    return [(f"{say_remedy(name)}: {say_experience(one)}", url) for name, one in known.items() if one.helped]


def measure_weeks_held(rollout_id: int, wave_id: int | None, today: date) -> Measure | Withheld | None:
    """For how many full weeks running use has held; withheld where the wave's weeks are."""
    held = read_weeks_held(rollout_id, wave_id)
    if held is None:
        return None
    return Measure(Fraction(held.weeks), held.people, held.first_day, held.last_day) if held.people else Withheld()


def ask_to_judge(standing: Standing, user_id: int, today: date) -> list[NextStep]:
    """Judge the remedies that have run their time."""
    due = find_due(standing.rollout_id, user_id, today) if standing.may(Permission.RUN_REMEDIES) else None
    if due is None:
        return []
    text = _n("Judge one remedy: has it helped?", "Judge %(num)d remedies: have they helped?", due[0])
    return [NextStep(text, url_for("adoption.list_remedies", rollout_id=standing.rollout_id), JUDGE_WEIGHT, due[1])]


def show_remedy_of_task(rollout_id: int, remedy_id: int) -> str:
    """The page of the remedy that a task of the hall is about."""
    return url_for("adoption.show_remedy", rollout_id=rollout_id, remedy_id=remedy_id)


def ask_to_answer(standing: Standing, user_id: int, today: date) -> list[NextStep]:
    """Answer whoever contests or explains a reason in their figures."""
    found = find_unanswered(standing.rollout_id, user_id) if standing.may(Permission.RUN_REMEDIES) else None
    if found is None:
        return []
    text = _n("Answer what somebody says on a reason", "Answer what %(num)d people say on reasons", found[0])
    url = show_remark_of_task(standing.rollout_id, found[1])
    return [NextStep(text, url, ANSWER_WEIGHT, found[2])]


def show_remark_of_task(rollout_id: int, remark_id: int) -> str:
    """The page of the remark that a task of the hall is about."""
    return url_for("adoption.show_remark", rollout_id=rollout_id, remark_id=remark_id)


def ask_to_check(standing: Standing, user_id: int, today: date) -> list[NextStep]:
    """Make the checks of the first month that are due."""
    found = find_due_checks(standing.rollout_id, user_id, today) if standing.may(Permission.RUN_REMEDIES) else None
    if found is None:
        return []
    text = _n("Make one check of the first month", "Make %(num)d checks of the first month", found[0])
    url = url_for("adoption.show_control", rollout_id=standing.rollout_id, control_id=found[1])
    return [NextStep(text, url, CHECK_WEIGHT, found[2])]
