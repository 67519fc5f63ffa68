"""Which language and time zone a request speaks."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from flask import Flask, current_app, has_request_context, request
from flask_babel import Babel, force_locale, get_locale
from flask_login import current_user

from implement.web.texts import formats
from implement.web.texts.translations import HouseTexts, _n

LANGUAGES = {"en": "English", "de": "Deutsch", "pl": "Polski", "ru": "Русский"}
COOKIE = "language"

FILTERS: dict[str, Callable[..., str]] = {
    "day": formats.day,
    "instant": formats.instant,
    "number": formats.number,
    "share": formats.share,
    "money": formats.money,
    "minutes": formats.minutes,
    "bytes_size": formats.bytes_size,
    "shown": formats.shown,
}


class HouseBabel(Babel):
    """Babel that reads the texts of the house."""

    domain_instance = HouseTexts()


def init_app(app: Flask, find_time_zone: Callable[[], str | None] | None = None) -> None:
    """Give the application its languages; the hall says which firm's time zone holds (else BABEL_DEFAULT_TIMEZONE)."""
    zone = find_time_zone or (lambda: None)
    HouseBabel().init_app(app, locale_selector=choose_language, timezone_selector=zone)
    app.jinja_env.filters.update(FILTERS)
    app.jinja_env.globals.update(_n=_n)
    app.context_processor(lambda: {"languages": LANGUAGES, "language": language(), "theme": choose_theme()})


def choose_language() -> str:
    """The person's own choice, else this browser's, else the first it asks for that we speak."""
    if not has_request_context():
        return "en"
    chosen = getattr(current_user, "language", None) if hasattr(current_app, "login_manager") else None
    for wish in (chosen, request.cookies.get(COOKIE)):
        if wish in LANGUAGES:
            return str(wish)
    return request.accept_languages.best_match(list(LANGUAGES), default="en") or "en"


def choose_theme() -> str:
    """Light, dark, or whatever the device says."""
    wish = request.cookies.get("theme") if has_request_context() else None
    return wish if wish in ("light", "dark") else "auto"


def language() -> str:
    """The language in effect: en, de, pl or ru."""
    locale = get_locale()
    return str(locale.language) if locale else "en"


@contextmanager
def in_language(wanted: str) -> Iterator[None]:
    """Speak another language for a while: a mail to somebody, a printed report."""
    with force_locale(wanted):
        yield
