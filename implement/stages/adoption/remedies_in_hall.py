"""What the hall is told of remedies: the next step of whoever has one to judge, and where its task is worked on."""

from datetime import date

from flask import url_for

from implement.rollout.registries import NextStep, Registries
from implement.stages.adoption.service.remedy_list import find_due
from implement.web.access import Permission, Standing
from implement.web.texts import _n

JUDGE_WEIGHT = 71


def register(registries: Registries) -> None:
    """Tell the hall."""
    registries.next_steps.append(ask_to_judge)
    registries.task_pages["remedy"] = show_remedy_of_task


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
