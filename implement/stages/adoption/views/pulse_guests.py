"""The pulse survey answered by a link, without an account."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from implement.db import utc_now
from implement.stages.adoption.service.ballots import find_guest
from implement.stages.adoption.views.pulse import take_answers
from implement.web.access import public
from implement.web.private_pages import keep_private

pages = Blueprint("pulse_answers", __name__, url_prefix="/pulse/<string:token>")
pages.after_request(keep_private)


@pages.route("", methods=["GET", "POST"])
@public
def answer_by_link(token: str) -> ResponseReturnValue:
    """The statements, and the thanks. Whether this person has answered is not told: somebody else may hold the link."""
    return take_answers(find_guest(token, now=utc_now()))
