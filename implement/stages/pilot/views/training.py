"""The trainer's pages: how far everybody is, lessons, who is late, what was shown to whom."""

from flask import Blueprint, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from implement.db import db, utc_now
from implement.rollout.registries import registries
from implement.rollout.service.rollouts import company_name, get_rollout, local_day
from implement.stages.pilot import training_page
from implement.stages.pilot.forms.training import LessonForm, ShowingForm, TakeOverForm
from implement.stages.pilot.service.functions import OTHER, list_functions
from implement.stages.pilot.service.support.book import size_teams
from implement.stages.pilot.service.support.overview import find_wanted
from implement.stages.pilot.service.training import by_link, enrolling, lessons, overview
from implement.stages.pilot.views.looks import name_late_learners
from implement.web.access import Permission, requires, standing
from implement.web.notes import is_put_back, tell_removed
from implement.web.texts import _, _n, language

pages = Blueprint("pilot_training", __name__, url_prefix="/rollouts/<int:rollout_id>/pilot/training")


@pages.get("")
@requires(Permission.SEE_TRAINING)
def show_training(rollout_id: int) -> ResponseReturnValue:
    """How far the lessons are, in all and by team; what speaks for further ones."""
    today, store = local_day(rollout_id, utc_now()), current_app.extensions["implement_store"]
    rows = lessons.list_lessons(rollout_id)
    ends = registries().first_deals
    return render_template(
        "pilot/training/overview.html",
        found=overview.read_training(rollout_id, today),
        weak=overview.find_weak(rollout_id),
        without=by_link.find_without_account(rollout_id),
        texts={row.id: lessons.read_text(row, language()) for row in rows},
        wanted=find_wanted(rollout_id, {row.function for row in rows}),
        functions=list_functions(rollout_id, language()),
        first_deal=overview.measure_first_deal(rollout_id, ends, store=store, today=today),
        page=training_page,
    )


@pages.post("/links")
@requires(Permission.RUN_TRAINING)
def send_links(rollout_id: int) -> ResponseReturnValue:
    """Send a link of their own to everybody who learns without an account, once a day."""
    company = company_name(get_rollout(rollout_id))
    sent = by_link.send_links(rollout_id, training_page.write_link_mail(company), by=current_user, now=utc_now())
    db.session.commit()
    flash(_n("One link is on its way.", "%(num)d links are on their way.", sent), "success")
    return redirect(url_for(".show_training", rollout_id=rollout_id))


@pages.get("/late")
@requires(Permission.RUN_TRAINING)
def list_late(rollout_id: int) -> ResponseReturnValue:
    """Who is late, as this reader may see people; each was reminded by mail once."""
    found = overview.list_late(standing(), local_day(rollout_id, utc_now()))
    titles = lessons.titles_of(lessons.list_lessons(rollout_id), language())
    names = name_late_learners(rollout_id, found.rows)
    return render_template("pilot/training/late.html", found=found, titles=titles, names=names, page=training_page)


@pages.get("/lessons")
@requires(Permission.RUN_TRAINING)
def list_lessons(rollout_id: int) -> ResponseReturnValue:
    """The lessons in use, and those of the product that are not."""
    rows, untaken = lessons.list_lessons(rollout_id), lessons.list_untaken(rollout_id)
    form = TakeOverForm(keys=[one.id for one in untaken]).offer(untaken, lessons.list_roles(rollout_id))
    return render_template(
        "pilot/training/lessons.html",
        rows=rows,
        titles=lessons.titles_of(rows, language()),
        functions=list_functions(rollout_id, language()),
        form=form if untaken else None,
    )


@pages.post("/lessons/take-over")
@requires(Permission.RUN_TRAINING)
def take_over(rollout_id: int) -> ResponseReturnValue:
    """Use lessons of the product; everybody whom they are for is enrolled at once."""
    form = TakeOverForm().offer(lessons.list_untaken(rollout_id), lessons.list_roles(rollout_id))
    if not form.validate_on_submit():
        return redirect(url_for(".list_lessons", rollout_id=rollout_id))
    now = utc_now()
    count = lessons.take_over(rollout_id, form.keys.data, for_role=form.for_role.data, by=current_user, now=now)
    enrolling.enrol(rollout_id, by=current_user, now=now)
    db.session.commit()
    flash(_n("One lesson is in use now.", "%(num)d lessons are in use now.", count), "success")
    return redirect(url_for(".list_lessons", rollout_id=rollout_id))


@pages.route("/lessons/new", methods=["GET", "POST"])
@requires(Permission.RUN_TRAINING)
def add_lesson(rollout_id: int) -> ResponseReturnValue:
    """Write a lesson of one's own."""
    form = LessonForm().offer(list_functions(rollout_id, language()), lessons.list_roles(rollout_id))
    if not form.validate_on_submit():
        return render_template("pilot/training/write.html", form=form, row=None), 422 if form.is_submitted() else 200
    row = lessons.add_lesson(rollout_id, form.said(), by=current_user, now=utc_now())
    return _keep(rollout_id, row.id, form)


@pages.route("/lessons/<int:lesson_id>", methods=["GET", "POST"])
@requires(Permission.RUN_TRAINING)
def change_lesson(rollout_id: int, lesson_id: int) -> ResponseReturnValue:
    """Change a lesson."""
    row = lessons.get_lesson(rollout_id, lesson_id)
    form = LessonForm().offer(list_functions(rollout_id, language()), lessons.list_roles(rollout_id), row)
    said = lessons.read_text(row, language())
    if form.validate_on_submit():
        lessons.change_lesson(row, form.said(), version=form.version.data, by=current_user, now=utc_now())
        return _keep(rollout_id, row.id, form)
    if not form.is_submitted():
        form.fill(row, said)
    shown = {"form": form, "row": row, "said": said}
    return render_template("pilot/training/write.html", **shown), 422 if form.is_submitted() else 200


@pages.post("/lessons/<int:lesson_id>/<any(remove, restore):action>")
@requires(Permission.RUN_TRAINING)
def remove_lesson(rollout_id: int, lesson_id: int, action: str) -> ResponseReturnValue:
    """Take a lesson out of use, or put it back."""
    row = lessons.get_lesson(rollout_id, lesson_id)
    lessons.remove_lesson(row, is_back=is_put_back(), by=current_user, now=utc_now())
    db.session.commit()
    tell_removed(_("The lesson is out of use; what was learned stays."))
    return redirect(url_for(".list_lessons", rollout_id=rollout_id))


@pages.route("/shown", methods=["GET", "POST"])
@requires(Permission.RUN_TRAINING)
def show_functions(rollout_id: int) -> ResponseReturnValue:
    """Which function was shown to which team when, and which nobody has shown yet."""
    functions, today = list_functions(rollout_id, language()), local_day(rollout_id, utc_now())
    functions.pop(OTHER)
    _sizes, teams = size_teams(rollout_id)
    form = ShowingForm(shown_on=today).offer(functions, teams)
    if form.validate_on_submit():
        said = {"on": form.shown_on.data, "today": today, "by": current_user, "now": utc_now()}
        overview.show_function(rollout_id, form.team_id.data, form.function.data, **said)
        db.session.commit()
        return redirect(url_for(".show_functions", rollout_id=rollout_id))
    shown = {"form": form, "functions": functions, "teams": teams, "page": training_page}
    return render_template("pilot/training/shown.html", showings=overview.list_showings(rollout_id), **shown)


def _keep(rollout_id: int, lesson_id: int, form: LessonForm) -> ResponseReturnValue:
    """Keep the video with the lesson, and enrol whom it is for."""
    row = lessons.get_lesson(rollout_id, lesson_id)
    now, store, file = utc_now(), current_app.extensions["implement_store"], form.video.data
    if file is not None:
        lessons.keep_video(row, file.stream, file.filename or "", store=store, by=current_user, now=now)
    enrolling.enrol(row.rollout_id, by=current_user, now=now)
    db.session.commit()
    return redirect(url_for(".list_lessons", rollout_id=row.rollout_id))
