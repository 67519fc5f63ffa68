"""The learner's pages, made for the phone: own lessons, one lesson, its quiz."""

from flask import Blueprint, abort, current_app, flash, redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from implement.db import db, utc_now
from implement.rollout.service.rollouts import local_day
from implement.stages.pilot import training_page
from implement.stages.pilot.forms.training import make_quiz_form
from implement.stages.pilot.service.functions import list_functions
from implement.stages.pilot.service.training import learning, lessons
from implement.web.access import Permission, requires, standing
from implement.web.texts import language

pages = Blueprint("pilot_learning", __name__, url_prefix="/rollouts/<int:rollout_id>/pilot/lessons")


@pages.get("")
@requires(Permission.LEARN)
def list_own(rollout_id: int) -> ResponseReturnValue:
    """One's own lessons: what is to be learned first."""
    rows, today = learning.list_own(rollout_id, standing().person_id), local_day(rollout_id, utc_now())
    return render_template(
        "pilot/training/own.html",
        rows=rows,
        titles=lessons.titles_of((row.lesson for row in rows), language()),
        functions=list_functions(rollout_id, language()),
        unshown=learning.list_unshown(rollout_id, standing().person_id),
        today=today,
        page=training_page,
    )


@pages.get("/<int:lesson_id>")
@requires(Permission.LEARN)
def show_lesson(rollout_id: int, lesson_id: int) -> ResponseReturnValue:
    """One lesson: text, steps, video."""
    lesson = lessons.get_lesson(rollout_id, lesson_id)
    return render_template(
        "pilot/training/lesson.html",
        lesson=lesson,
        said=lessons.read_text(lesson, language()),
        mine=learning.find_enrolment(lesson, standing().person_id),
        functions=list_functions(rollout_id, language()),
        page=training_page,
    )


@pages.get("/<int:lesson_id>/video")
@requires(Permission.LEARN)
def play_video(rollout_id: int, lesson_id: int) -> ResponseReturnValue:
    """The lesson's own video, in parts as the browser asks for them."""
    lesson = lessons.get_lesson(rollout_id, lesson_id)
    path = current_app.extensions["implement_store"].path(lesson.video_sha256 or abort(404))
    return send_file(path, mimetype=lesson.video_kind, conditional=True)


@pages.post("/<int:lesson_id>/read")
@requires(Permission.LEARN)
def note_reading(rollout_id: int, lesson_id: int) -> ResponseReturnValue:
    """Note that the lesson was read, and go on to its quiz."""
    who = standing().person_id
    is_passed = learning.note_reading(rollout_id, lesson_id, who, by=current_user, now=utc_now())
    db.session.commit()
    if is_passed:
        return redirect(url_for(".list_own", rollout_id=rollout_id))
    return redirect(url_for(".take_quiz", rollout_id=rollout_id, lesson_id=lesson_id))


@pages.route("/<int:lesson_id>/quiz", methods=["GET", "POST"])
@requires(Permission.LEARN)
def take_quiz(rollout_id: int, lesson_id: int) -> ResponseReturnValue:
    """Answer the questions; the answer says at once what was right."""
    lesson = lessons.get_lesson(rollout_id, lesson_id)
    said, who = lessons.read_text(lesson, language()), standing().person_id
    form = make_quiz_form(said.quiz)
    shown = {"lesson": lesson, "said": said, "form": form, "page": training_page}
    if not form.validate_on_submit():
        return render_template("pilot/training/quiz.html", **shown), 422 if form.is_submitted() else 200
    grade = learning.take_quiz(rollout_id, lesson_id, who, form.answers(), by=current_user, now=utc_now())
    db.session.commit()
    flash(training_page.say_grade(grade), "success" if grade.is_passed else "warning")
    if grade.is_passed:
        return redirect(url_for(".list_own", rollout_id=rollout_id))
    return redirect(url_for(".show_try", rollout_id=rollout_id, lesson_id=lesson_id))


@pages.get("/<int:lesson_id>/last-try")
@requires(Permission.LEARN)
def show_try(rollout_id: int, lesson_id: int) -> ResponseReturnValue:
    """What was wrong at the last try, with the right answer."""
    lesson = lessons.get_lesson(rollout_id, lesson_id)
    mine = learning.find_enrolment(lesson, standing().person_id) or abort(404)
    tried, said = learning.find_last_try(mine) or abort(404), lessons.read_text(lesson, language())
    return render_template("pilot/training/last_try.html", lesson=lesson, said=said, tried=tried, page=training_page)
