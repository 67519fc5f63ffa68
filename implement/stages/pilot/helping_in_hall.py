"""What the hall is told of training, support, changes and conflicts; remedies that this room carries (M26, M28)."""

from collections.abc import Iterable
from datetime import date

from flask import url_for

from implement.rollout.registries import NextStep, Registries
from implement.rollout.remedy_carriers import RemedyCarrier, RemedyGrounds, RemedyOrder
from implement.rollout.service.outbox import post_mail
from implement.rollout.service.people import find_people_by_name, list_addresses
from implement.rollout.service.rollouts import local_day
from implement.rollout.service.usage import list_staff
from implement.stages.pilot import kept_classes, values_page
from implement.stages.pilot.helping_measures import list_measures
from implement.stages.pilot.service import changes, values
from implement.stages.pilot.service.conflicts import register as conflicts
from implement.stages.pilot.service.conflicts.register import NOBODY, PERSON, TEAM, ConflictSaid, Party
from implement.stages.pilot.service.functions import OTHER
from implement.stages.pilot.service.support import persons, questions
from implement.stages.pilot.service.training import learning
from implement.store import Store
from implement.web.access import Permission, Standing
from implement.web.texts import _, _n, day, in_language

LEARN_WEIGHT, LATE_WEIGHT, NEWS_WEIGHT, ANSWER_WEIGHT, DECIDE_WEIGHT, HELP_WEIGHT = 68, 88, 45, 76, 55, 50


def register(registries: Registries) -> None:
    """Tell the hall."""
    registries.next_steps += [ask_to_learn, ask_to_answer, ask_to_help, ask_to_look]
    for kind in list_measures():
        registries.add_measure(kind)
    registries.task_pages["conflict"] = show_conflict_of_task
    registries.remedies["arbiter"] = RemedyCarrier(find_conflicts, call_arbiter)
    registries.remedies["show_value"] = RemedyCarrier(find_values, send_values)
    registries.kept_classes.extend(kept_classes.list_classes())


def ask_to_learn(standing: Standing, user_id: int, today: date) -> list[NextStep]:
    """Learn what is due next."""
    if standing.person_id is None:
        return []
    found = learning.find_standing(standing.rollout_id, standing.person_id)
    if not found.to_learn or found.due is None:
        return []
    text = _n("Learn one lesson", "Learn %(num)d lessons", found.to_learn)
    url = url_for("pilot_learning.list_own", rollout_id=standing.rollout_id)
    return [NextStep(text, url, LATE_WEIGHT if found.due < today else LEARN_WEIGHT, found.due)]


def ask_to_answer(standing: Standing, user_id: int, today: date) -> list[NextStep]:
    """Answer questions, and decide on wishes."""
    steps, rollout_id = [], standing.rollout_id
    if standing.may(Permission.ANSWER_QUESTIONS):
        waiting = questions.find_waiting(rollout_id)
        if waiting.count and waiting.since is not None:
            text = _n("Answer one question on the CRM", "Answer %(num)d questions on the CRM", waiting.count)
            url = url_for("pilot_support.list_questions", rollout_id=rollout_id)
            steps.append(NextStep(text, url, ANSWER_WEIGHT, local_day(rollout_id, waiting.since)))
    if standing.may(Permission.KEEP_CHANGES) and (count := changes.count_undecided(rollout_id)):
        text = _n("Decide on one wished change", "Decide on %(num)d wished changes", count)
        steps.append(NextStep(text, url_for("pilot_changes.show_changes", rollout_id=rollout_id), DECIDE_WEIGHT))
    return steps


def ask_to_help(standing: Standing, user_id: int, today: date) -> list[NextStep]:
    """Whom one helps, and until when; the questions that wait are one click away."""
    mine = [one for one in persons.list_helping(standing.rollout_id, today) if one.user_id == user_id]
    now_helped = [one for one in mine if one.first_day <= today]
    if not now_helped:
        return []
    last, teams = now_helped[-1].last_day, ", ".join(dict.fromkeys(one.team for one in now_helped if one.team))
    said = {"day": day(last), "teams": teams}
    text = _("You help %(teams)s with the CRM until %(day)s", **said) if teams else _(
        "You help a colleague with the CRM until %(day)s", day=day(last)
    )  # fmt: skip
    page = "pilot_support.list_questions" if standing.may(Permission.SEE_TRAINING) else "pilot_support.ask"
    return [NextStep(text, url_for(page, rollout_id=standing.rollout_id), HELP_WEIGHT)]


def ask_to_look(standing: Standing, user_id: int, today: date) -> list[NextStep]:
    """See what has changed for oneself."""
    count = changes.count_news(standing.rollout_id, user_id, standing.person_id, today)
    if not count:
        return []
    text = _n("See one thing that has changed for you", "See %(num)d things that have changed for you", count)
    return [NextStep(text, url_for("pilot_changes.show_changes", rollout_id=standing.rollout_id), NEWS_WEIGHT)]


def show_conflict_of_task(rollout_id: int, conflict_id: int) -> str:
    """The page of the conflict that a task of the hall is about."""
    return url_for("pilot_conflicts.settle", rollout_id=rollout_id, conflict_id=conflict_id)


def find_conflicts(rollout_id: int, names: frozenset[str], store: Store) -> RemedyGrounds | None:
    """Conflicts that are known of these people or their team."""
    rows = conflicts.list_about(rollout_id, _people(rollout_id, names))
    if not rows:
        return None
    sentence = _n("One conflict about who does what is written down.",
                  "%(num)d conflicts about who does what are written down.", len(rows))  # fmt: skip
    return RemedyGrounds(sentence, [(row.task, show_conflict_of_task(rollout_id, row.id)) for row in rows])


def call_arbiter(order: RemedyOrder) -> None:
    """Write a conflict down whose arbiter is the owner of the remedy; the other side is found by the arbiter."""
    people = _people(order.rollout_id, order.names)
    teams = {one.team_id for one in list_staff(order.rollout_id) if one.person_id in people and one.team_id}
    first = Party(PERSON, people[0]) if len(people) == 1 else Party(TEAM, min(teams, default=None))
    if first.id is None:
        return
    task = _("To be found out by the arbiter")
    said = ConflictSaid(task, OTHER, first, NOBODY, "", order.owner_id, order.due)
    conflicts.add_conflict(order.rollout_id, said, by=order.by, now=order.now)


def find_values(rollout_id: int, names: frozenset[str], store: Store) -> RemedyGrounds | None:
    """What was measured for the roles of these people."""
    rows = values.list_ready(rollout_id, _people(rollout_id, names))
    if not rows:
        return None
    url = url_for("pilot_values.list_values", rollout_id=rollout_id)
    sentence = _n("One comparison was measured for them and goes to them by mail.",
                  "%(num)d comparisons were measured for them and go to them by mail.", len(rows))  # fmt: skip
    return RemedyGrounds(sentence, [(values_page.say_message(row.message, row.found), url) for row in rows])


def send_values(order: RemedyOrder) -> None:
    """Send each of these people what was measured for their role, once a day."""
    people, addresses = _people(order.rollout_id, order.names), list_addresses(order.rollout_id)
    for person_id in people:
        rows = values.list_ready(order.rollout_id, [person_id])
        email, tongue = addresses.get(person_id, ("", ""))
        if rows and email:
            with in_language(tongue or "en"):
                lines = [f"• {values_page.say_message(row.message, row.found)}\n  {row.message.gain}" for row in rows]
                body = _("Measured in this firm, on the same task:\n\n%(lines)s", lines="\n\n".join(lines))
                subject = _("What the CRM saves you")
            key = f"value:{order.rollout_id}:{person_id}:{local_day(order.rollout_id, order.now)}"
            post_mail(key, to=email, subject=subject, body=body, now=order.now)


def _people(rollout_id: int, names: Iterable[str]) -> list[int]:
    return sorted(set(find_people_by_name(rollout_id, list(names)).values()))
