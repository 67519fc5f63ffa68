"""The baseline: figures frozen before the CRM, and the diary that tells how many hours routine takes."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from wtforms.fields.choices import SelectChoice

from implement.db import db, utc_now
from implement.rollout.service.rollouts import get_rollout, local_day
from implement.stages.audit import baseline_page
from implement.stages.audit.forms.diary import DiaryForm, LostLinkForm
from implement.stages.audit.service import baseline as service
from implement.stages.audit.service import diary as diaries
from implement.stages.audit.service import diary_links
from implement.stages.audit.tables import Diary
from implement.web.access import Permission, requires
from implement.web.texts import _, _n

pages = Blueprint("audit_baseline", __name__, url_prefix="/rollouts/<int:rollout_id>/audit/baseline")


@pages.get("")
@requires(Permission.SEE_AUDIT)
def show_baseline(rollout_id: int) -> ResponseReturnValue:
    """What is frozen, what is known and can be frozen, what is still missing."""
    return _show(rollout_id, DiaryForm(first_day=local_day(rollout_id, utc_now())))


@pages.post(f"/<any({', '.join(service.MEASURES)}):measure>/freeze")
@requires(Permission.FREEZE_BASELINE)
def freeze_measure(rollout_id: int, measure: str) -> ResponseReturnValue:
    """Freeze a figure with one's name and the day."""
    service.freeze(rollout_id, measure, by=current_user, now=utc_now())
    db.session.commit()
    flash(_("The baseline is frozen with your name and the day."), "success")
    return redirect(url_for(".show_baseline", rollout_id=rollout_id))


@pages.post("/freeze")
@requires(Permission.FREEZE_BASELINE)
def freeze_known(rollout_id: int) -> ResponseReturnValue:
    """Freeze every figure that is known, with one's name and the day."""
    count = service.freeze_known(rollout_id, by=current_user, now=utc_now())
    db.session.commit()
    frozen = _n("One figure is frozen with your name and day.", "%(num)d figures are frozen with your name and day.",
                count)  # fmt: skip
    flash(frozen, "success")
    return redirect(url_for(".show_baseline", rollout_id=rollout_id))


@pages.post("/diary")
@requires(Permission.RUN_AUDIT)
def open_diary(rollout_id: int) -> ResponseReturnValue:
    """Open a diary and show its links, once."""
    form, now = DiaryForm(), utc_now()
    if not form.validate_on_submit():
        return _show(rollout_id, form), 422
    terms = {"first_day": form.first_day.data, "days": form.days.data, "by": current_user, "now": now}
    row, tokens = diaries.open_diary(rollout_id, form.read, addresses=form.to_remind, **terms)
    db.session.commit()
    links = {group: list(enumerate(map(_link_of, found), start=1)) for group, found in tokens.items()}
    return render_template("audit/diary_links.html", diary=row, links=links)


@pages.post("/diary/links")
@requires(Permission.RUN_AUDIT)
def replace_link(rollout_id: int) -> ResponseReturnValue:
    """Make a lost link anew; the old one works no more, its days stay."""
    row = diaries.get_open(rollout_id)
    form = _lost_link_form(row)
    if not form.validate_on_submit():
        return _show(rollout_id, DiaryForm(), lost=form), 422
    group, number = form.group.data, int(form.number.data or 0)
    token = diary_links.replace_link(row, group, number, by=current_user, now=utc_now())
    db.session.commit()
    return render_template("audit/diary_links.html", diary=row, links={group: [(number, _link_of(token))]})


@pages.post("/diary/reminders")
@requires(Permission.RUN_AUDIT)
def remind_everybody(rollout_id: int) -> ResponseReturnValue:
    """Remind everybody of the diary, at most once a day."""
    sent = diary_links.remind_everybody(
        diaries.get_open(rollout_id), baseline_page.write_reminder, by=current_user, now=utc_now()
    )
    db.session.commit()
    said = _n("One reminder is on its way.", "%(num)d reminders are on their way.", sent)
    flash(said if sent else _("Everybody was reminded today already."), "success")
    return redirect(url_for(".show_baseline", rollout_id=rollout_id))


@pages.post("/diary/close")
@requires(Permission.RUN_AUDIT)
def close_diary(rollout_id: int) -> ResponseReturnValue:
    """Close the diary and show its sums."""
    diaries.close_diary(diaries.get_open(rollout_id), by=current_user, now=utc_now())
    db.session.commit()
    flash(_("The diary is closed; its single days are destroyed."), "success")
    return redirect(url_for(".show_baseline", rollout_id=rollout_id))


def _link_of(token: str) -> str:
    return url_for("audit_diary.show_day", token=token, _external=True)


def _lost_link_form(row: Diary) -> LostLinkForm:
    form = LostLinkForm()
    form.group.choices = [SelectChoice(group, group) for group in row.seats]
    return form


def _show(rollout_id: int, form: DiaryForm, lost: LostLinkForm | None = None) -> str:
    frozen, known = service.list_frozen(rollout_id), service.list_known(rollout_id)
    diary, closed = diaries.find_open(rollout_id), diaries.find_closed(rollout_id)
    results = diaries.read_results(closed)
    return render_template(
        "audit/baseline.html",
        page=baseline_page,
        measures=[(name, frozen.get(name), known.get(name)) for name in service.MEASURES],
        frozen=len(frozen),
        known_figures=known,
        waiting=baseline_page.count_waiting(known, frozen),
        diary=diary,
        written=diaries.count_written(diary) if diary else (0, 0),
        closed=closed,
        results=results,
        picture=baseline_page.draw_routine(results),
        form=form,
        lost=lost or (_lost_link_form(diary) if diary else None),
        currency=get_rollout(rollout_id).currency,
    )
