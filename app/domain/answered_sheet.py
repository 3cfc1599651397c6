"""One answered questionnaire. It names nobody, and no time, place or order in which it came.

Sheets are no part of the case; they stay in storage, and only counts of them (:class:`app.domain.survey.AnswerCount`)
reach rules, papers and packages.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

Answer = int | str | tuple[int | None, ...]
"""What was answered, by the kind of question; options and rows are counted from 0.

单选: the option. 多选: the options in their order on the sheet. 排序: the options, first choice first. 矩阵: one
option for each row, ``None`` where a row was left out. 填数 and 开放: the words as written.
"""


SAYS_NOTHING = "-"
"""Stands among the topics of an open answer that was looked at and says nothing (无, 没有意见); never an id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnsweredSheet:
    """One sheet.

    Attributes:
        id: unique within the library, random, so that it tells nothing of the order.
        batch: id of the :class:`app.domain.data_import.DataImport` it belongs to.
        survey: id of the survey.
        number: the number printed on a paper sheet, given out at random; empty for one filled in online.
        keyed: 1 for the first typing of a paper sheet, 2 for the second of a double keyed one.
        answers: by question id; a question that was left out or not asked is not there.
        others: what was written beside an option such as 其他, by question id.
        topics: ids of topics an open answer was coded to, by question id; :data:`SAYS_NOTHING` where it has none.
        invalid: why the sheet does not count (a spoilt sheet), empty for a valid one.
    """

    id: str
    batch: str
    survey: str
    number: str = ""
    keyed: int = 1
    answers: Mapping[str, Answer] = field(default_factory=dict)
    others: Mapping[str, str] = field(default_factory=dict)
    topics: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    invalid: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HalfSheet:
    """A paper sheet that is being typed: no sheet yet and nothing that counts, kept so that a power cut loses none of it.

    Attributes:
        survey, number, keyed, answers, others: as of :class:`AnsweredSheet`; ``number`` as it will be printed.
        changes: id of the sheet that is changed, empty for a new one.
    """

    survey: str
    number: str
    keyed: int = 1
    answers: Mapping[str, Answer] = field(default_factory=dict)
    others: Mapping[str, str] = field(default_factory=dict)
    changes: str = ""


_MARK_BYTES = 12


def mark_of(batch: str, stamp: str) -> str:
    """By what a sheet of an online file is known again in a later file: a digest keyed by the random id of the import.

    ``stamp`` is what tells sheets of one site apart (序号 and 提交时间). Marks are kept apart from the sheets, in no
    order, so that they lead from no answer to a number or a time; and they never leave the library.
    """
    return hashlib.blake2b(stamp.encode(), digest_size=_MARK_BYTES, key=batch.encode()[:64]).hexdigest()
