"""The laws: short name, full name, since when, in what state, how well read (law.md 0.3, 2.1–2.3)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from app.rules.findings import Read, Source
from app.rules.places import Place
from app.rules.strict_toml import Table, read_toml


@dataclass(frozen=True, slots=True)
class Law:
    """One law, regulation or rule.

    Attributes:
        short: the name used in lists, such as ``鲁工资``.
        full: the whole title.
        issued_by: who made it, with its number where it has one.
        starts: since when it applies; ``None`` where that was not verified.
        status: whether it is known to be in force, in words.
        read: how well the text as a whole was read.
        note: what the user should know about the text that was read.
    """

    short: str
    full: str
    issued_by: str
    starts: date | None
    status: str
    read: Read
    note: str = ""

    @property
    def about_wages(self) -> bool:
        """True if its title says that it is about wages alone."""
        return "工资" in self.full


def load_laws(path: Place, known: Mapping[str, Law] | None = None) -> Mapping[str, Law]:
    """Load ``laws.toml``; with ``known`` laws the file adds to these and may repeat them, never change them.

    Raises:
        UserError: something in it is odd; the message names file and place.
    """
    top = read_toml(path)
    before = known or {}
    laws: dict[str, Law] = {}
    for table in top.tables("law"):
        law = Law(
            short=table.text("short"),
            full=table.text("full"),
            issued_by=table.text("issued_by", ""),
            starts=table.day("starts") if table.has("starts") else None,
            status=table.text("status"),
            read=table.choice("read", Read),
            note=table.text("note", ""),
        )
        table.done()
        if law.short in laws:
            raise table.refuse(f"{law.short} 写了两遍")
        if before.get(law.short, law) != law:
            raise table.refuse(f"《{law.short}》早就有了，这里写得不一样；规则包只能补充还没有的法规")
        laws[law.short] = law
    top.done()
    return MappingProxyType({**before, **laws})


def read_sources(table: Table, laws: Mapping[str, Law], *, required: bool = True) -> tuple[Source, ...]:
    """Take ``articles`` of a table: a list of {law, article, read}.

    Raises:
        UserError: a law is unknown, or there is no article although one is required.
    """
    sources = []
    for entry in table.tables("articles", required=required):
        short = entry.text("law")
        if short not in laws:
            raise entry.refuse(f"laws.toml 里没有《{short}》")
        sources.append(Source(short, entry.text("article"), entry.choice("read", Read), laws[short].full))
        entry.done()
    return tuple(sources)
