"""The pages of the transfer room, by subject; `init_app` opens them."""

from flask import Flask

from implement.stages.transfer.registered import register
from implement.stages.transfer.views import (
    cases,
    comparisons,
    cutover,
    drift,
    files,
    findings,
    health,
    left_behind,
    mapping,
    money,
    repairs,
    runs,
    sign_off,
    sources,
)


def init_app(app: Flask) -> None:
    """Open the room: its pages, all of one blueprint, and what it tells the hall."""
    subjects = (
        cases,
        comparisons,
        cutover,
        drift,
        files,
        findings,
        health,
        left_behind,
        mapping,
        money,
        repairs,
        runs,
        sign_off,
        sources,
    )
    for pages in {subject.pages for subject in subjects}:
        app.register_blueprint(pages)
    register(app.extensions["implement_registries"])
