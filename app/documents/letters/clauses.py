"""The articles of an agreement as text: the typed wording, else one sentence for each coded figure."""

from __future__ import annotations

from functools import cache

import tomli

from app.documents.letters.words import ended, growth_text, number_text
from app.domain.agreement import Agreement, Clause, ClauseFigure, FigureCode
from app.domain.case import Case
from app.paths import resource


def clauses_of(case: Case, agreement: Agreement) -> list[Clause]:
    """Return the clauses of an agreement by number, unnumbered ones last, in the order they were put."""
    own = [held for held in case.clauses if agreement.id and held.agreement == agreement.id]
    return sorted(own, key=lambda held: held.article if held.article is not None else 1000)


def clause_text(case: Case, clause: Clause) -> str:
    """Return an article's words: as typed, else from its figures, else nothing."""
    if clause.wording.strip():
        return clause.wording.strip()
    return "".join(ended(figure_sentence(held)) for held in figures_of(case, clause) if figure_sentence(held))


def figures_of(case: Case, clause: Clause) -> list[ClauseFigure]:
    """Return the coded figures of a clause."""
    return [held for held in case.clause_figures if held.clause == clause.id]


def figure_sentence(figure: ClauseFigure) -> str:
    """Return one agreed figure as a sentence without its full stop; nothing while it has no value."""
    if figure.value is None:
        return ""
    value, last = number_text(figure.value), number_text(figure.last_value)
    entry = _sentences().get(figure.code.value if figure.code is not None else "", {})
    if figure.label and (not entry or figure.code is FigureCode.OTHER):
        sentence = f"{figure.label}为{value}" if not last else f"{figure.label}由{last}调整为{value}"
    else:
        chosen = entry.get("with_last", "") if last else ""
        template = chosen or entry.get("sentence", "{value}")
        growth = growth_text(figure.value, figure.last_value)
        sentence = template.format(value=value, last=last, growth=growth)
    return f"{figure.condition}：{sentence}" if figure.condition else sentence


def standard_words(case: Case, clause: Clause) -> str:
    """Return what a clause obliges to in a few words, for inspections: figures first, else the wording."""
    told = "；".join(filter(None, (figure_sentence(held) for held in figures_of(case, clause))))
    return told or clause.wording.strip()


@cache
def _sentences() -> dict[str, dict[str, str]]:
    data = tomli.loads(resource("clauses/from_figures.toml").read_text(encoding="utf-8"))
    return {key: dict(entry) for key, entry in data.items()}
