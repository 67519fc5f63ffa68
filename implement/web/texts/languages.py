"""Which language and time zone a request speaks."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from flask import Flask, current_app, has_request_context, request
from flask_babel import Babel, force_locale, get_locale
from flask_login import current_user
from jinja2 import pass_context
from jinja2.runtime import Context

from implement.web.texts import formats
from implement.web.texts.translations import HouseTexts, _n

LANGUAGES = {"en": "English", "de": "Deutsch", "pl": "Polski", "ru": "Русский"}

FILTERS: dict[str, Callable[..., str]] = {
    "day": formats.day,
    "instant": formats.instant,
    "month": formats.month,
    "number": formats.number,
    "share": formats.share,
    "money": formats.money,
    "plain_money": formats.plain_money,
    "rounded_money": formats.rounded_money,
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
    app.jinja_env.filters.update({name: _per_request(write) for name, write in FILTERS.items()})
    app.jinja_env.globals.update(_n=_n)
    app.context_processor(lambda: {"languages": LANGUAGES, "language": language(), "theme": choose_theme()})


def _per_request(write: Callable[..., str]) -> Callable[..., str]:
    """Keep Jinja from writing a constant once and for all in the language of the first reader."""

    @pass_context
    def written(_context: Context, *values: object, **options: object) -> str:
        return write(*values, **options)

    return written


def choose_language() -> str:
    """The person's own choice, else this browser's, else the first it asks for that we speak."""
    if not has_request_context():
        return "en"
    for wish in _wishes("language"):
        if wish in LANGUAGES:
            return str(wish)
    return request.accept_languages.best_match(list(LANGUAGES), default="en") or "en"


def choose_theme() -> str:
    """The person's own choice, else this browser's, else whatever the device says."""
    wishes = _wishes("theme") if has_request_context() else []
    return next((str(wish) for wish in wishes if wish in ("auto", "light", "dark")), "auto")


def _wishes(name: str) -> list[object]:
    """What the person chose in their account and what this browser keeps, in this order."""
    person = current_user if hasattr(current_app, "login_manager") else None
    return [getattr(person, name, None), request.cookies.get(name)]


def language() -> str:
    """The language in effect: en, de, pl or ru."""
    locale = get_locale()
    return str(locale.language) if locale else "en"


@contextmanager
def in_language(wanted: str) -> Iterator[None]:
    """Speak another language for a while: a mail to somebody, a printed report."""
    with force_locale(wanted):
        yield
