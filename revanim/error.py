"""The one exception for everything a person can do wrong."""

from revanim.sentence import Sentence


class RevanimError(Exception):
    """One plain sentence: what was wrong, where, and what is allowed.

    It is a template with values, as in `RevanimError("There is no frame {frame}.", frame=7)`, or a sentence that was
    made already; `str` gives it in English.
    """

    def __init__(self, template: str | Sentence, /, **values: object) -> None:
        self.sentence = template if isinstance(template, Sentence) else Sentence(template, **values)
        super().__init__(self.sentence)
