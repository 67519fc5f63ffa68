"""Support of the first weeks: ask, see what was answered, answer, note, take mails, see where people ask most."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from implement.db import db, utc_now
from implement.engine.mail_question import UnusableMail
from implement.rollout.service.rollouts import local_day
from implement.stages.pilot import support_page
from implement.stages.pilot.forms.support import AnswerForm, AskForm, MailForm, NoteForm
from implement.stages.pilot.service.functions import OTHER, list_functions
from implement.stages.pilot.service.support import overview, persons, questions
from implement.stages.pilot.service.support.book import size_teams
from implement.stages.pilot.service.support.questions import Asked
from implement.web.access import Permission, requires, standing
from implement.web.texts import _, language

pages = Blueprint("pilot_support", __name__, url_prefix="/rollouts/<int:rollout_id>/pilot/support")


@pages.route("", methods=["GET", "POST"])
@requires(Permission.ASK_QUESTIONS)
def ask(rollout_id: int) -> ResponseReturnValue:
    """Ask a question, and see what became of one's own."""
    who, functions = standing().person_id, list_functions(rollout_id, language())
    form = AskForm(function=request.args.get("function", OTHER)).offer(functions)
    if form.validate_on_submit():
        said = Asked(form.function.data, form.text.data, None, who)
        questions.ask(rollout_id, said, user_id=current_user.id, by=current_user, now=utc_now())
        db.session.commit()
        flash(_("Your question is noted. The answer comes here, and by mail."), "success")
        return redirect(url_for(".ask", rollout_id=rollout_id))
    rows = questions.list_own(rollout_id, current_user.id, who)
    supporters = persons.list_supporters_of(rollout_id, who, local_day(rollout_id, utc_now()))
    shown = {"form": form, "rows": rows, "functions": functions, "supporters": supporters, "page": support_page}
    return render_template("pilot/support/ask.html", **shown), 422 if form.is_submitted() else 200


@pages.get("/questions")
@requires(Permission.SEE_TRAINING)
def list_questions(rollout_id: int) -> ResponseReturnValue:
    """The questions that wait, or all of them."""
    waits = "all" not in request.args
    return render_template(
        "pilot/support/questions.html",
        listing=questions.page_questions(rollout_id, request.args, waiting=waits),
        waiting=questions.find_waiting(rollout_id),
        speed=overview.read_speed(rollout_id),
        helping=persons.list_helping(rollout_id, local_day(rollout_id, utc_now())),
        waits=waits,
        functions=list_functions(rollout_id, language()),
        teams=size_teams(rollout_id)[1],
        form=MailForm(),
        page=support_page,
    )


@pages.route("/questions/<int:question_id>", methods=["GET", "POST"])
@requires(Permission.ANSWER_QUESTIONS)
def answer(rollout_id: int, question_id: int) -> ResponseReturnValue:
    """Read a question and answer it."""
    row, functions = questions.get_question(rollout_id, question_id), list_functions(rollout_id, language())
    form = AnswerForm(obj=row).offer(functions, is_kept=row.entry_id is not None)
    if form.validate_on_submit():
        said = {"function": form.function.data, "keep_as": form.title, "version": form.version.data}
        questions.answer(row, form.answer.data, **said, by=current_user, now=utc_now())
        db.session.commit()
        return redirect(url_for(".list_questions", rollout_id=rollout_id))
    shown = {"row": row, "form": form, "functions": functions, "teams": size_teams(rollout_id)[1]}
    status = 422 if form.is_submitted() else 200
    return render_template("pilot/support/answer.html", **shown, page=support_page), status


@pages.route("/note", methods=["GET", "POST"])
@requires(Permission.ANSWER_QUESTIONS)
def note(rollout_id: int) -> ResponseReturnValue:
    """Write down what somebody of a team asked."""
    now = utc_now()
    form = NoteForm(asked_on=local_day(rollout_id, now))
    form.offer(list_functions(rollout_id, language()), size_teams(rollout_id)[1])
    if not form.validate_on_submit():
        return render_template("pilot/support/note.html", form=form), 422 if form.is_submitted() else 200
    asked_at = min(now, form.asked_at)
    said = Asked(form.function.data, form.text.data, form.team_id.data)
    questions.note(rollout_id, said, asked_at=asked_at, by=current_user, now=now)
    db.session.commit()
    return redirect(url_for(".list_questions", rollout_id=rollout_id))


@pages.post("/mail")
@requires(Permission.ANSWER_QUESTIONS)
def take_mail(rollout_id: int) -> ResponseReturnValue:
    """Take a question that came by mail, or say why it is none."""
    form, back = MailForm(), redirect(url_for(".list_questions", rollout_id=rollout_id))
    if not form.validate_on_submit() or form.file.data is None:
        flash(_("Please choose a mail as a file (.eml)."), "warning")
        return back
    raw = form.file.data.stream.read(form.file.limit_bytes)
    try:
        row, is_new = questions.take_mail(rollout_id, raw, by=current_user, now=utc_now())
    except UnusableMail as refusal:
        flash(support_page.say_fault(refusal), "warning")
        return back
    db.session.commit()
    if not is_new:
        flash(_("This mail was taken before."), "warning")
    return redirect(url_for(".answer", rollout_id=rollout_id, question_id=row.id))


@pages.get("/hot-spots")
@requires(Permission.SEE_TRAINING)
def show_hot_spots(rollout_id: int) -> ResponseReturnValue:
    """Where people ask most: function by team."""
    functions = list_functions(rollout_id, language())
    found = overview.read_hot_spots(rollout_id, functions)
    return render_template("pilot/support/hot_spots.html", found=found, functions=functions, page=support_page)
