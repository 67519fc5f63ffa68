"""What is typed to a question: the answer with a note, a file shown for it."""

from collections.abc import Sequence
from contextlib import suppress

from wtforms import Field, TextAreaField
from wtforms.validators import InputRequired

from implement.engine.checklist import AnswerKind, Item
from implement.web.forms import BaseForm, NotReadable, UploadField, read_number
from implement.web.texts import language, lazy

EVIDENCE_LIMIT_MB = 50
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

    file = UploadField(lazy("File"), [InputRequired()], limit_mb=EVIDENCE_LIMIT_MB)


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
