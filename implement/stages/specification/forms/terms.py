"""What is typed to make, discuss and sign the terms of reference."""

from wtforms import HiddenField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from implement.web.forms import BaseForm
from implement.web.texts import LANGUAGES, lazy


class MakeTermsForm(BaseForm):
    """A new version: in which language, and what is new about it."""

    language = SelectField(
        lazy("Language of the document"), choices=[SelectChoice(key, name) for key, name in LANGUAGES.items()]
    )
    note = StringField(lazy("What is new"), [Optional(), Length(max=500)])


class CommentForm(BaseForm):
    """What somebody says about a chapter."""

    chapter = HiddenField(validators=[InputRequired(), Length(max=80)])
    text = TextAreaField(lazy("Your comment"), [InputRequired(), Length(max=10_000)])


class SignTermsForm(BaseForm):
    """Which bytes are signed, and in which role."""

    sha256 = HiddenField(validators=[InputRequired(), Length(max=64)])
    role = HiddenField(validators=[InputRequired(), Length(max=20)])
