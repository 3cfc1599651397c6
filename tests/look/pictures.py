"""Takes a picture of every page and judges it: ``python -m tests.look.pictures [PLACE ...] --out DIR``.

Without more arguments: all scenes (the three worked cases, the first of them in March, a case with only a
union's name, first use with its failures) in light, dark and contrast, at 1366x697, 1920x1009, 1093x543 and at
125 % text, with every inner step, help, search, failures and the panel. That takes a good while; narrow it down:

    --example NAME   one scene, or several: shandong-linyi-single weihai-express-industry tianjin-hedong-area
                     march empty start
    --theme NAME     light dark contrast
    --size WxH       a size of the window
    --scale N        text size: 1.0 1.12 1.25 (alone it is taken at 1366x697)
    --out DIR        where the pictures go; without it none are kept
    --no-keys        leave out the walk by Tab
    PLACE ...        (before the options) only places whose name begins so: offer home settings-look help

What is found is grouped by its kind and place, each with how often and where it was seen first. Exit code 1
when anything was found. The kinds: cut, shortened (… where it may not be), overlap, contrast (below 4.5:1),
covered (painted over), small (below 14 px), overflow (a page that must be moved sideways), name (no accessible
name), unreachable (Tab does not get there), long (more than 10 characters on a button), words (a name that was not
filled in, a date as 2026-04-03).

A part that lies over others on purpose has the property ``over_page``; a room that may be moved sideways on
purpose has the property ``scrolls_sideways``; see ``judge.py``.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ.setdefault("QT_LOGGING_RULES", "qt.qpa.*=false")

from tests.look.judge import Fault, judge
from tests.look.keyboard import walk
from tests.look.scenes import SCENES, Scene

THEMES = ("light", "dark", "contrast")


@dataclass(frozen=True, slots=True)
class Dress:
    """How a window looks: theme, text size, size."""

    theme: str
    size: tuple[int, int]
    scale: float = 1.0

    def __str__(self) -> str:
        across, high = self.size
        return f"{self.theme} {across}x{high} {self.scale:.0%}"


SIZES: tuple[tuple[tuple[int, int], float], ...] = (
    ((1366, 697), 1.0),
    ((1920, 1009), 1.0),
    ((1093, 543), 1.0),
    ((1366, 697), 1.25),
)
ALL = tuple(Dress(theme, size, scale) for theme in THEMES for size, scale in SIZES)


@dataclass(frozen=True, slots=True)
class Found:
    """A fault and where it was seen."""

    fault: Fault
    place: str
    scene: str
    dress: Dress


def look_at(
    name: str,
    dresses: Iterable[Dress] = ALL,
    *,
    only: Sequence[str] = (),
    out: Path | None = None,
    keys: bool = True,
    colours: bool = True,
) -> Iterator[Found]:
    """Open a scene and yield what is wrong with it, in each dress.

    ``keys`` walks by Tab too, once for each size; ``colours`` looks at the pixels.
    """
    scene = Scene(name)
    try:
        walked: set[tuple[tuple[int, int], float]] = set()
        for dress in dresses:
            scene.dress(dress.theme, dress.scale, dress.size)
            with_keys = keys and (dress.size, dress.scale) not in walked
            walked.add((dress.size, dress.scale))
            for place in list(scene.places()):
                if only and not any(place.startswith(start) for start in only):
                    continue
                scene.show(place)
                if scene.window.size().toTuple() != dress.size:
                    asked = "x".join(str(side) for side in scene.window.size().toTuple())
                    yield Found(Fault("overflow", "MainWindow", "", f"要 {asked}"), place, name, dress)
                if out is not None:
                    _keep(scene, out, place, dress)
                for fault in judge(scene.window, colours=colours):
                    yield Found(fault, place, name, dress)
                if with_keys:
                    scene.take_focus()
                    for fault in walk(scene.window, scene.regions()):
                        yield Found(fault, place, name, dress)
                scene.leave(place)
    finally:
        scene.close()


def _keep(scene: Scene, out: Path, place: str, dress: Dress) -> None:
    folder = out / scene.name / str(dress).replace(" ", "-").replace("%", "")
    folder.mkdir(parents=True, exist_ok=True)
    scene.window.grab().save(str(folder / f"{place}.png"))


def report(found: Sequence[Found]) -> str:
    """The findings, one line for each thing that is wrong, grouped by kind and place."""
    lines: list[str] = []
    groups: dict[tuple[str, str], dict[tuple[str, str], list[Found]]] = {}
    for each in found:
        group = groups.setdefault((each.fault.kind, each.place), {})
        group.setdefault((each.fault.part, each.fault.words), []).append(each)
    for (kind, place), group in sorted(groups.items()):
        lines.append(f"{kind}  {place}  ({len(group)})")
        for all_ in group.values():
            first = all_[0]
            lines.append(f"    {first.fault}   [{len(all_)}x, {first.scene} {first.dress}]")
    kinds = sorted({each.fault.kind for each in found})
    counts = ", ".join(
        f"{kind} {len({(f.place, f.fault.part, f.fault.words) for f in found if f.fault.kind == kind})}"
        for kind in kinds
    )
    lines.append(f"found: {counts}" if found else "found: nothing")
    return "\n".join(lines)


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.look.pictures", description=__doc__.split("\n")[0])
    parser.add_argument("places", nargs="*")
    parser.add_argument("--example", nargs="+", choices=SCENES, default=list(SCENES))
    parser.add_argument("--theme", nargs="+", choices=THEMES, default=list(THEMES))
    parser.add_argument("--size", nargs="+")
    parser.add_argument("--scale", nargs="+", type=float)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--no-keys", action="store_true")
    return parser


def _dresses(options: argparse.Namespace) -> list[Dress]:
    sizes = [tuple(int(side) for side in size.split("x")) for size in options.size or ()]
    pairs = [(size, scale) for size, scale in SIZES]
    if sizes or options.scale:
        pairs = [(size, scale) for scale in options.scale or [1.0] for size in sizes or [(1366, 697)]]
    return [Dress(theme, (size[0], size[1]), scale) for theme in options.theme for size, scale in pairs]


def main(arguments: Sequence[str] | None = None) -> int:
    """Look at what was asked for; print and return 1 when something is wrong."""
    options = _options().parse_args(arguments)
    found: list[Found] = []
    for name in options.example:
        found += look_at(
            name, _dresses(options), only=options.places, out=options.out, keys=not options.no_keys
        )
        sys.stderr.write(f"{name}: {sum(each.scene == name for each in found)}\n")
    sys.stdout.write(f"{report(found)}\n")
    return 1 if found else 0


if __name__ == "__main__":
    code = main()
    sys.stdout.flush()
    os._exit(code)
