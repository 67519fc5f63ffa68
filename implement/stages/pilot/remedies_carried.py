"""Remedies that this room carries out beside those of conflicts: a lesson for people, a person who helps them (M27)."""

from datetime import date

from flask import url_for

from implement.engine.suppression import LEAST_PEOPLE
from implement.rollout.registries import Registries
from implement.rollout.remedy_carriers import RemedyCarrier, RemedyChoice, RemedyGrounds, RemedyOrder
from implement.rollout.service.accounts import get_user
from implement.rollout.service.outbox import post_mail
from implement.rollout.service.people import find_people_by_name, list_addresses, list_members
from implement.rollout.service.rollouts import local_day
from implement.rollout.service.usage import list_staff
from implement.stages.pilot.service.support import persons
from implement.stages.pilot.service.support.persons import HelpSaid
from implement.stages.pilot.service.training import enrolling, lessons
from implement.stages.pilot.tables import Enrolment
from implement.store import Store
from implement.web.texts import _, _n, day, in_language, language, lazy, number


def register(registries: Registries) -> None:
    """Tell the hall."""
    which = RemedyChoice(lazy("Which lesson"), lazy("none: explained in person"), offer_lessons)
    registries.remedies["lesson"] = RemedyCarrier(find_open_lessons, set_lesson, which, find_learning)
    who = RemedyChoice(lazy("Who helps"), lazy("the owner of the remedy"), offer_supporters)
    registries.remedies["support"] = RemedyCarrier(find_help, name_supporter, who, find_helping, end_helping)


def offer_lessons(rollout_id: int) -> list[tuple[str, str]]:
    """The lessons in use."""
    titles = lessons.titles_of(lessons.list_lessons(rollout_id), language())
    return [(f"lesson:{lesson_id}", title) for lesson_id, title in titles.items()]


def find_open_lessons(rollout_id: int, names: frozenset[str], store: Store) -> RemedyGrounds | None:
    """Whether there are lessons at all; how far people are is said once one is chosen."""
    if lessons.list_lessons(rollout_id):
        return None
    url = url_for("pilot_training.list_lessons", rollout_id=rollout_id)
    said = _("No lesson is in use yet; with one the remedy is followed by itself.")
    return RemedyGrounds(said, [(_("Lessons"), url)])


def set_lesson(order: RemedyOrder) -> None:
    """Let these people learn the chosen lesson until the remedy is judged, and write to whoever has not learned it."""
    lesson_id = _find_lesson(order)
    if lesson_id is None:
        return
    given = {"by": order.by, "now": order.now}
    asked = enrolling.set_lesson(order.rollout_id, lesson_id, _people(order), order.due, **given)  # type: ignore[arg-type]
    addresses, lesson = list_addresses(order.rollout_id), lessons.get_lesson(order.rollout_id, lesson_id)
    for person_id in asked:
        email, tongue = addresses.get(person_id, ("", ""))
        if email:
            with in_language(tongue or "en"):
                title = lessons.read_text(lesson, tongue or "en").title
                subject = _("A lesson for you: %(title)s", title=title)
                until = day(order.due)
                body = _("“%(title)s” is to be learned until %(day)s. It takes a few minutes, on the phone too. "
                         "Whatever is unclear: ask in Implement, and somebody answers.",
                         title=title, day=until)  # fmt: skip
            key = f"remedy-lesson:{order.remedy_id}:{person_id}"
            post_mail(key, to=email, subject=subject, body=body, now=order.now)


def find_learning(order: RemedyOrder) -> RemedyGrounds | None:
    """How many have learned the lesson; of one person when; of two to four nothing that would tell of one."""
    lesson_id = _find_lesson(order)
    if lesson_id is None:
        return None
    lesson, people = lessons.get_lesson(order.rollout_id, lesson_id), _people(order)
    rows = [one for one in enrolling.list_standings(lesson) if one.person_id in people]
    url = url_for("pilot_training.show_training", rollout_id=order.rollout_id)
    title = lessons.read_text(lesson, language()).title
    return RemedyGrounds(_say_learning(rows, title, local_day(order.rollout_id, order.now)), [(_("Training"), url)])


def offer_supporters(rollout_id: int) -> list[tuple[str, str]]:
    """Everybody with an account here."""
    names = {user_id: name for user_id, name, *_rest in list_members(rollout_id)}
    return [(f"user:{user_id}", name) for user_id, name in names.items()]


def find_help(rollout_id: int, names: frozenset[str], store: Store) -> RemedyGrounds | None:
    """Nothing speaks for it beside the evidence itself."""
    return None


def name_supporter(order: RemedyOrder) -> None:
    """Name who helps from the first day until the remedy is judged, and write to them."""
    user_id = int(order.chosen.partition(":")[2]) if order.chosen else order.owner_id
    team_id, person_id = _whom(order)
    if team_id is None and person_id is None:
        return
    said = HelpSaid(user_id, team_id, person_id, order.starts_on, order.due, order.remedy_id)
    persons.name_support_person(order.rollout_id, said, by=order.by, now=order.now)
    supporter = get_user(user_id)
    with in_language(supporter.language or "en"):
        body = _("From %(first)s to %(last)s you are the one who is asked first, and answers within the hour. Whom you "
                 "help stands in Implement.", first=day(order.starts_on), last=day(order.due))  # fmt: skip
        subject = _("You help colleagues with the CRM")
    post_mail(f"remedy-help:{order.remedy_id}", to=supporter.email, subject=subject, body=body, now=order.now)


def find_helping(order: RemedyOrder) -> RemedyGrounds | None:
    """Who helps until when, and what was asked in these days."""
    found = persons.find_of_remedy(order.rollout_id, order.remedy_id)
    if found is None:
        return None
    said = {"name": found.name, "first": day(found.first_day), "last": day(found.last_day)}
    sentence = _("%(name)s helps from %(first)s to %(last)s.", **said)
    if found.team:
        teams = [one.team_id for one in list_staff(order.rollout_id) if one.person_id in _people(order) and one.team_id]
        asked, answered = persons.count_asked(order.rollout_id, found, teams)
        sentence += " " + _n("One question came from the team in these days; answered: %(answered)s.",
                             "%(num)d questions came from the team in these days; answered: %(answered)s.",
                             asked, answered=number(answered))  # fmt: skip
    url = url_for("pilot_support.list_questions", rollout_id=order.rollout_id)
    return RemedyGrounds(sentence, [(_("Questions"), url)])


def end_helping(order: RemedyOrder) -> None:
    """The help ends with the remedy."""
    today = local_day(order.rollout_id, order.now)
    persons.end_help(order.rollout_id, order.remedy_id, today=today, by=order.by, now=order.now)


def _say_learning(rows: list[Enrolment], title: str, today: date) -> str:
    learned, late = sum(row.passed_at is not None for row in rows), sum(_is_late(row, today) for row in rows)
    if len(rows) == 1:
        row = rows[0]
        if row.passed_at is not None:
            return _("“%(title)s” was learned on %(day)s.", title=title, day=day(row.passed_at.date()))
        return _("“%(title)s” is to be learned until %(day)s.", title=title, day=day(row.due))
    if len(rows) < LEAST_PEOPLE:
        return _("“%(title)s” is being learned; fewer than five people are not counted.", title=title)
    said = {"learned": number(learned), "people": number(len(rows)), "late": number(late), "title": title}
    return _("%(learned)s of %(people)s people have learned “%(title)s”; overdue: %(late)s.", **said)


def _is_late(row: Enrolment, today: date) -> bool:
    return row.passed_at is None and row.due < today


def _find_lesson(order: RemedyOrder) -> int | None:
    return int(order.chosen.partition(":")[2]) if order.chosen else None


def _people(order: RemedyOrder) -> list[int]:
    return sorted(set(find_people_by_name(order.rollout_id, list(order.names)).values()))


def _whom(order: RemedyOrder) -> tuple[int | None, int | None]:
    """The team, or the one person."""
    people = _people(order)
    if len(people) == 1:
        return None, people[0]
    teams = {one.team_id for one in list_staff(order.rollout_id) if one.person_id in people and one.team_id}
    return min(teams, default=None), None
