"""The book of sales: search it, read a page with its versions, write one, say that a script was used."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from implement.db import db, utc_now
from implement.rollout.service.rollouts import local_day
from implement.rollout.service.usage import list_staff
from implement.stages.pilot import support_page
from implement.stages.pilot.forms.support import PageForm
from implement.stages.pilot.service.functions import list_functions
from implement.stages.pilot.service.support import book
from implement.web.access import Permission, requires, standing
from implement.web.notes import is_put_back, tell_removed
from implement.web.texts import _, language

pages = Blueprint("pilot_book", __name__, url_prefix="/rollouts/<int:rollout_id>/pilot/book")


@pages.get("")
@requires(Permission.ASK_QUESTIONS)
def search(rollout_id: int) -> ResponseReturnValue:
    """Pages that hold the words, whatever their endings."""
    asked, kind = request.args.get("find", "")[:200], request.args.get("kind", "")
    return render_template(
        "pilot/support/book.html",
        rows=book.search(rollout_id, asked, kind=kind),
        asked=asked,
        kind=kind,
        uses=book.count_uses(rollout_id, local_day(rollout_id, utc_now())),
        functions=list_functions(rollout_id, language()),
        page=support_page,
    )


@pages.get("/<int:entry_id>")
@requires(Permission.ASK_QUESTIONS)
def show_page(rollout_id: int, entry_id: int) -> ResponseReturnValue:
    """One page with its versions, and which team uses it."""
    row, today = book.get_entry(rollout_id, entry_id), local_day(rollout_id, utc_now())
    return render_template(
        "pilot/support/page.html",
        row=row,
        versions=book.list_versions(row),
        uses=book.list_uses(row, today) if row.kind == "script" else [],
        functions=list_functions(rollout_id, language()),
        is_staff=standing().person_id is not None,
        page=support_page,
    )


@pages.post("/<int:entry_id>/used")
@requires(Permission.ASK_QUESTIONS)
def note_use(rollout_id: int, entry_id: int) -> ResponseReturnValue:
    """I used this script: counted for the team, not for the person."""
    now, who = utc_now(), standing().person_id
    team_id = next((one.team_id for one in list_staff(rollout_id) if one.person_id == who), None)
    book.note_use(book.get_entry(rollout_id, entry_id), team_id, today=local_day(rollout_id, now), now=now)
    db.session.commit()
    flash(_("Counted for your team; your name is not kept."), "success")
    return redirect(url_for(".show_page", rollout_id=rollout_id, entry_id=entry_id))


@pages.route("/new", methods=["GET", "POST"])
@requires(Permission.ANSWER_QUESTIONS)
def add_page(rollout_id: int) -> ResponseReturnValue:
    """Write a page."""
    form = PageForm().offer(list_functions(rollout_id, language()))
    if not form.validate_on_submit():
        return render_template("pilot/support/write.html", form=form, row=None), 422 if form.is_submitted() else 200
    row = book.add_entry(rollout_id, form.said(), by=current_user, now=utc_now())
    db.session.commit()
    return redirect(url_for(".show_page", rollout_id=rollout_id, entry_id=row.id))


@pages.route("/<int:entry_id>/change", methods=["GET", "POST"])
@requires(Permission.ANSWER_QUESTIONS)
def change_page(rollout_id: int, entry_id: int) -> ResponseReturnValue:
    """Write the next version."""
    row = book.get_entry(rollout_id, entry_id)
    form = PageForm().offer(list_functions(rollout_id, language()))
    if form.validate_on_submit():
        book.change_entry(row, form.said(), version=form.version.data, by=current_user, now=utc_now())
        db.session.commit()
        return redirect(url_for(".show_page", rollout_id=rollout_id, entry_id=row.id))
    if not form.is_submitted():
        form.fill(row)
    return render_template("pilot/support/write.html", form=form, row=row), 422 if form.is_submitted() else 200


@pages.post("/<int:entry_id>/<any(remove, restore):action>")
@requires(Permission.ANSWER_QUESTIONS)
def remove_page(rollout_id: int, entry_id: int, action: str) -> ResponseReturnValue:
    """Take a page out of the book, or put it back."""
    book.remove_entry(book.get_entry(rollout_id, entry_id), is_back=is_put_back(), by=current_user, now=utc_now())
    db.session.commit()
    tell_removed(_("The page is out of the book."))
    return redirect(url_for(".search", rollout_id=rollout_id))
