"""What is typed to a question: the answer with a note, a file shown for it."""

from collections.abc import Sequence
from contextlib import suppress

from wtforms import Field, TextAreaField
from wtforms.validators import InputRequired

from implement.engine.checklist import AnswerKind, Item
from implement.web.forms import BaseForm, NotReadable, UploadField, read_number
from implement.web.texts import _, language, lazy

EVIDENCE_LIMIT_MB = 50
EVIDENCE_KINDS = (
    ".pdf", ".png", ".jpg", ".jpeg", ".webp", ".heic", ".txt", ".csv", ".xlsx", ".xls", ".ods", ".docx", ".doc", ".odt",
    ".pptx", ".ppt", ".odp", ".eml", ".msg", ".mp3", ".m4a", ".ogg", ".zip",
)  # fmt: skip
NUMBER_SIGNS = str.maketrans("", "", "%€$£")


class WordsField(Field):
    """All that was typed or ticked under one name, in its order."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Keep every word."""
        self.data: list[str] = list(valuelist)


class AnswerForm(BaseForm):
    """The answer to one question, with a note."""

    value = WordsField()
    note = TextAreaField()


class EvidenceForm(BaseForm):
    """A file shown for an answer."""

    file = UploadField(lazy("File"), [InputRequired()], accept=EVIDENCE_KINDS, limit_mb=EVIDENCE_LIMIT_MB)


def say_file_fault(form: EvidenceForm) -> str:
    """Why a file was not kept."""
    said = " ".join(str(fault) for fault in form.file.errors) if form.file.data is not None else ""
    return said or _("Please choose a file; nothing was changed.")


def plain_words(item: Item, words: Sequence[str]) -> list[str]:
    """The words as the engine reads them: a number is read as the reader's language writes it (1.200 or 1,200)."""
    if item.kind is not AnswerKind.NUMBER:
        return list(words)
    plain = []
    for word in words:
        with suppress(NotReadable):
            word = str(read_number(word.translate(NUMBER_SIGNS), language()))
        plain.append(word)
    return plain
