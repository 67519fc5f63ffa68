"""Reductions: written down on a listed ground, the person heard, decided by a second person. Rules tried out."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from implement.control.incentives import reduction_page
from implement.control.incentives.forms.reductions import HearForm, MonthForm, ReductionForm
from implement.control.incentives.service import reducing as service
from implement.control.incentives.service import rules
from implement.control.incentives.views.room import pages
from implement.db import db, utc_now
from implement.rollout.service.rollouts import local_day
from implement.web.access import Permission, requires, standing
from implement.web.texts import _


@pages.get("/reductions")
@requires(Permission.AGREE_PAY)
def list_reductions(rollout_id: int) -> ResponseReturnValue:
    """Everything that was written down."""
    form = reduction_page.offer_choices(ReductionForm(formdata=None), rollout_id, utc_now())
    return render_template("incentives/reductions.html", **reduction_page.describe_reductions(standing()), form=form)


@pages.post("/reductions")
@requires(Permission.AGREE_PAY)
def note_reduction(rollout_id: int) -> ResponseReturnValue:
    """Write down that something happened."""
    now = utc_now()
    form = reduction_page.offer_choices(ReductionForm(), rollout_id, now)
    if not form.validate_on_submit():
        shown = reduction_page.describe_reductions(standing())
        return render_template("incentives/reductions.html", **shown, form=form), 422
    said = {"happened_at": reduction_page.noon_of(rollout_id, form.day.data), "note": form.note.data}
    said |= {"sanctioned_on": form.sanction_day.data, "by": current_user, "now": now}
    service.note_reduction(rollout_id, form.person_id.data, form.ground.data, **said)
    db.session.commit()
    flash(_("Written down. The person is heard before anybody decides."), "success")
    return redirect(url_for("incentives.list_reductions", rollout_id=rollout_id))


@pages.post("/reductions/<int:reduction_id>/hear")
@requires(Permission.OBJECT_TO_PAY)
def hear(rollout_id: int, reduction_id: int) -> ResponseReturnValue:
    """Say what one has to say to it."""
    form, found = HearForm(), service.get_reduction(standing(), reduction_id, sees_all=False)
    service.hear(standing(), found, form.said.data or "", by=current_user, now=utc_now())
    db.session.commit()
    return redirect(url_for("incentives.show_own_pay", rollout_id=rollout_id))


@pages.post("/reductions/<int:reduction_id>/<any(approve,withdraw):what>")
@requires(Permission.AGREE_PAY)
def decide_reduction(rollout_id: int, reduction_id: int, what: str) -> ResponseReturnValue:
    """Let it count, as a second person, or let it go."""
    found = service.get_reduction(standing(), reduction_id, sees_all=True)
    decide = service.approve_reduction if what == "approve" else service.withdraw_reduction
    decide(found, by=current_user, now=utc_now())
    db.session.commit()
    return redirect(url_for("incentives.list_reductions", rollout_id=rollout_id))


@pages.get("/rules/<int:version_id>/simulation")
@requires(Permission.WRITE_PAY_RULES)
def simulate_rule(rollout_id: int, version_id: int) -> ResponseReturnValue:
    """A rule tried out on a past month: winners and losers, before it is released."""
    rule, version = rules.get_version(rollout_id, version_id)
    today = local_day(rollout_id, utc_now())
    form = reduction_page.offer_months(MonthForm(request.args, meta={"csrf": False}), today)
    form.month.data = form.month.data or str(form.month.choices[0].value)
    shown = {"rule": rule, "version": version, "answer": _("Try the rule out on a month that is over."), "found": None}
    if "month" in request.args and form.validate():
        shown = reduction_page.describe_simulation(rule, version, form.month.data, standing(), today)
    return render_template("incentives/try_out.html", **shown, form=form)
