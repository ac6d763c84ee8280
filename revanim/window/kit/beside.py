"""Modules that take long to load are loaded beside the window, which goes on meanwhile."""

import sys
from collections.abc import Callable
from importlib import import_module

from PySide6.QtCore import QObject, Qt

from revanim.session.threads.worker import Worker


def when_loaded(parent: QObject, module: str, then: Callable[[], object]) -> None:
    """Do something once a module is loaded: at once where it is, else when a worker of `parent` has loaded it.

    Who asks again meanwhile is served by that one: the module is known already while it is half loaded.
    """
    if parent.findChildren(Worker, options=Qt.FindChildOption.FindDirectChildrenOnly):
        return
    if module in sys.modules:
        then()
    else:
        Worker(parent, lambda report: import_module(module)).done.connect(lambda loaded: then())
