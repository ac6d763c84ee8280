"""The Help menu."""

from functools import partial

from revanim.window.command import Command
from revanim.window.frame.sheet import show_sheet
from revanim.window.frame.sheets.about import AboutPage
from revanim.window.frame.sheets.keys import KeyPage
from revanim.window.frame.sheets.log import LogPage, copy_report
from revanim.window.frame.tour import start_tour
from revanim.window.window import Window

find_command = Command[Window](
    name="find-command",
    text="Find a Command…",
    menu="Help",
    order=10,
    tip="Type what you want to do; every command and its keys are here",
    shortcuts=("F3", "Ctrl+Shift+P"),
    icon="search",
    run=lambda window: window.find_command(),
)

keys = Command[Window](
    name="keys",
    text="Keys and Mouse…",
    menu="Help",
    order=11,
    tip="All keys on one page, and what the mouse does",
    shortcuts=("F1",),
    icon="keyboard",
    run=partial(show_sheet, page=KeyPage),
)

tour = Command[Window](
    name="tour",
    text="Take the Tour",
    menu="Help",
    order=12,
    tip="Scrub, edit, solve: three steps",
    run=start_tour,
)

welcome = Command[Window](
    name="welcome",
    text="Welcome Page",
    menu="Help",
    order=13,
    tip="Show the gallery",
    icon="home",
    run=lambda window: window.welcome.show(),
)

log = Command[Window](
    name="log",
    text="Log…",
    menu="Help",
    order=20,
    tip="What happened, for whoever helps",
    run=partial(show_sheet, page=LogPage),
)

report = Command[Window](
    name="copy-report",
    text="Copy Report",
    menu="Help",
    order=21,
    tip="Put versions, machine and the last lines of the log on the clipboard; no private folders",
    run=copy_report,
)

about = Command[Window](
    name="about",
    text="About revanim…",
    menu="Help",
    order=30,
    tip="The science, its sources, and the licences of what is in it",
    run=partial(show_sheet, page=AboutPage),
)
