"""Which packs an audit is made of, and a pack that the consultancy hands in."""

from wtforms import SelectMultipleField
from wtforms.validators import InputRequired

from implement.web.forms import BaseForm, UploadField
from implement.web.texts import lazy


class PacksForm(BaseForm):
    """What an audit is made of."""

    packs = SelectMultipleField(lazy("Packs"), validate_choice=False)


class OwnPackForm(BaseForm):
    """A pack that the consultancy wrote itself."""

    file = UploadField(lazy("Pack (YAML)"), [InputRequired()], accept=(".yaml", ".yml"), limit_mb=2)
