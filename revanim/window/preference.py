"""A preference is something a person chooses once, declared once: the sheet, the search and the store follow."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Generic, TypeVar

from revanim.collect import collect
from revanim.session.files.settings import settings

Value = bool | str
W = TypeVar("W")


def later(window: object, value: Value) -> None:
    """Do nothing: the value is read where it is needed."""


@dataclass(frozen=True)
class Preference(Generic[W]):
    """What a window of type W follows: a switch where `default` is a bool, else one of the `options`."""

    name: str
    text: str
    group: str
    order: int
    tip: str
    default: Value
    apply: Callable[[W, Value], object] = later  # called when the window opens, and at every change
    options: Mapping[str, str] = field(default_factory=dict)  # value -> what it is called
    listed: Callable[[], Mapping[str, str]] | None = None  # the options, where it takes time to find them
    early: bool = False  # it is taken up before there is a window, so that `apply` is called at a change only
    worn: bool = False  # by widgets, so that new ones are told when the language has changed

    @property
    def named(self) -> Mapping[str, str]:
        """The options, and what each is called."""
        return self.listed() if self.listed else self.options

    @property
    def value(self) -> Value:
        """What is chosen; the default where nothing is, or where what is stored makes no sense."""
        stored = settings().value(self.name)
        if isinstance(self.default, bool):
            return {"true": True, "false": False}.get(str(stored).lower(), self.default)
        return str(stored) if str(stored) in self.named else self.default or next(iter(self.named))

    def choose(self, window: W, value: Value) -> None:
        """Keep another value, and let the window follow."""
        settings().setValue(self.name, value)
        self.apply(window, self.value)


@cache
def preferences() -> dict[str, Preference[Any]]:
    """Return every preference by name."""
    return collect("revanim.window.preferences", Preference)


def by_group() -> dict[str, list[Preference[Any]]]:
    """Return the preferences of each group in their order."""
    ordered = sorted(preferences().values(), key=lambda preference: preference.order)
    return {
        group: [preference for preference in ordered if preference.group == group]
        for group in dict.fromkeys(preference.group for preference in ordered)
    }


def value_of(name: str) -> Value:
    """Return what is chosen for a preference."""
    return preferences()[name].value
