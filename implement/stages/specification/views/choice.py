"""The choice of a CRM: comparison, needs, weights, one system, questions and demonstration, gains, the decision."""

from flask import Blueprint, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from implement.db import db, utc_now
from implement.rollout.service.rollouts import get_rollout, local_day
from implement.stages.specification import choice_page, cost_page
from implement.stages.specification.forms import choice as forms
from implement.stages.specification.service.answers import read_audit
from implement.stages.specification.service.choice import comparing, gains, needs, weights
from implement.stages.specification.service.choice.shelf import read_guide
from implement.stages.specification.service.cost.pricing import price_offers
from implement.web.access import Permission, requires
from implement.web.texts import _, _n

pages = Blueprint("specification_choice", __name__, url_prefix="/rollouts/<int:rollout_id>/specification/choice")


@pages.get("")
@requires(Permission.SEE_SPECIFICATION)
def compare_systems(rollout_id: int) -> ResponseReturnValue:
    """The systems in their order, what rules out, and what would turn the result."""
    comparison = comparing.compare_systems(rollout_id, current_app.extensions["implement_store"])
    return render_template(
        "specification/choice/comparison.html",
        comparison=comparison,
        decision=comparing.find_decision(rollout_id),
        form=forms.DecisionForm().offer(comparison.candidates),
        stale=choice_page.count_stale(comparison.candidates, local_day(rollout_id, utc_now())),
        page=choice_page,
        **_price(rollout_id),
    )


@pages.post("/decide")
@requires(Permission.WRITE_SPECIFICATION)
def decide(rollout_id: int) -> ResponseReturnValue:
    """Choose a system, with the reason."""
    store = current_app.extensions["implement_store"]
    comparison = comparing.compare_systems(rollout_id, store)
    form = forms.DecisionForm().offer(comparison.candidates)
    if form.validate_on_submit():
        chosen, reason = form.system.data, form.reason.data
        comparing.decide(rollout_id, chosen, reason, store, by=current_user, now=utc_now())
        db.session.commit()
        return redirect(url_for(".compare_systems", rollout_id=rollout_id))
    return render_template("specification/choice/decide.html", form=form, comparison=comparison), 422


@pages.route("/needs", methods=["GET", "POST"])
@requires(Permission.WRITE_SPECIFICATION)
def say_needs(rollout_id: int) -> ResponseReturnValue:
    """What the firm cannot do without; the audit's answers stand there to begin with."""
    store, guide = current_app.extensions["implement_store"], read_guide()
    known = needs.read_needs(rollout_id)
    form = forms.NeedsForm(obj=known or needs.propose_needs(read_audit(rollout_id, store))).offer(guide)
    if form.validate_on_submit():
        criteria = [one.id for one in guide.criteria]
        needs.say_needs(rollout_id, form.said(), criteria, by=current_user, now=utc_now())
        db.session.commit()
        return redirect(url_for(".compare_systems", rollout_id=rollout_id))
    return render_template("specification/choice/needs.html", form=form, is_new=known is None)


@pages.route("/weights", methods=["GET", "POST"])
@requires(Permission.WRITE_SPECIFICATION)
def set_weights(rollout_id: int) -> ResponseReturnValue:
    """Which criterion each requirement depends on, and weights by hand."""
    guide, required = read_guide(), weights.list_weighed(rollout_id)
    now_set = weights.read_weights(rollout_id, guide)
    form = forms.make_weights_form(required, now_set, guide)
    if form.validate_on_submit():
        by, now = current_user, utc_now()
        weights.assign_criteria(rollout_id, forms.read_criteria(form, required), guide, by=by, now=now)
        for key, (points, reason) in forms.read_points(form, now_set, guide).items():
            weights.set_weight(rollout_id, key, points, reason, guide, by=by, now=now)
        db.session.commit()
        return redirect(url_for(".compare_systems", rollout_id=rollout_id))
    known = {"form": form, "required": required, "guide": guide, "weights": now_set}
    return render_template("specification/choice/weights.html", **known)


@pages.get("/systems/<int:place>")
@requires(Permission.SEE_SPECIFICATION)
def show_system(rollout_id: int, place: int) -> ResponseReturnValue:
    """One system criterion by criterion, with the questions to its vendor and the demonstration."""
    store = current_app.extensions["implement_store"]
    comparison = comparing.compare_systems(rollout_id, store)
    return render_template(
        "specification/choice/system.html",
        comparison=comparison,
        one=comparison.candidate(place),
        required=weights.list_weighed(rollout_id),
        page=choice_page,
        **_price(rollout_id),
    )


@pages.route("/systems/<int:place>/levels", methods=["GET", "POST"])
@requires(Permission.WRITE_SPECIFICATION)
def say_levels(rollout_id: int, place: int) -> ResponseReturnValue:
    """What was found out of a system, each level with its evidence."""
    store, guide = current_app.extensions["implement_store"], read_guide()
    candidate = comparing.compare_systems(rollout_id, store).candidate(place)
    system = candidate.system
    form = forms.make_levels_form(guide.criteria, candidate)
    if form.validate_on_submit():
        said = forms.read_levels_form(form, guide.criteria)
        changed = comparing.say_levels(rollout_id, system, said, by=current_user, now=utc_now())
        db.session.commit()
        flash(_n("One level was changed.", "%(num)d levels were changed.", changed))
        return redirect(url_for(".show_system", rollout_id=rollout_id, place=place))
    return render_template("specification/choice/levels.html", form=form, system=system, place=place, guide=guide)


@pages.route("/gains", methods=["GET", "POST"])
@requires(Permission.WRITE_SPECIFICATION)
def expect_gains(rollout_id: int) -> ResponseReturnValue:
    """The gains that are expected, each with its measure."""
    guide, expected = read_guide(), gains.list_gains(rollout_id)
    form = forms.make_gains_form(guide.gains, expected)
    if form.validate_on_submit():
        for gain_id, said in forms.read_gains(form, guide.gains).items():
            if said is None:
                gains.drop_gain(rollout_id, gain_id, by=current_user, now=utc_now())
            elif said != expected.get(gain_id):
                gains.expect_gain(rollout_id, gain_id, said, by=current_user, now=utc_now())
        db.session.commit()
        flash(_("The expected gains were kept."))
        return redirect(url_for(".expect_gains", rollout_id=rollout_id))
    return render_template("specification/choice/gains.html", form=form, guide=guide, expected=expected)


def _price(rollout_id: int) -> dict[str, object]:
    """The offers beside the points, with the words for them."""
    today = local_day(rollout_id, utc_now())
    said = {"currency": get_rollout(rollout_id).currency, "today": today, "costs": cost_page}
    return {"pricing": price_offers(rollout_id), **said}
