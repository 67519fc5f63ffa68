"""Lessons by link, without an account: one's own lessons, one lesson, its quiz; made for the phone."""

from flask import Blueprint, abort, current_app, flash, redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue

from implement.db import db, utc_now
from implement.rollout.service.rollouts import local_day
from implement.stages.pilot import training_page
from implement.stages.pilot.forms.training import make_quiz_form
from implement.stages.pilot.service.functions import list_functions
from implement.stages.pilot.service.training import by_link, learning, lessons
from implement.web.access import public
from implement.web.private_pages import keep_private
from implement.web.texts import language

pages = Blueprint("pilot_lessons", __name__, url_prefix="/learn/<string:token>")
pages.after_request(keep_private)


@pages.get("")
@public
def list_own(token: str) -> ResponseReturnValue:
    """What this person is to learn, and until when."""
    guest = by_link.find_learner(token, now=utc_now())
    rows = learning.list_own(guest.rollout_id, guest.person_id)
    return render_template(
        "pilot/training/guest_own.html",
        token=token,
        guest=guest,
        rows=rows,
        titles=lessons.titles_of((row.lesson for row in rows), language()),
        functions=list_functions(guest.rollout_id, language()),
        today=local_day(guest.rollout_id, utc_now()),
        page=training_page,
    )


@pages.get("/lessons/<int:lesson_id>")
@public
def show_lesson(token: str, lesson_id: int) -> ResponseReturnValue:
    """One lesson: text, steps, video."""
    lesson = by_link.get_own_lesson(by_link.find_learner(token, now=utc_now()), lesson_id)
    said = lessons.read_text(lesson, language())
    shown = {"token": token, "lesson": lesson, "said": said, "page": training_page}
    return render_template("pilot/training/guest_lesson.html", **shown)


@pages.get("/lessons/<int:lesson_id>/video")
@public
def play_video(token: str, lesson_id: int) -> ResponseReturnValue:
    """The lesson's own video, in parts as the browser asks for them."""
    lesson = by_link.get_own_lesson(by_link.find_learner(token, now=utc_now()), lesson_id)
    path = current_app.extensions["implement_store"].path(lesson.video_sha256 or abort(404))
    return send_file(path, mimetype=lesson.video_kind, conditional=True)


@pages.post("/lessons/<int:lesson_id>/read")
@public
def note_reading(token: str, lesson_id: int) -> ResponseReturnValue:
    """Note that the lesson was read, and go on to its quiz."""
    guest = by_link.find_learner(token, now=utc_now())
    is_passed = learning.note_reading(guest.rollout_id, lesson_id, guest.person_id, by=guest, now=utc_now())
    db.session.commit()
    page = ".list_own" if is_passed else ".take_quiz"
    return redirect(url_for(page, token=token, lesson_id=None if is_passed else lesson_id))


@pages.route("/lessons/<int:lesson_id>/quiz", methods=["GET", "POST"])
@public
def take_quiz(token: str, lesson_id: int) -> ResponseReturnValue:
    """Answer the questions; it is said at once how many were right."""
    guest = by_link.find_learner(token, now=utc_now())
    lesson = by_link.get_own_lesson(guest, lesson_id)
    said = lessons.read_text(lesson, language())
    form = make_quiz_form(said.quiz)
    if not form.validate_on_submit():
        shown = {"token": token, "lesson": lesson, "said": said, "form": form}
        return render_template("pilot/training/guest_quiz.html", **shown), 422 if form.is_submitted() else 200
    asked = (guest.rollout_id, lesson_id, guest.person_id, form.answers())
    grade = learning.take_quiz(*asked, by=guest, now=utc_now())
    db.session.commit()
    flash(training_page.say_grade(grade), "success" if grade.is_passed else "warning")
    page = ".list_own" if grade.is_passed else ".show_lesson"
    return redirect(url_for(page, token=token, lesson_id=None if grade.is_passed else lesson_id))
