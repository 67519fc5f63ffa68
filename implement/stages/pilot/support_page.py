"""Support and the book of sales in sentences and pictures."""

from collections.abc import Mapping, Sequence
from textwrap import shorten

from flask import url_for

from implement.engine.answer_speed import AnswerSpeed
from implement.engine.mail_question import UnusableMail
from implement.stages.pilot.service.support.book import KINDS
from implement.stages.pilot.service.support.overview import Spots
from implement.stages.pilot.service.support.persons import Helping
from implement.stages.pilot.service.support.questions import SOURCES, Waiting
from implement.stages.pilot.tables.support import BookEntry, SupportQuestion
from implement.web.charts import Chart, heatmap
from implement.web.texts import _, _n, day, instant, lazy, minutes, number

KIND_LABELS, SOURCE_LABELS = KINDS, SOURCES
MAIL_FAULTS = {
    "not_a_mail": lazy("This file is no mail: it has no sender, subject or text that can be read."),
    "no_sender": lazy("This mail does not say who sent it."),
    "no_text": lazy("This mail is empty: neither subject nor text."),
}
LINE = 120
MOST_WHOLE_NAMES = 4


def say_waiting(found: Waiting) -> str:
    """How many questions wait, and since when."""
    if not found.count or found.since is None:
        return _("No question waits for an answer.")
    since = instant(found.since)
    return _n("One question waits for an answer, since %(since)s.",
              "%(num)d questions wait for an answer, the oldest since %(since)s.",
              found.count, since=since)  # fmt: skip


def say_speed(found: AnswerSpeed | None) -> str:
    """How fast questions are answered."""
    if found is None:
        return _("No question is answered yet.")
    middle, slowest = minutes(found.middle), minutes(found.slowest)
    if found.count == 1:
        return _("One answer came after %(middle)s of business time.", middle=middle)
    return _("Half of the %(count)s answers came within %(middle)s of business time, the slowest after %(slowest)s.",
             count=number(found.count), middle=middle, slowest=slowest)  # fmt: skip


def say_helping(found: Helping) -> str:
    """Who helps whom, from when until when; a single person is not named."""
    said = {"name": found.name, "first": day(found.first_day), "last": day(found.last_day)}
    if found.team:
        return _("%(name)s helps %(team)s, %(first)s to %(last)s", **said, team=found.team)
    return _("%(name)s helps one colleague, %(first)s to %(last)s", **said)


def say_own(rows: Sequence[SupportQuestion]) -> str:
    """What became of one's own questions."""
    if not rows:
        return _("What is not clear? Ask, and somebody answers.")
    waiting = sum(row.answered_at is None for row in rows)
    if not waiting:
        return _("All your questions are answered.")
    return _n("One of your questions waits for an answer.", "%(num)d of your questions wait for an answer.", waiting)


def say_fault(refusal: UnusableMail) -> str:
    """Why a mail cannot be taken."""
    return str(MAIL_FAULTS[refusal.code])


def say_spots(found: Spots, functions: Mapping[str, str]) -> str:
    """Where people ask most."""
    asked = sum(count or 0 for row in found.spots.counts for count in row)
    hottest = found.spots.hottest
    if hottest is None:
        return _("Nobody has asked anything yet.") if not asked else _("Too few people in a team to say where.")
    function, team, count = hottest
    about = {"function": functions.get(function, function), "team": found.names[team]}
    return _n("Most asked: %(function)s in %(team)s, one question.",
              "Most asked: %(function)s in %(team)s, %(num)d questions.", count, **about)  # fmt: skip


def draw_spots(found: Spots, functions: Mapping[str, str], rollout_id: int) -> Chart:
    """Function by team, paler to darker."""
    spots = found.spots
    notes = {
        (row, column): _("withheld")
        for row, cells in enumerate(spots.counts)
        for column, count in enumerate(cells, start=1)
        if count is None
    }
    links = {
        (row, 0): url_for("pilot_book.search", rollout_id=rollout_id, find=functions.get(key, key))
        for row, key in enumerate(spots.functions)
    }
    return heatmap(
        _("Questions by function and team"),
        _("All questions so far. Teams of fewer than five people are withheld, and those that would give them away."),
        row_heading=_("Function of the CRM"),
        row_labels=[functions.get(key, key) for key in spots.functions],
        column_labels=shorten_names([found.names[team] for team in spots.teams]),
        values=spots.counts,
        notes=notes,
        links=links,
    )


def shorten_names(names: Sequence[str]) -> list[str]:
    """Names of teams that fit over narrow columns: their last words, where those tell them apart."""
    last = [name.split()[-1] if name.split() else name for name in names]
    return last if len(names) > MOST_WHOLE_NAMES and len(set(last)) == len(names) else list(names)


def say_book(rows: Sequence[BookEntry], asked: str) -> str:
    """How much was found."""
    if asked:
        return (
            _n("One page holds these words.", "%(num)d pages hold these words.", len(rows))
            if rows
            else _("No page holds these words. Ask: the answer can become one.")
        )
    return (
        _n("The book of sales has one page.", "The book of sales has %(num)d pages.", len(rows))
        if rows
        else _("The book of sales is still empty.")
    )


def say_uses(times: int) -> str:
    """How often a script was used lately."""
    return (
        _n("used once in four weeks", "used %(num)d times in four weeks", times)
        if times
        else _("not used in four weeks")
    )


def cut(text: str) -> str:
    """The beginning of a text as one line."""
    return shorten(text, LINE, placeholder="…")
