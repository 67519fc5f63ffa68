"""The pages of the pilot's room, by subject; `init_app` opens them and tells the hall of the room."""

from flask import Flask

from implement.stages.pilot import helping_in_hall, in_hall, remedies_carried
from implement.stages.pilot.views import (
    book,
    chains,
    changes,
    conflicts,
    exits,
    following,
    learning,
    learning_guests,
    rehearsals,
    room,
    support,
    tests,
    training,
    values,
    waves,
)


def init_app(app: Flask) -> None:
    """Open the room."""
    steering = (room, waves, tests, chains, rehearsals, following, exits)
    subjects = (*steering, learning, learning_guests, training, support, book, changes, conflicts, values)
    for pages in dict.fromkeys(subject.pages for subject in subjects):
        app.register_blueprint(pages)
    in_hall.register(app.extensions["implement_registries"])
    helping_in_hall.register(app.extensions["implement_registries"])
    remedies_carried.register(app.extensions["implement_registries"])
