"""Files and stacks of paper that were taken in: where rosters and answers came from.

The rows themselves (persons, answered sheets) come in thousands and stay in storage, apart from each other and from
the case; a row counts only while the record of its import stands in the case. So an import is undone, and done
again, by undoing its record.
"""

from __future__ import annotations

from datetime import date

from app.domain.facts import Choice, Record, choice, count, day, record, ref, text, texts


class ImportKind(Choice):
    """What was taken in."""

    ROSTER = "roster", "花名册"
    ONLINE_ANSWERS = "online_answers", "线上答卷"
    PAPER_ANSWERS = "paper_answers", "纸质答卷"


@record("导入", "kind", "file_name")
class DataImport(Record):
    """One file that was read, or one stack of paper sheets that was typed in."""

    kind: ImportKind | None = choice("导入的是什么", ImportKind)
    survey: str = ref("哪次调查", "surveys")
    file_name: str = text("文件名")
    sha256: str = text("原文件指纹")
    taken_on: date | None = day("导入日期")
    rows: int | None = count("文件里的行数", unit="行")
    kept: int | None = count("收下", unit="行")
    refused: tuple[str, ...] = texts("没有收下的行", help="第几行，为什么；不写里面的内容。")
    noted: tuple[str, ...] = texts("收下了、要核对的行", help="第几行，看什么；不写里面的内容。")
    dropped_columns: tuple[str, ...] = texts("没有收下的列", help="姓名、手机、网络地址等能认出人的列。")
    columns_read: tuple[str, ...] = texts("各列读作", help="表头→读作哪一项；下次同样的表头照着读。")
