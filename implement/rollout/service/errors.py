"""What a service says when a rule is broken; one handler shows it in the user's language."""

from flask_babel.speaklater import LazyString


class RuleBroken(Exception):
    """A rule of the product forbids what was asked; nothing was changed."""

    status = 409

    def __init__(self, sentence: LazyString | str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class NotFound(RuleBroken):
    """The thing does not exist, or not for this person."""

    status = 404


class NotAllowed(RuleBroken):
    """The person may not do this."""

    status = 403


class EditedMeanwhile(RuleBroken):
    """Somebody else saved first; `theirs` and `mine` are shown side by side and nothing was overwritten."""

    def __init__(self, sentence: LazyString | str, *, theirs: str, mine: str) -> None:
        super().__init__(sentence)
        self.theirs = theirs
        self.mine = mine
