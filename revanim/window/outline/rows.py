"""The rows of the outliner: what the scene holds, as a tree of names. A group is one row however many bodies it has."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from revanim.scene.part import kind_of
from revanim.scene.scene import Index, Keyframe, Part, Scene
from revanim.session.counts import links, number
from revanim.session.words import capital, tr
from revanim.session.work.titles import title_of
from revanim.window.keyframes.key_row import who

MOST_BODIES = 200  # that have a row each


@dataclass(eq=False)
class Row:
    """One line. `index` is where it stands among its like in the scene; None for eye or lock means it has none."""

    kind: str  # "heading", "all", "body", "group", one of PARTS, or "key"
    text: str
    icon: str = "none"
    detail: str = ""
    tip: str = ""
    index: int = 0
    shown: bool | None = None
    locked: bool | None = None
    bodies: Index | None = None  # whom a click selects
    key: Keyframe | None = None
    parent: "Row | None" = None
    rows: list["Row"] = field(default_factory=list)

    @property
    def place(self) -> int:
        """Where it stands among the rows of its parent."""
        return self.parent.rows.index(self) if self.parent else 0


def outline(scene: Scene, wanted: str = "") -> Row:
    """Return the tree, or those of its rows that have all words of a search."""
    root = Row("root", "")
    bodies = _add(root, Row("heading", tr("Bodies")), [_all(scene), *_groups(scene)])
    _add(bodies.rows[0], None, _each(scene))
    _add(root, Row("heading", tr("Forces")), _parts("forces", scene.forces))
    if scene.flows:
        _add(root, Row("heading", tr("Flows")), _parts("flows", scene.flows))
    if scene.moves:
        _add(root, Row("heading", tr("Moves")), _parts("moves", scene.moves))
    if scene.cues:
        _add(root, Row("heading", tr("Picture")), _parts("cues", scene.cues))
    _add(root, Row("heading", tr("Keyframes")), _keys(scene))
    if wanted.split():
        _keep(root, wanted.lower().split())
    return root


def _add(parent: Row, row: Row | None, below: Iterable[Row]) -> Row:
    """Put rows below one, and that one below its parent; without one, they are the parent's own."""
    top = parent
    if row is not None:
        row.parent, top = parent, row
        parent.rows.append(row)
    for each in below:
        each.parent = top
        top.rows.append(each)
    return top


def _keep(row: Row, words: list[str]) -> bool:
    """Leave only rows that have the words, with those above and below them; return whether this one stays."""
    if row.kind not in ("root", "heading") and all(word in f"{row.text} {row.detail}".lower() for word in words):
        return True
    row.rows = [below for below in row.rows if _keep(below, words)]
    return bool(row.rows)


def _all(scene: Scene) -> Row:
    count = scene.bodies.count
    return Row(
        "all", tr("All bodies"), "bodies", number(count), tr("A click selects every body"), bodies=np.arange(count)
    )


def _each(scene: Scene) -> list[Row]:
    if scene.bodies.count > MOST_BODIES:
        return []
    return [
        Row(
            "body", tr("Body {body}", body=body), "body", tr("pinned") if scene.bodies.pinned[body] else "", index=body,
            bodies=np.array([body]),
        )
        for body in range(scene.bodies.count)
    ]  # fmt: skip


def _groups(scene: Scene) -> list[Row]:
    tip = tr("A click selects its bodies; a double-click renames it; drag it to change the order")
    return [
        Row(
            "group", group.name, "group", number(group.bodies.size), tip, index,
            shown=not group.hidden, locked=group.locked, bodies=group.bodies,
        )
        for index, group in enumerate(scene.groups)
    ]  # fmt: skip


def _parts(kind: str, parts: tuple[Part, ...]) -> list[Row]:
    drawing = {"forces": "force", "flows": "force", "moves": "move", "cues": "camera"}[kind]
    return [
        Row(
            kind, name_of(part), drawing, tr("not installed") if part.absent else whom(part), tr(kind_of(part).help),
            index, shown=not part.muted,
        )
        for index, part in enumerate(parts)
    ]  # fmt: skip


def _keys(scene: Scene) -> list[Row]:
    return [
        Row(
            "key", tr("Frame {frame}", frame=key.frame), "nail" if key.nail else "key", who(key),
            tr("A click goes to its frame"), index, key=key,
        )
        for index, key in enumerate(scene.keyframes)
    ]  # fmt: skip


def name_of(part: Part) -> str:
    """Return the name of a force or a move as one writes it."""
    return capital(tr(title_of(part)))


def whom(part: Part) -> str:
    """Return on how many bodies or along how many links a part acts; on all goes without saying."""
    if part.links is not None:
        return links(len(part.links))
    return "" if part.bodies is None else number(part.bodies.size)


def alike(one: Row, other: Row) -> bool:
    """Whether two trees look the same."""
    return (
        (one.kind, one.text, one.icon, one.detail, one.index, one.shown, one.locked)
        == (other.kind, other.text, other.icon, other.detail, other.index, other.shown, other.locked)
        and len(one.rows) == len(other.rows)
        and all(map(alike, one.rows, other.rows))
    )


def renew(row: Row, other: Row) -> None:
    """Let a tree stand for the bodies and keyframes of another that looks the same."""
    row.bodies, row.key = other.bodies, other.key
    for one, new in zip(row.rows, other.rows, strict=True):
        renew(one, new)
