"""The baseline: figures frozen before the CRM, and the diary that tells how many hours routine takes."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from implement.db import db, utc_now
from implement.rollout.service.rollouts import get_rollout
from implement.stages.audit import baseline_page
from implement.stages.audit.forms.diary import DiaryForm
from implement.stages.audit.service import baseline as service
from implement.stages.audit.service import diary as diaries
from implement.web.access import Permission, requires
from implement.web.texts import _

pages = Blueprint("audit_baseline", __name__, url_prefix="/rollouts/<int:rollout_id>/audit/baseline")


@pages.get("")
@requires(Permission.SEE_AUDIT)
def show_baseline(rollout_id: int) -> ResponseReturnValue:
    """What is frozen, what is known and can be frozen, what is still missing."""
    return _show(rollout_id, DiaryForm(first_day=utc_now().date()))


@pages.post(f"/<any({', '.join(service.MEASURES)}):measure>/freeze")
@requires(Permission.FREEZE_BASELINE)
def freeze_measure(rollout_id: int, measure: str) -> ResponseReturnValue:
    """Freeze a figure with one's name and the day."""
    service.freeze(rollout_id, measure, by=current_user, now=utc_now())
    db.session.commit()
    flash(_("The baseline is frozen with your name and the day."), "success")
    return redirect(url_for(".show_baseline", rollout_id=rollout_id))


@pages.post("/diary")
@requires(Permission.RUN_AUDIT)
def open_diary(rollout_id: int) -> ResponseReturnValue:
    """Open a diary and show its links, once."""
    form, now = DiaryForm(), utc_now()
    if not form.validate_on_submit():
        return _show(rollout_id, form), 422
    terms = {"first_day": form.first_day.data, "days": form.days.data, "by": current_user, "now": now}
    row, tokens = diaries.open_diary(rollout_id, form.read, **terms)
    db.session.commit()
    links = {
        group: [url_for("audit_diary.show_day", token=token, _external=True) for token in found]
        for group, found in tokens.items()
    }
    return render_template("audit/diary_links.html", diary=row, links=links)


@pages.post("/diary/close")
@requires(Permission.RUN_AUDIT)
def close_diary(rollout_id: int) -> ResponseReturnValue:
    """Close the diary and show its sums."""
    diaries.close_diary(diaries.get_open(rollout_id), by=current_user, now=utc_now())
    db.session.commit()
    flash(_("The diary is closed; its single days are destroyed."), "success")
    return redirect(url_for(".show_baseline", rollout_id=rollout_id))


def _show(rollout_id: int, form: DiaryForm) -> str:
    frozen, known = service.list_frozen(rollout_id), service.list_known(rollout_id)
    diary, closed = diaries.find_open(rollout_id), diaries.find_closed(rollout_id)
    results = diaries.read_results(closed)
    return render_template(
        "audit/baseline.html",
        page=baseline_page,
        measures=[(name, frozen.get(name), known.get(name)) for name in service.MEASURES],
        frozen=len(frozen),
        diary=diary,
        written=diaries.count_written(diary) if diary else (0, 0),
        closed=closed,
        results=results,
        picture=baseline_page.draw_routine(results),
        form=form,
        currency=get_rollout(rollout_id).currency,
    )
