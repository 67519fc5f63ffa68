"""Forms of accounts: log-in, set-up, invitation, password."""

from wtforms import EmailField, HiddenField, PasswordField, SelectChoice, SelectField, StringField
from wtforms.validators import InputRequired, Length, Regexp

from implement.web.forms import BaseForm
from implement.web.roles import ROLE_LABELS
from implement.web.texts import lazy

MAIL_ADDRESS = Regexp(r"^[^@\s]+@[^@\s]+$", message=lazy("This is not an e-mail address."))

class LoginForm(BaseForm):
    """E-mail address and password."""

    email = EmailField(lazy("E-mail address"), [InputRequired(), Length(max=254)])
    password = PasswordField(lazy("Password"), [InputRequired(), Length(max=200)])


class PasswordForm(BaseForm):
    """A new password."""

    password = PasswordField(
        lazy("New password"), [InputRequired(), Length(min=10, max=200)], description=lazy("At least 10 characters.")
    )


class ProofForm(BaseForm):
    """The current password, to prove who asks."""

    current = PasswordField(lazy("Current password"), [InputRequired(), Length(max=200)])


class ChangePasswordForm(ProofForm, PasswordForm):
    """The current password, then a new one."""


class CodeForm(BaseForm):
    """The code of the second factor."""

    code = StringField(
        lazy("Code"),
        [InputRequired(), Length(max=20)],
        description=lazy("Six figures, shown by your authenticator app."),
        render_kw={"inputmode": "numeric", "autocomplete": "one-time-code"},
    )


class SecondFactorForm(CodeForm):
    """The first code of a new second factor; the ticket carries its secret."""

    ticket = HiddenField(validators=[InputRequired()])


class SetupForm(PasswordForm):
    """The first administrator."""

    name = StringField(lazy("Your name"), [InputRequired(), Length(max=200)])
    email = EmailField(lazy("E-mail address"), [InputRequired(), MAIL_ADDRESS, Length(max=254)])


class InvitationForm(BaseForm):
    """Somebody who shall have a role in the rollout."""

    name = StringField(lazy("Name"), [InputRequired(), Length(max=200)])
    email = EmailField(lazy("E-mail address"), [InputRequired(), MAIL_ADDRESS, Length(max=254)])
    role = SelectField(
        lazy("Role"),
        [InputRequired()],
        choices=[SelectChoice(role.value, label) for role, label in ROLE_LABELS.items()],
    )


class AccountForm(BaseForm):
    """An account made by an administrator."""

    name = StringField(lazy("Name"), [InputRequired(), Length(max=200)])
    email = EmailField(lazy("E-mail address"), [InputRequired(), MAIL_ADDRESS, Length(max=254)])
    site_role = SelectField(
        lazy("In the installation"),
        choices=[
            SelectChoice("", lazy("belongs to rollouts only")),
            SelectChoice("consultant", lazy("Consultant")),
            SelectChoice("admin", lazy("Administrator")),
        ],
    )
