"""The keys of the commands: their own, those of a preset, or those that the person chose."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeySequence

from revanim.collect import collect
from revanim.error import RevanimError
from revanim.session.files.settings import settings
from revanim.window.command import commands

Keys = tuple[str, ...]
DEFAULT = "revanim"


@dataclass(frozen=True)
class Preset:
    """Keys like those of another tool, by the name of the command; a command it does not name keeps its own."""

    name: str
    title: str
    keys: Mapping[str, Keys] = field(default_factory=dict)


@cache
def presets() -> dict[str, Preset]:
    """Return every preset by name."""
    return collect("revanim.window.presets", Preset)


class Shortcuts(QObject):
    """The keys of every command; no two have the same, but for those of the viewport, which come first there."""

    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        chosen = str(settings().value("keys/preset"))
        self.preset = chosen if chosen in presets() else DEFAULT
        self.own = read_own(str(settings().value("keys/own", "{}")))
        self._resolve()

    def of(self, command: str) -> Keys:
        """Return the keys of a command."""
        return self._keys[command]

    def owner(self, key: str, beside: str) -> str | None:
        """Return the command that has a key already, in the place where `beside` would use it."""
        return self._owners.get((plain(key), commands()[beside].in_viewport))

    def follow(self, preset: str) -> None:
        """Take the keys of a preset; what the person gave stays."""
        self.preset = preset
        self._keep()

    def give(self, command: str, key: str, take: bool = False) -> None:
        """Give a command a key of its own; one that another command has is refused, unless it shall be taken."""
        owner = self.owner(key, command)
        if owner == command:
            return
        if owner is not None and not take:
            raise RevanimError("{key} is the key of “{command}”.", key=native(key), command=commands()[owner].text)
        if owner is not None:
            self.own[owner] = tuple(each for each in self.of(owner) if plain(each) != plain(key))
        self.own[command] = (*self.of(command), plain(key))
        self._keep()

    def clear(self, command: str) -> None:
        """Leave a command without keys."""
        self.own[command] = ()
        self._keep()

    def reset(self, command: str | None = None) -> None:
        """Forget what the person gave: for one command, or for all of them."""
        if command is None:
            self.own.clear()
        else:
            self.own.pop(command, None)
        self._keep()

    def _keep(self) -> None:
        self._resolve()
        settings().setValue("keys/preset", self.preset)
        settings().setValue("keys/own", json.dumps(self.own))
        self.changed.emit()

    def _resolve(self) -> None:
        """Hand out the keys: what the person gave, then the preset's, then the commands' own that are still free."""
        preset = presets()[self.preset].keys
        self._keys: dict[str, Keys] = {}
        self._owners: dict[tuple[str, bool], str] = {}
        every = commands()
        wishes = (self.own, preset, {name: command.shortcuts for name, command in every.items()})
        for wish in wishes:
            for name in sorted(every.keys() & wish.keys() - self._keys.keys()):
                free = [plain(key) for key in wish[name] if self.owner(key, name) is None]
                self._keys[name] = tuple(dict.fromkeys(free))
                self._owners |= {(key, every[name].in_viewport): name for key in free}


def read_own(text: str) -> dict[str, Keys]:
    """Return the keys of a stored text; of one that is damaged, none."""
    try:
        stored = json.loads(text)
        return {str(name): tuple(plain(str(key)) for key in keys) for name, keys in stored.items()}
    except (ValueError, AttributeError, TypeError):
        return {}


def plain(key: str) -> str:
    """Return a key as it is written everywhere."""
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.PortableText)


def native(key: str) -> str:
    """Return a key as people on this system write it."""
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
