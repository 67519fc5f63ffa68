"""The reader's language and theme, chosen in the top bar and kept by this browser and, when known, with the person."""

from collections.abc import Callable

from flask import Blueprint, Flask, Response, current_app, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from implement.web.access import public
from implement.web.texts import LANGUAGES

CHOICES = {"language": tuple(LANGUAGES), "theme": ("auto", "light", "dark")}
ONE_YEAR = 365 * 24 * 3600
KEEPER = "implement_preference_keeper"

preferences = Blueprint("preferences", __name__)


def init_app(app: Flask, keep: Callable[[str, str], None] | None = None) -> None:
    """Register the choice; `keep(name, value)` writes and commits it for the person who is logged in."""
    app.register_blueprint(preferences)
    app.extensions[KEEPER] = keep


@preferences.post("/preferences")
@public
def choose() -> AnyResponse:
    """Keep a chosen language or theme and return to the page."""
    answer = redirect(own_path(request.form.get("next", "")), code=303)
    for name, allowed in CHOICES.items():
        wish = request.form.get(name)
        if wish in allowed:
            _keep_choice(answer, name, str(wish))
    return answer


def own_path(wanted: str) -> str:
    """The wanted path when it stays in this application, else the hall; other hosts are never followed."""
    plain = wanted.replace("\\", "/")
    is_own = plain.startswith("/") and not plain.startswith("//") and plain.isprintable()
    return wanted.rstrip("?") if is_own else "/"


def _keep_choice(answer: Response | AnyResponse, name: str, wish: str) -> None:
    secure = bool(current_app.config.get("SESSION_COOKIE_SECURE"))
    answer.set_cookie(name, wish, max_age=ONE_YEAR, samesite="Lax", secure=secure, httponly=True)
    keep = current_app.extensions.get(KEEPER)
    if keep is not None:
        keep(name, wish)
