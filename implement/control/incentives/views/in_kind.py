"""Rewards in kind: one's own ledger, what is due to the people one leads, rules, grants."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from implement.control.incentives import in_kind_page
from implement.control.incentives.forms import GrantForm, RewardRuleForm
from implement.control.incentives.service import in_kind as service
from implement.control.incentives.service import reward_rules
from implement.control.incentives.views.room import pages
from implement.db import db, utc_now, writing
from implement.rollout.service.privacy import PeopleView, log_look
from implement.rollout.service.rollouts import local_day
from implement.web.access import Permission, requires, standing
from implement.web.texts import _


@pages.get("/in-kind")
@requires(Permission.SEE_REWARDS)
def show_in_kind(rollout_id: int) -> ResponseReturnValue:
    """What is due to oneself and to the people one leads; each look at a name is written down."""
    shown = in_kind_page.describe(standing(), utc_now())
    _note_looks(rollout_id, shown["lines"])
    return render_template("incentives/in_kind.html", **shown, form=RewardRuleForm())


@pages.get("/in-kind/mine")
@requires(Permission.SEE_REWARDS)
def show_own_rewards(rollout_id: int) -> ResponseReturnValue:
    """One's own ledger: what was earned, granted by whom and when."""
    person_id = standing().person_id
    if person_id is None:
        abort(404)
    ledgers, grants = service.read_ledgers(rollout_id, {person_id}), service.list_grants(rollout_id, person_id)
    answer = in_kind_page.say_own(ledgers) if ledgers else _("No reward in kind is offered yet.")
    return render_template("incentives/own_rewards.html", answer=answer, ledgers=ledgers, grants=grants)


@pages.post("/in-kind/rules")
@requires(Permission.KEEP_REWARD_RULES)
def begin_rule(rollout_id: int) -> ResponseReturnValue:
    """Let so many well-kept records be worth a reward."""
    form = RewardRuleForm()
    if not form.validate_on_submit():
        shown = in_kind_page.describe(standing(), utc_now())
        return render_template("incentives/in_kind.html", **shown, form=form), 422
    typed = {name: form[name].data for name in ("reward", "records_per_reward", "starts_on")}
    reward_rules.begin_rule(rollout_id, **typed, by=current_user, now=utc_now())
    db.session.commit()
    return redirect(url_for("incentives.show_in_kind", rollout_id=rollout_id))


@pages.post("/in-kind/rules/<int:rule_id>/end")
@requires(Permission.KEEP_REWARD_RULES)
def end_rule(rollout_id: int, rule_id: int) -> ResponseReturnValue:
    """Let a rule end today; what was earned stays due."""
    reward_rules.end_rule(rollout_id, rule_id, by=current_user, now=utc_now(), today=local_day(rollout_id, utc_now()))
    db.session.commit()
    return redirect(url_for("incentives.show_in_kind", rollout_id=rollout_id))


@pages.post("/in-kind/rules/<int:rule_id>/claim")
@requires(Permission.CLAIM_REWARD)
def claim_reward(rollout_id: int, rule_id: int) -> ResponseReturnValue:
    """Ask for one's own reward; whoever leads then reads the name."""
    person_id = standing().person_id
    if person_id is None:
        abort(404)
    service.claim(rollout_id, rule_id, person_id, by=current_user, now=utc_now())
    db.session.commit()
    flash(_("Asked for. Whoever leads your team sees your name and can grant it."), "success")
    return redirect(url_for("incentives.show_own_rewards", rollout_id=rollout_id))


@pages.post("/in-kind/rules/<int:rule_id>/people/<int:person_id>")
@requires(Permission.GRANT_REWARDS)
def grant_reward(rollout_id: int, rule_id: int, person_id: int) -> ResponseReturnValue:
    """Hand rewards out, or take back what was granted by mistake."""
    form = GrantForm()
    if form.validate_on_submit():
        said = {"reason": form.reason.data or "", "by": current_user, "now": utc_now()}
        service.grant(standing(), rule_id, person_id, int(form.reward_count.data or 0), **said)
        db.session.commit()
        flash(_("Granted; it stands in the person's own ledger."), "success")
    else:
        flash(_("Please write a whole number; nothing was changed."), "error")
    return redirect(url_for("incentives.show_in_kind", rollout_id=rollout_id))


def _note_looks(rollout_id: int, lines: object) -> None:
    """Write down who is shown by name, in a transaction of its own."""
    assert isinstance(lines, list)
    named = [line.ledger.person_id for line in lines if line.view is PeopleView.NAMED]
    if named:
        db.session.rollback()
        with writing():
            for person_id in dict.fromkeys(named):
                look = {"view": PeopleView.NAMED, "page": "incentives.in_kind", "by": current_user, "now": utc_now()}
                log_look(rollout_id, person_id, **look)
            db.session.commit()
