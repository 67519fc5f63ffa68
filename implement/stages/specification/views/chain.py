"""The chain from finding to gate on one page, both ways; and the order of work."""

from flask import current_app, render_template, request
from flask.typing import ResponseReturnValue

from implement.db import utc_now
from implement.rollout.service.rollouts import local_day
from implement.rollout.stages import Stage
from implement.stages.specification import chain_page, requirements_page, structure_page
from implement.stages.specification.service.chain import read_chain
from implement.stages.specification.views.room import pages
from implement.web.access import Permission, requires


@pages.get("/chain")
@requires(Permission.SEE_SPECIFICATION)
def show_chain(rollout_id: int) -> ResponseReturnValue:
    """Finding, requirement, part of the CRM, test, gate: from the front, or from the back."""
    one = read_chain(rollout_id, current_app.extensions["implement_store"])
    is_backward = request.args.get("way") == "back"
    return render_template(
        "specification/chain.html",
        one=one,
        lines=chain_page.slice_chain(one, request.args, is_backward=is_backward),
        tests=chain_page.find_tests(rollout_id),
        gate=chain_page.find_gate(rollout_id, Stage.PILOT, local_day(rollout_id, utc_now())),
        is_backward=is_backward,
        page=chain_page,
        words=requirements_page,
    )


@pages.get("/order")
@requires(Permission.SEE_SPECIFICATION)
def show_order(rollout_id: int) -> ResponseReturnValue:
    """What is built first, what the short test tries, and what is transferred only then (M18, M19)."""
    one, today = read_chain(rollout_id, current_app.extensions["implement_store"]), local_day(rollout_id, utc_now())
    gates = [chain_page.find_gate(rollout_id, stage, today) for stage in chain_page.STATE_ORDER]
    tried = chain_page.find_tried(one)
    words = {"page": structure_page, "words": requirements_page}
    return render_template("specification/order.html", one=one, tried=tried, gates=gates, **words)
