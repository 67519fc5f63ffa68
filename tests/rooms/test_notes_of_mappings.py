"""Why a mapping was proposed so is said in the reader's language, whatever the engine found."""

import ast
from pathlib import Path

import pytest
from flask import Flask
from flask_babel import force_locale

import implement.engine.mapping
from implement.stages.transfer.words import say_note

MODULES = sorted(Path(implement.engine.mapping.__file__).parent.rglob("*.py"))
TREES = [ast.parse(module.read_text(encoding="utf-8")) for module in MODULES]
WORDS = [word for tree in TREES for word in ast.walk(tree) if isinstance(word, ast.keyword)]
NOTES = {word.value.value for word in WORDS if word.arg == "note" and isinstance(word.value, ast.Constant)}


@pytest.mark.parametrize("locale", ["de", "pl", "ru"])
def test_each_note_of_the_engine_is_said_in_the_readers_language(app: Flask, locale: str) -> None:
    told = {note for note in NOTES if isinstance(note, str) and note} | {"held together: first + last = name"}
    assert len(told) > 4
    with app.test_request_context(), force_locale(locale):
        assert [note for note in sorted(told) if say_note(note) in (note, note[:1].upper() + note[1:] + ".")] == []
