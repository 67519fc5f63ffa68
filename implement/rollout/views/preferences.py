"""Choose language and theme, for one's account when logged in, for this browser otherwise."""

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from implement.db import db, utc_now
from implement.rollout.service import accounts as service
from implement.web.access import public
from implement.web.texts import LANGUAGES
from implement.web.ways import is_inside

pages = Blueprint("preferences", __name__, url_prefix="/preferences")

THEMES = ("auto", "light", "dark")
YEAR_SECONDS = 365 * 24 * 3600


@pages.post("")
@public
def choose() -> ResponseReturnValue:
    """Keep the choice and go back to the page it was made on."""
    chosen = {
        "language": request.form.get("language") if request.form.get("language") in LANGUAGES else None,
        "theme": request.form.get("theme") if request.form.get("theme") in THEMES else None,
    }
    back = request.form.get("next", "/")
    response = redirect(back if is_inside(back) else "/")
    for name, value in chosen.items():
        if value:
            response.set_cookie(name, value, max_age=YEAR_SECONDS, samesite="Lax", httponly=True)
    if current_user.is_authenticated:
        service.choose_face(current_user, **chosen, now=utc_now())
        db.session.commit()
    return response
