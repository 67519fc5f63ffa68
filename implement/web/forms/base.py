"""The form that all forms of the house are: token, idempotency key, version, messages in the reader's language."""

from uuid import uuid4

from flask import Flask
from flask_bootstrap import Bootstrap5
from flask_wtf import CSRFProtect, FlaskForm
from wtforms import HiddenField, IntegerField
from wtforms.fields import FileField, MultipleFileField
from wtforms.validators import Length, Optional
from wtforms.widgets import HiddenInput

from implement.web.forms.messages import HouseMessages

csrf = CSRFProtect()


def init_app(app: Flask) -> None:
    """Give the application its token check and the locally served look."""
    app.config.setdefault("BOOTSTRAP_SERVE_LOCAL", True)
    app.config.setdefault("WTF_CSRF_TIME_LIMIT", None)  # as long as the session: drafts may take hours
    Bootstrap5().init_app(app)
    csrf.init_app(app)
    app.jinja_env.globals["new_key"] = new_key


def new_key() -> str:
    """A key by which a repeated request is recognised as the same."""
    return uuid4().hex


class HiddenVersionField(IntegerField):
    """The version of the row the person saw; None for a new one."""

    widget = HiddenInput()


class BaseForm(FlaskForm):
    """A form that is sent once however often it arrives, and that knows which version it was made from."""

    class Meta(FlaskForm.Meta):
        """Messages in the reader's language."""

        def get_translations(self, form: FlaskForm) -> HouseMessages:
            """The texts of WTForms as the house says them."""
            return HouseMessages()

    idempotency_key = HiddenField(default=new_key, validators=[Length(max=64)])
    version = HiddenVersionField(validators=[Optional()])

    @property
    def has_files(self) -> bool:
        """True when the form must be sent as multipart."""
        return any(isinstance(field, FileField | MultipleFileField) for field in self)
