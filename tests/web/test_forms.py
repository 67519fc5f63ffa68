"""Forms read local numbers, carry key and version, and speak the reader's language."""

import io
import re
from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest
from babel.messages.extract import extract_from_dir
from flask import render_template_string
from werkzeug.datastructures import MultiDict
from wtforms import StringField, validators
from wtforms.validators import InputRequired

from implement.web.forms import BaseForm, DayField, LocalDecimalField, MoneyField, ShareField, UploadField, WholeField
from implement.web.forms.messages import HouseMessages
from tests.web.conftest import SpeaksLanguage


class PlanForm(BaseForm):
    """One field of each kind."""

    title = StringField("Title", [InputRequired()])
    base_minor = MoneyField("Base")
    goal = ShareField("Goal")
    hours = LocalDecimalField("Hours")
    people = WholeField("People")
    first_day = DayField("First day")
    file = UploadField("File", accept=[".csv", ".csv.gz"], limit_mb=2)


def send(**fields: object) -> PlanForm:
    """The form as it arrives."""
    form = PlanForm(MultiDict(fields))
    form.validate()
    return form


def test_values_are_read_as_typed_in_german(speaking: SpeaksLanguage) -> None:
    with speaking("de"):
        form = send(
            title="P", base_minor="1.234,50", goal="12,5 %", hours="7,5", people="1.200", first_day="31.03.2024"
        )
    values = form.base_minor.data, form.goal.data, form.hours.data, form.people.data, form.first_day.data
    assert (form.errors, values) == ({}, (123450, Decimal("0.125"), Decimal("7.5"), 1200, date(2024, 3, 31)))


def test_stored_values_come_back_as_written_here(speaking: SpeaksLanguage) -> None:
    with speaking("de"):
        form = PlanForm(obj=SimpleNamespace(base_minor=123450, goal=Decimal("0.125"), people=1200, version=3))
        assert (form.base_minor._value(), form.goal._value(), form.people._value()) == ("1.234,50", "12,5", "1.200")


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("base_minor", "1,234.567", "This currency has no such small parts."),
        ("people", "1.5", "Please write a whole number."),
        ("hours", "abc", "Please write a number, for example 1,234.56."),
        ("first_day", "03/04/2024", "Please write the day as 2024-03-31 or 31.03.2024."),
        ("title", "", "This field is required."),
    ],
)
def test_a_mistake_is_named_at_its_field(english: None, field: str, typed: str, said: str) -> None:
    assert send(**{"title": "P", field: typed}).errors == {field: [said]}


def test_what_was_typed_stands_in_the_box_again(english: None) -> None:
    assert 'value="abc"' in str(send(title="P", hours="abc").hours())


def test_a_form_carries_a_fresh_key_and_the_version_it_was_made_from(english: None) -> None:
    first, second = PlanForm(obj=SimpleNamespace(version=3)), PlanForm()
    assert first.version.data == 3
    assert re.fullmatch(r"[0-9a-f]{32}", first.idempotency_key.data)
    assert first.idempotency_key.data != second.idempotency_key.data


def test_a_sent_form_keeps_its_key(english: None) -> None:
    assert send(title="P", idempotency_key="abc", version="7").idempotency_key.data == "abc"


@pytest.mark.parametrize(("name", "taken"), [("a.csv", True), ("A.CSV.GZ", True), ("a.xlsx", False), ("csv", False)])
def test_only_the_named_kinds_of_file_are_taken(speaking: SpeaksLanguage, name: str, taken: bool) -> None:
    upload = {"title": "P", "file": (io.BytesIO(b"x"), name)}
    with speaking("en", method="POST", data=upload):
        form = PlanForm()
        assert form.validate() is taken


def test_the_file_box_names_its_limit_and_kinds(english: None) -> None:
    box = str(PlanForm().file())
    assert all(said in box for said in ('accept=".csv,.csv.gz"', 'data-limit="2000000"', "At most 2"))


@pytest.mark.parametrize("language", ["de", "pl", "ru"])
def test_every_message_of_the_library_is_translated(speaking: SpeaksLanguage, language: str) -> None:
    folder = str(validators.__file__).removesuffix("/validators.py")
    found = extract_from_dir(folder, keywords={"gettext": None})
    wanted = {message for _file, _line, message, _comments, _context in found if isinstance(message, str)}
    for_programmers = {"Choices cannot be None.", "Invalid field name '%s'."}
    with speaking(language):
        assert [text for text in wanted - for_programmers if HouseMessages().gettext(text) == text] == []


def test_errors_stand_above_and_at_the_field(english: None) -> None:
    page = '{% from "parts/forms.html" import form_for %}{{ form_for(form, "Save", autosave="/draft") }}'
    html = render_template_string(page, form=send(hours="abc"))
    assert html.count("Please write a number") == 2
    assert all(
        part in html for part in ('aria-invalid="true"', 'aria-describedby="hours-error"', 'data-autosave="/draft"')
    )
    assert all(part in html for part in ('name="idempotency_key"', 'name="version"', 'enctype="multipart/form-data"'))
