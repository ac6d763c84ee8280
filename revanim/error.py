"""The one exception for everything a person can do wrong."""


class RevanimError(Exception):
    """One plain sentence: what was wrong, where, and what is allowed.

    It is a template with values, as in `RevanimError("There is no frame {frame}.", frame=7)`, so that a window can say
    it in another language; `str` gives it in English.
    """

    def __init__(self, template: str, /, **values: object) -> None:
        super().__init__(template.format(**values) if values else template)
        self.template = template
        self.values = values
