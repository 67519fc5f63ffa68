"""The desk alone: an application with texts, forms and templates, but no room and no database."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from flask import Blueprint, Flask, render_template_string

from implement.web import forms, texts

ROOT = Path(__file__).parent.parent.parent
SpeaksLanguage = Callable[..., AbstractContextManager[None]]


def build_desk() -> Flask:
    """An application with nothing but the desk."""
    desk = Flask("implement", template_folder=str(ROOT / "templates"), static_folder=str(ROOT / "implement/web/static"))
    desk.config.update(SECRET_KEY="desk", TESTING=True, WTF_CSRF_ENABLED=False, BABEL_DEFAULT_TIMEZONE="Europe/Berlin")
    texts.init_app(desk)
    forms.init_app(desk)
    preferences = Blueprint("preferences", __name__)
    preferences.add_url_rule("/preferences", "choose", lambda: "", methods=["POST"])
    desk.register_blueprint(preferences)
    return desk


@pytest.fixture(scope="session")
def desk() -> Flask:
    """The desk, built once."""
    return build_desk()


@pytest.fixture
def speaking(desk: Flask) -> SpeaksLanguage:
    """A request in a language: `with speaking("de"): …`."""

    @contextmanager
    def speak(language: str, **request: object) -> Iterator[None]:
        with desk.test_request_context(**request), texts.in_language(language):
            yield

    return speak


@pytest.fixture
def english(speaking: SpeaksLanguage) -> Iterator[None]:
    """A request in English."""
    with speaking("en"):
        yield


@pytest.fixture
def render(english: None) -> Callable[..., str]:
    """A template text with the macros of the house, in English."""
    return render_template_string
