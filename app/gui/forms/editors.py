"""From the declaration of a fact to its editor: one table by kind, nothing by name but two picked texts."""

from __future__ import annotations

from collections.abc import Callable

from app.domain.case import Case
from app.domain.codes import check_division, check_enterprise_code, check_id_number, check_union_code
from app.domain.facts import Fact, Kind, Sensitivity
from app.forms.layout import Section, View
from app.forms.pages import PAGES
from app.gui.desk import Desk
from app.gui.forms.naming import GONE, label_of, titles_of
from app.gui.theme import current_theme
from app.gui.widgets.choice_field import MOST_TILES, ChoiceField, ManyField, Option, YesNoField
from app.gui.widgets.date_field import DateField, MomentField
from app.gui.widgets.editor import FieldEditor
from app.gui.widgets.line_field import LineField
from app.gui.widgets.number_field import NumberField
from app.gui.widgets.secret_field import SecretArea, SecretField
from app.gui.widgets.text_area import LinesField, NumbersField, TextAreaField

CODE_CHECKS: dict[str, Callable[[str], str | None]] = {
    "union_code": check_union_code,
    "enterprise_code": check_enterprise_code,
    "id_number": check_id_number,
    "division": check_division,
}
"""Name of a checked code → the check; each returns the sentence to show, or ``None``."""

MOST_DECIMALS = 4
_TILE_ROOM = 260

_WIDE = (Kind.LONG_TEXT, Kind.REFS, Kind.TEXTS)
_LINKS = (Kind.REF, Kind.REFS)


def is_wide(fact: Fact) -> bool:
    """Whether the editor takes a whole row of the form."""
    return fact.kind in _WIDE or fact.name == "wording"


def make_editor(fact: Fact, desk: Desk, collection: str) -> FieldEditor:
    """The editor of a fact, empty. ``collection`` tells where it belongs."""
    case, label, hint = desk.case, fact.label, fact.help
    year = case.cycle.year
    if (collection, fact.name) in _PICKED or fact.kind is Kind.REF:
        options = options_of(fact, desk, collection)
        return ChoiceField(label, options, tiles=False, empty="", hint=_pick_hint(fact, options))
    match fact.kind:
        case Kind.TEXT if fact.sensitivity is Sensitivity.BOTTOM_LINE:
            return SecretField(label, hint=hint)
        case Kind.TEXT:
            masked = fact.sensitivity is Sensitivity.PERSONAL
            extent = "field_code" if fact.code else "field_text"
            return LineField(label, hint=hint, unit=fact.unit, masked=masked, extent=extent)
        case Kind.LONG_TEXT if fact.sensitivity is Sensitivity.BOTTOM_LINE:
            return SecretArea(label, hint=hint)
        case Kind.LONG_TEXT:
            return TextAreaField(label, rows=3, hint=hint)
        case Kind.DATE:
            return DateField(label, year=year)
        case Kind.MOMENT:
            return MomentField(label, year=year)
        case Kind.INTEGER:
            return NumberField(label, unit=fact.unit, minimum=fact.minimum, maximum=fact.maximum)
        case Kind.DECIMAL:
            return NumberField(label, unit=fact.unit, decimals=MOST_DECIMALS, minimum=fact.minimum)
        case Kind.YES_NO:
            return YesNoField(label)
        case Kind.CHOICE:
            options = options_of(fact, desk, collection)
            return ChoiceField(label, options, tiles=fits_as_tiles(options))
        case Kind.TEXTS:
            return LinesField(label, rows=2)
        case Kind.INTEGERS:
            return NumbersField(label)
        case Kind.REFS:
            return ManyField(label, options_of(fact, desk, collection))
    raise ValueError(f"no editor for {fact.kind}")


def make_wide_editor(fact: Fact, desk: Desk, collection: str) -> FieldEditor:
    """The editor of a fact that takes a whole row: a choice has its possibilities side by side."""
    if fact.kind is Kind.CHOICE and fact.choices is not None and 2 <= len(list(fact.choices)) <= MOST_TILES:
        return ChoiceField(fact.label, options_of(fact, desk, collection), tiles=True)
    editor = make_editor(fact, desk, collection)
    editor.set_extent("")
    return editor


def make_cell_editor(fact: Fact, desk: Desk, collection: str) -> FieldEditor:
    """The editor of a fact for the cell of a table: one line, a drop-down instead of tiles."""
    label = fact.label
    if fact.kind is Kind.LONG_TEXT:
        return LineField(label, extent="")
    if fact.kind is Kind.YES_NO:
        options = [Option(True, "是"), Option(False, "否")]
        return ChoiceField(label, options, tiles=False)
    if fact.kind is Kind.CHOICE:
        return ChoiceField(label, options_of(fact, desk, collection), tiles=False)
    editor = make_editor(fact, desk, collection)
    editor.set_extent("")
    return editor


def fits_as_tiles(options: list[Option]) -> bool:
    """Whether all possibilities stand side by side in half a form; otherwise a drop-down is calmer."""
    theme = current_theme()
    letter = theme.roles["body"].px
    room = sum(letter * len(option.label) + 52 for option in options) + 8 * (len(options) - 1)
    return 2 <= len(options) <= 4 and room <= _TILE_ROOM


def options_of(fact: Fact, desk: Desk, collection: str, value: object = None) -> list[Option]:
    """What can be picked; a link whose end is gone keeps an entry that says so."""
    picked = _PICKED.get((collection, fact.name))
    if picked is not None:
        return picked(desk)
    if fact.kind is Kind.CHOICE and fact.choices is not None:
        return [Option(member, member.label) for member in fact.choices]
    options = [Option(record_id, title) for record_id, title in titles_of(desk.case, fact.refers_to)]
    if isinstance(value, str) and value and all(option.value != value for option in options):
        options.append(Option(value, f"{label_of(fact.refers_to)}{GONE}"))
    return options


def is_link(fact: Fact) -> bool:
    """Whether the possibilities are records of the case, so that they change with it."""
    return fact.kind in _LINKS


def has_place(fact: Fact, case: Case) -> bool:
    """Whether there can be anything to link to: 覆盖企业 are asked for only where there are several."""
    if not is_link(fact):
        return True
    placed = [
        section
        for page in PAGES
        for step in page.steps
        for section in step.sections
        if section.collection == fact.refers_to
    ]
    return not placed or any(is_for(section, case) for section in placed)


def is_for(section: Section | View, case: Case) -> bool:
    """Whether a part is shown for this form of bargaining."""
    return not section.only_for or case.cycle.form is None or case.cycle.form.value in section.only_for


def _pick_hint(fact: Fact, options: list[Option]) -> str:
    if not options and fact.refers_to:
        return f"还没有{label_of(fact.refers_to)}可选"
    return "选一项，或打字查找"


def _regions(desk: Desk) -> list[Option]:
    return [Option(pack.key, pack.name, pack.summary) for pack in desk.program.packs.heads]


def _provable(desk: Desk) -> list[Option]:
    return [
        Option(f"{collection}/{record_id}", f"{label_of(collection)} {title}")
        for collection in sorted(_PROVABLE)
        for record_id, title in titles_of(desk.case, collection)
    ]


_PICKED: dict[tuple[str, str], Callable[[Desk], list[Option]]] = {
    ("cycle", "region"): _regions,
    ("evidence", "proves"): _provable,
}
"""Texts that are keys of something else and therefore picked, not typed."""

_PROVABLE = frozenset(
    section.collection
    for page in PAGES
    if page.stage is not None
    for step in page.steps
    for section in step.sections
    if section.add
)
