"""Fields that read numbers, money, shares and days as they are typed, and files with their size shown."""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from pathlib import PurePath

from babel.numbers import get_currency_precision
from markupsafe import Markup
from werkzeug.datastructures import FileStorage
from wtforms import DateField, Field, FileField, Form, SelectMultipleField, StringField
from wtforms.validators import ValidationError
from wtforms.widgets import CheckboxInput, FileInput, ListWidget, TextInput

from implement.web.forms.reading import NotReadable, read_day, read_number
from implement.web.texts import _, bytes_size, language, number

MEGABYTE = 1_000_000


class NumberBox(TextInput):
    """A text box that brings up the figures on a phone."""

    def __call__(self, field: Field, **attributes: object) -> Markup:
        """The box."""
        return Markup(super().__call__(field, **{"inputmode": "decimal", "autocomplete": "off", **attributes}))


class TickList(SelectMultipleField):
    """Several of a list, each with its box."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class LocalDecimalField(StringField):
    """A number as the reader writes it; `.data` is a Decimal."""

    widget = NumberBox()

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was typed; nothing typed is None."""
        self.data: Decimal | int | None = None
        if valuelist and valuelist[0].strip():
            self.data = self.from_number(self._read(valuelist[0]))

    def _value(self) -> str:
        """What stands in the box: what was typed, else the number as it is written here."""
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else self.to_text(self.data)

    def from_number(self, typed: Decimal) -> Decimal | int:
        """What the form gives on for the number that was typed."""
        return typed

    def to_text(self, value: Decimal | int) -> str:
        """How the box shows a value."""
        places = -int(Decimal(value).normalize().as_tuple().exponent)
        return number(Decimal(value), max(places, 0))

    def _read(self, text: str) -> Decimal:
        try:
            return read_number(text, language())
        except NotReadable as fault:
            example = number(Decimal("1234.56"), 2)
            raise ValueError(_("Please write a number, for example %(example)s.", example=example)) from fault


class WholeField(LocalDecimalField):
    """A whole number as the reader writes it; `.data` is an int."""

    def from_number(self, typed: Decimal) -> int:
        """Refuse fractions."""
        if typed != typed.to_integral_value():
            raise ValueError(_("Please write a whole number."))
        return int(typed)


class ShareField(LocalDecimalField):
    """A percentage as people type it, with or without the sign; `.data` is a share 0–1 as Decimal."""

    def _read(self, text: str) -> Decimal:
        return super()._read(text.replace("%", ""))

    def from_number(self, typed: Decimal) -> Decimal:
        """80 becomes 0.8."""
        return typed / 100

    def to_text(self, value: Decimal | int) -> str:
        """0.8 shows as 80."""
        return super().to_text(Decimal(str(value)) * 100)


class MoneyField(LocalDecimalField):
    """An amount as the reader writes it; `.data` is minor units, so 790,00 is 79000; the currency may be asked for."""

    def __init__(
        self,
        label: object = None,
        validators: Sequence[object] | None = None,
        currency: str | Callable[[], str] = "EUR",
        **options: object,
    ) -> None:
        self._currency = currency
        super().__init__(label, validators, **options)

    @property
    def currency(self) -> str:
        """The currency of the amount."""
        return self._currency() if callable(self._currency) else self._currency

    def from_number(self, typed: Decimal) -> int:
        """Refuse more places than the currency has."""
        minor = typed.scaleb(get_currency_precision(self.currency))
        if minor != minor.to_integral_value():
            raise ValueError(_("This currency has no such small parts."))
        return int(minor)

    def to_text(self, value: Decimal | int) -> str:
        """79000 shows as 790,00."""
        places = get_currency_precision(self.currency)
        return number(Decimal(value).scaleb(-places), places)


class DayField(DateField):
    """A day, picked or typed; `.data` is a date."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was typed; nothing typed is None."""
        self.data: date | None = None
        if not valuelist or not valuelist[0].strip():
            return
        try:
            self.data = read_day(valuelist[0])
        except NotReadable as fault:
            raise ValueError(_("Please write the day as 2024-03-31 or 31.03.2024.")) from fault


class SizedFileInput(FileInput):
    """A file box with the limit beside it and a line that names the chosen size."""

    def __call__(self, field: "UploadField", **attributes: object) -> Markup:
        """The box and its line."""
        line = f"{field.id}-size"
        box = super().__call__(
            field, accept=",".join(field.accept), data_size=line, data_limit=field.limit_mb * MEGABYTE, **attributes
        )
        limit = _("At most %(size)s.", size=bytes_size(field.limit_mb * MEGABYTE))
        return Markup('{}<p class="hint" id="{}" data-too-large="{}">{}</p>').format(box, line, _("too large"), limit)


class UploadField(FileField):
    """One file of the named kinds, at most `limit_mb`; `.data` is a werkzeug FileStorage or None."""

    widget = SizedFileInput()

    def __init__(
        self,
        label: object = None,
        validators: Sequence[object] | None = None,
        *,
        accept: Sequence[str] = (),
        limit_mb: int = 50,
        **options: object,
    ) -> None:
        super().__init__(label, validators, **options)
        self.accept, self.limit_mb = tuple(accept), limit_mb

    @property
    def limit_bytes(self) -> int:
        """The most bytes that are taken."""
        return self.limit_mb * MEGABYTE

    def process_formdata(self, valuelist: list[object]) -> None:
        """A box left empty is None."""
        files = [file for file in valuelist if isinstance(file, FileStorage) and file.filename]
        self.data: FileStorage | None = files[0] if files else None
        self.raw_data = files

    def pre_validate(self, form: Form) -> None:
        """Refuse other kinds of file by name."""
        _refuse_other_kinds(self)


def _refuse_other_kinds(field: Field) -> None:
    if field.data is None or not field.accept:
        return
    name = PurePath(field.data.filename).name.lower()
    if not name.endswith(tuple(field.accept)):
        kinds = ", ".join(field.accept)
        raise ValidationError(_("%(name)s is not one of the kinds taken here: %(kinds)s.", name=name, kinds=kinds))
