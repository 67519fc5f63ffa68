"""Lessons: taken over from the product, written, shown as a video, withdrawn and put back (M27, M108)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import IO
from urllib.parse import urlsplit

from sqlalchemy import select

from implement.db import db
from implement.engine.checklist.lessons import LessonTemplate
from implement.engine.training import QuizQuestion
from implement.jobs import Plain
from implement.rollout.service.errors import EditedMeanwhile, NotFound, RuleBroken
from implement.rollout.service.files import doom_files
from implement.rollout.service.log import Actor, log_write
from implement.rollout.service.removing import remove_row, stands
from implement.rollout.service.usage import list_staff
from implement.stages.pilot.service.functions import read_book
from implement.stages.pilot.tables.training import Lesson
from implement.store import Store
from implement.web.texts import lazy

VIDEO_KINDS = {".mp4": "video/mp4", ".m4v": "video/mp4", ".webm": "video/webm"}
VIDEO_LIMIT_MB = 300
FIRST_BYTES = 12


@dataclass(frozen=True)
class LessonSaid:
    """A lesson as it was typed in."""

    function: str
    for_role: str
    title: str
    text: str
    steps: tuple[str, ...]
    quiz: tuple[QuizQuestion, ...]
    days: int
    pass_percent: int
    video_url: str


@dataclass(frozen=True)
class LessonText:
    """A lesson in the words of one language."""

    title: str
    text: str
    steps: tuple[str, ...]
    quiz: tuple[QuizQuestion, ...]


def list_lessons(rollout_id: int) -> list[Lesson]:
    """The lessons that stand, by function."""
    here = (Lesson.rollout_id == rollout_id, stands(Lesson))
    return list(db.session.scalars(select(Lesson).where(*here).order_by(Lesson.function, Lesson.id)))


def get_lesson(rollout_id: int, lesson_id: int) -> Lesson:
    """A lesson of this rollout."""
    row: Lesson | None = db.session.get(Lesson, lesson_id)
    if row is None or row.rollout_id != rollout_id:
        raise NotFound(lazy("There is no such lesson."))
    return row


def titles_of(rows: Iterable[Lesson], language: str) -> dict[int, str]:
    """What lessons are called, by id."""
    return {row.id: read_text(row, language).title for row in rows}


def list_roles(rollout_id: int) -> list[str]:
    """The roles that people on the staff have."""
    return sorted({one.role for one in list_staff(rollout_id) if one.role})


def read_text(row: Lesson, language: str) -> LessonText:
    """What a lesson says; one that comes with the product in the reader's language."""
    template = find_template(row.template_key)
    if template is None:
        steps = tuple(str(step) for step in row.steps)
        return LessonText(row.title, row.text, steps, tuple(_open_question(one) for one in row.quiz))
    steps = tuple(step.in_language(language) for step in template.steps)
    title, text = template.title.in_language(language), template.text.in_language(language)
    return LessonText(title, text, steps, read_template_quiz(template, language))


def read_template_quiz(template: LessonTemplate, language: str) -> tuple[QuizQuestion, ...]:
    """The quiz of a lesson that comes with the product."""
    return tuple(
        QuizQuestion(
            one.text.in_language(language), tuple(option.in_language(language) for option in one.options), one.right
        )
        for one in template.questions
    )


def find_template(key: str | None) -> LessonTemplate | None:
    """A lesson of the product by its id."""
    return next((one for one in read_book().lessons if one.id == key), None)


def list_untaken(rollout_id: int) -> list[LessonTemplate]:
    """Lessons of the product that this rollout does not use yet."""
    keys = set(db.session.scalars(select(Lesson.template_key).where(Lesson.rollout_id == rollout_id)))
    return [one for one in read_book().lessons if one.id not in keys]


def take_over(rollout_id: int, keys: Collection[str], *, for_role: str, by: Actor, now: datetime) -> int:
    """Use lessons of the product here, for everybody or for one role; returns how many are new."""
    _refuse_unknown_role(rollout_id, for_role)
    fresh = [one for one in list_untaken(rollout_id) if one.id in keys]
    for one in fresh:
        db.session.add(
            Lesson(
                rollout_id=rollout_id, template_key=one.id, function=one.function, for_role=for_role, steps=[], quiz=[],
                days=one.days, pass_percent=one.pass_percent, by_name=by.name, at=now,
            )
        )  # fmt: skip
    db.session.flush()
    log_write("take_over_lessons", f"rollout:{rollout_id}", by=by, now=now, rollout_id=rollout_id, lessons=len(fresh))
    return len(fresh)


def add_lesson(rollout_id: int, said: LessonSaid, *, by: Actor, now: datetime) -> Lesson:
    """Write a lesson of one's own."""
    row = Lesson(rollout_id=rollout_id)
    _write(row, said, by=by, now=now)
    db.session.add(row)
    _log("add_lesson", row, by=by, now=now)
    return row


def change_lesson(row: Lesson, said: LessonSaid, *, version: int | None, by: Actor, now: datetime) -> None:
    """Change a lesson; of one that comes with the product only for whom, until when, what is enough and the link."""
    db.session.refresh(row, with_for_update=True)
    if row.version != version:
        raise EditedMeanwhile(
            lazy("Somebody else changed this lesson meanwhile."), theirs=row.text or row.title, mine=said.text
        )
    _write(row, said, by=by, now=now)
    _log("change_lesson", row, by=by, now=now)


def keep_video(row: Lesson, stream: IO[bytes], name: str, *, store: Store, by: Actor, now: datetime) -> None:
    """Keep a video with its lesson; what is no video is refused by its first bytes, whatever its name."""
    kind = next((kind for ending, kind in VIDEO_KINDS.items() if name.lower().endswith(ending)), "")
    if not kind or not _is_video(stream, kind):
        raise RuleBroken(lazy("This file is no video that a browser plays (MP4 or WebM)."))
    stored = store.put(stream, limit_bytes=VIDEO_LIMIT_MB * 1_000_000)
    _let_go(row, stored.sha256, now)
    row.video_sha256, row.video_kind = stored.sha256, kind
    _log("keep_video", row, by=by, now=now)


def remove_lesson(row: Lesson, *, is_back: bool, by: Actor, now: datetime) -> None:
    """Take a lesson out of use, or put it back; what was learned stays."""
    remove_row(row, "lesson", is_back=is_back, by=by, now=now, rollout_id=row.rollout_id)


def _write(row: Lesson, said: LessonSaid, *, by: Actor, now: datetime) -> None:
    _refuse_unknown_role(row.rollout_id, said.for_role)
    if said.video_url and urlsplit(said.video_url).scheme != "https":
        raise RuleBroken(lazy("A link to a video begins with https://."))
    row.for_role, row.days, row.pass_percent = said.for_role, said.days, said.pass_percent
    row.video_url, row.by_name, row.at = said.video_url, by.name, now
    if row.template_key is not None:
        return
    if not said.title.strip() or not said.text.strip():
        raise RuleBroken(lazy("A lesson needs a title and a text."))
    row.function, row.title, row.text = said.function, said.title.strip(), said.text.strip()
    row.steps, row.quiz = list(said.steps), [_keep_question(one) for one in said.quiz]


def _refuse_unknown_role(rollout_id: int, for_role: str) -> None:
    if for_role and for_role not in list_roles(rollout_id):
        raise RuleBroken(lazy("Nobody on the staff has this role."))


def _let_go(row: Lesson, kept: str, now: datetime) -> None:
    if row.video_sha256 and row.video_sha256 != kept:
        doom_files([row.video_sha256], now=now)


def _is_video(stream: IO[bytes], kind: str) -> bool:
    first = stream.read(FIRST_BYTES)
    stream.seek(0)
    return first[4:8] == b"ftyp" if kind == "video/mp4" else first.startswith(b"\x1a\x45\xdf\xa3")


def _keep_question(one: QuizQuestion) -> Plain:
    options: list[Plain] = list(one.options)
    return {"text": one.text, "options": options, "right": one.right}


def _open_question(kept: Plain) -> QuizQuestion:
    assert isinstance(kept, dict)
    options = kept["options"]
    assert isinstance(options, list)
    return QuizQuestion(str(kept["text"]), tuple(str(one) for one in options), int(str(kept["right"])))


def _log(action: str, row: Lesson, *, by: Actor, now: datetime) -> None:
    db.session.flush()
    log_write(action, f"lesson:{row.id}", by=by, now=now, rollout_id=row.rollout_id)
