"""Whatever the log can say was done is said in the reader's language."""

import pytest
from flask import Flask

from implement.rollout.registries import Registries
from tests.house.actions import Services, UnreadableName, list_subjects
from tests.house.source import Module, read_modules

MADE_UP = "implement.rollout.service.made_up"
FORWARDED = """
def grow(row): _note("grow_tree" if row else "plant_tree")
def fell(): _note(action="fell_tree")
def _note(action): log_write(action, "tree:1")
"""
BUILT = """
OAK, FIR = "oak", "fir"
def grow(): _note(OAK)
def fell():
    action = f"fell_{FIR}"
    log_write(action, "tree:1")
def _note(kind): log_write(f"grow_{kind}", "tree:1")
"""
BARE = 'def restore(): return {"action": "restore", "previous_hash": ""}'


def test_every_action_has_a_label_and_every_label_an_action(app: Flask) -> None:
    registries: Registries = app.extensions["implement_registries"]
    assert set(registries.action_labels) == Services(read_modules()).list_actions()


@pytest.mark.parametrize(
    ("text", "actions"),
    [
        ('def grow(): log_write("grow_tree", "tree:1")', {"grow_tree"}),
        (FORWARDED, {"grow_tree", "plant_tree", "fell_tree"}),
        (BUILT, {"grow_oak", "fell_fir"}),
        (BARE, {"restore"}),
    ],
)
def test_a_name_is_found_however_it_comes_about(text: str, actions: set[str]) -> None:
    assert Services([Module(MADE_UP, text)]).list_actions() == actions


def test_a_name_that_cannot_be_followed_is_told() -> None:
    with pytest.raises(UnreadableName):
        Services([Module(MADE_UP, 'def grow(): log_write(choose(), "tree:1")')]).list_actions()


def test_every_thing_the_log_names_in_place_has_a_label(app: Flask) -> None:
    registries: Registries = app.extensions["implement_registries"]
    assert list_subjects(read_modules()) <= set(registries.subject_labels)


@pytest.mark.parametrize(
    "text", ['log_write("grow", f"tree:{row.id}")', 'def subject_of(row): return f"tree:{row.id}"']
)
def test_a_thing_is_found_where_it_is_written(text: str) -> None:
    assert list_subjects([Module(MADE_UP, text)]) == {"tree"}


def test_an_action_is_labelled_once() -> None:
    registries = Registries()
    registries.add_action_labels({"grow_tree": "Tree grown"})
    with pytest.raises(ValueError, match="grow_tree"):
        registries.add_action_labels({"grow_tree": "Tree planted"})
