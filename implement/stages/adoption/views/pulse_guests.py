"""The pulse survey answered by a link, without an account."""

from flask import Blueprint
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from implement.db import utc_now
from implement.stages.adoption.service.ballots import find_guest
from implement.stages.adoption.views.pulse import take_answers
from implement.web.access import public

pages = Blueprint("pulse_answers", __name__, url_prefix="/pulse/<string:token>")


@pages.after_request
def keep_private(response: Response) -> Response:
    """Let nothing of these pages be kept by a shared browser, nor be found by a search."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@pages.route("", methods=["GET", "POST"])
@public
def answer_by_link(token: str) -> ResponseReturnValue:
    """The statements, and the thanks. Whether this person has answered is not told: somebody else may hold the link."""
    return take_answers(find_guest(token, now=utc_now()))
