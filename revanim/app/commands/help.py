"""The Help menu."""

from revanim.app.command import Command

find_command = Command(
    name="find-command",
    text="Find a Command…",
    menu="Help",
    order=10,
    tip="Type what you want to do; every command and its keys are here",
    shortcuts=("F3", "Ctrl+Shift+P", "F1"),
    icon="search",
    run=lambda window: window.find_command(),
)

welcome = Command(
    name="welcome",
    text="Welcome Page",
    menu="Help",
    order=11,
    tip="Show the gallery",
    icon="home",
    run=lambda window: window.welcome.show(),
)
