"""Training in sentences and pictures."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from urllib.parse import urlsplit

from flask import url_for

from implement.engine.first_deal import FirstDeal, FirstDealSettings
from implement.engine.suppression import Withheld
from implement.engine.training import STEPS, Grade, WeakQuestion
from implement.stages.pilot.service.training.by_link import WithoutAccount
from implement.stages.pilot.service.training.learning import OwnLesson
from implement.stages.pilot.service.training.lessons import LessonText
from implement.stages.pilot.service.training.overview import LateLearners, Training
from implement.web.charts import Chart, bars
from implement.web.texts import _, _n, day, lazy, number, share

STEP_LABELS = {
    "enrolled": lazy("To be learned"),
    "read": lazy("Read"),
    "tried": lazy("Quiz tried"),
    "passed": lazy("Learned"),
}
STATE_LABELS = {
    "passed": ("good", lazy("learned")),
    "late": ("bad", lazy("overdue")),
    "begun": ("watch", lazy("begun")),
    "open": ("neutral", lazy("to be learned")),
}
TONES = {"enrolled": "neutral", "read": "accent", "tried": "accent", "passed": "good"}


def say_own(rows: Sequence[OwnLesson], today: date) -> str:
    """How much somebody still has to learn, and until when."""
    left = [row for row in rows if row.enrolment.passed_at is None]
    if not rows:
        return _("You have no lessons here.")
    if not left:
        return _("You have learned everything that is asked of you.")
    due = left[0].enrolment.due
    if due < today:
        return _n("One lesson is left; it was due on %(day)s.",
                  "%(num)d lessons are left; the first was due on %(day)s.", len(left), day=day(due))  # fmt: skip
    return _n("One lesson is left, until %(day)s.", "%(num)d lessons are left, the first until %(day)s.", len(left),
              day=day(due))  # fmt: skip


def say_training(found: Training) -> str:
    """How much of what is to be learned is learned."""
    if not found.lessons:
        return _("Nobody learns anything yet.")
    if not found.may_show:
        return _("So few people learn that sums would tell of single ones.")
    passed, all_of_it = found.steps["passed"], found.steps["enrolled"]
    said = {"passed": number(passed), "all": number(all_of_it), "people": number(found.people)}
    words = _("%(people)s people: %(passed)s of %(all)s lessons are learned", **said)
    late = _n("one is overdue", "%(num)d are overdue", found.late) if found.late else _("none is overdue")
    return f"{words}; {late}."


def draw_funnel(found: Training) -> Chart:
    """From enrolled to learned."""
    about = {"people": number(found.people), "lessons": number(found.lessons)}
    return bars(
        _("How far the lessons are"),
        _("One for each lesson and person: %(people)s people, %(lessons)s lessons. Whoever came further is counted in "
          "each step before.", **about),
        headings=(_("Step"), _("Lessons of people")),
        labels=[str(STEP_LABELS[step]) for step in STEPS],
        values=[found.steps[step] for step in STEPS],
        tones=[TONES[step] for step in STEPS],
    )  # fmt: skip


def say_withheld(reason: Withheld) -> str:
    """Why a team's figures are not said."""
    if reason.reason == "too_few":
        return _("fewer than five people")
    return _("withheld, or another team could be worked out")


def say_first_deal(found: FirstDeal | None) -> str:
    """How long people take to their first complete deal, against the norm."""
    norm = FirstDealSettings().norm_days
    if found is None:
        return _("Not enough to say: at least five people must have begun since the usage log tells of deals.")
    about = {
        "people": number(found.people),
        "done": number(found.done),
        "norm": norm,
        "share": share(found.within_norm),
    }
    about["range"] = _("%(low)s to %(high)s", low=share(found.within_low), high=share(found.within_high))
    within = _("Within the norm of %(norm)s days: %(share)s (likely %(range)s). %(done)s of %(people)s people have "
               "completed a deal.", **about)  # fmt: skip
    if found.median is None:
        return _("Half of the people have not completed their first deal yet.") + " " + within
    low, high = (_("not known yet") if one is None else number(one) for one in (found.low, found.high))
    typical = _("Half of the people complete their first deal within %(days)s days (likely %(low)s to %(high)s).",
                days=number(found.median), low=low, high=high)  # fmt: skip
    return f"{typical} {within}"


def say_late(found: LateLearners) -> str:
    """How many are late, and how many this reader does not see."""
    count = len(found.rows) + found.hidden
    if not count:
        return _("Nobody is late with a lesson.")
    return _n("One person is late with lessons.", "%(num)d people are late with lessons.", count)


def say_without(found: WithoutAccount) -> str:
    """How many learn without an account, and how many of them can be written to."""
    said = _n("One person has lessons and no account.", "%(num)d people have lessons and no account.", found.people)
    rest = found.people - len(found.reachable)
    lacking = " " + _n("One of them has no address.", "%(num)d of them have no address.", rest) if rest else ""
    note = _("A link of their own leads to their lessons and nothing else, for a month; a new one ends the one before.")
    return f"{said}{lacking} {note}"


def write_link_mail(company: str) -> Callable[[str], tuple[str, str]]:
    """How the mail with somebody's link to their lessons is worded."""

    def write(token: str) -> tuple[str, str]:
        url = url_for("pilot_lessons.list_own", token=token, _external=True)
        body = _("Good day,\n\nshort lessons on the CRM wait for you; each takes a few minutes, on the phone too:\n\n"
                 "%(url)s\n\nThe link is for you alone; please do not pass it on.", url=url)  # fmt: skip
        return _("Your lessons on the CRM at %(company)s", company=company), body

    return write


def say_grade(grade: Grade) -> str:
    """How a try went."""
    said = {"right": grade.right, "asked": grade.asked}
    if grade.is_passed:
        return _("%(right)s of %(asked)s right: you have learned this lesson.", **said)
    return _("%(right)s of %(asked)s right: not enough yet. Read the steps again and try once more.", **said)


def say_weak(weak: WeakQuestion, texts: Mapping[int, LessonText]) -> tuple[str, str]:
    """A question that many get wrong: the lesson, and the question with how many."""
    said = texts[weak.lesson_id]
    question = said.quiz[weak.question].text if weak.question < len(said.quiz) else _("a question that has changed")
    about = {"question": question, "wrong": weak.wrong, "people": weak.people}
    return said.title, _("“%(question)s”: %(wrong)s of %(people)s people had it wrong at first", **about)


def say_wanted(count: int, *, is_taught: bool) -> str:
    """What questions of the first weeks say about lessons."""
    asked = _n("one question", "%(num)d questions", count)
    return (
        _("%(asked)s; there is a lesson, look whether it answers them", asked=asked)
        if is_taught
        else _("%(asked)s and no lesson yet", asked=asked)
    )


def host_of(url: str) -> str:
    """Where a link leads to."""
    return urlsplit(url).hostname or ""


def say_shown(functions: Mapping[str, str], teams: Mapping[int, str], showings: Mapping[tuple[str, int], date]) -> str:
    """How much of what there is was shown to the teams."""
    if not teams:
        return _("Which function was shown to which team?")
    missing = sum((key, team_id) not in showings for key in functions for team_id in teams)
    if not missing:
        return _("Every function was shown to every team.")
    return _("%(missing)s of %(all)s pairs of function and team: not shown yet.", missing=number(missing),
             all=number(len(functions) * len(teams)))  # fmt: skip
