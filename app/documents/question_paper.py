"""What a questionnaire says, apart from where it stands on the paper: the common source of PDF, DOCX and text."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.survey import QuestionKind


@dataclass(frozen=True, slots=True)
class Asked:
    """One question as it is printed.

    Attributes:
        id: of the question, so that a box on the paper leads back to it.
        number: as printed. note: 单选, 最多选3项 and the like.
    """

    id: str
    number: int
    kind: QuestionKind
    stem: str
    note: str
    options: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()
    at_most: int | None = None


@dataclass(frozen=True, slots=True)
class QuestionPaper:
    """One questionnaire.

    Attributes:
        heading: 不记名 and what it is for. how_to: how to answer.
        version: of the frozen questions; empty for a draft.
        digest: first characters of the questions' fingerprint; a scan knows by it what the boxes mean.
    """

    title: str
    union: str
    heading: str
    how_to: str
    version: str
    digest: str
    questions: tuple[Asked, ...]


_NET_TAGS = {
    QuestionKind.SINGLE: "[单选题]",
    QuestionKind.MULTIPLE: "[多选题]",
    QuestionKind.MATRIX: "[矩阵单选题]",
    QuestionKind.RANKING: "[排序题]",
    QuestionKind.OPEN: "[填空题]",
    QuestionKind.NUMBER: "[填空题]",
}


def pasted_questions(paper: QuestionPaper) -> str:
    """Return the questions as text for 问卷星 › 批量添加题目 (文本导入).

    The form is the one lists passed round for that box use: title, then for each question a line with number, stem
    and its kind in square brackets, one option a line, a blank line; a matrix has its options in one line parted by
    spaces, then one row a line. It was read off such lists, not off a specification of the service, which may
    change it; so the hint beside the button asks to look it through there.
    """
    lines = [paper.title, "", f"{paper.heading}", ""]
    for asked in paper.questions:
        limit = f"（最多选{asked.at_most}项）" if asked.at_most and "最多选" not in asked.stem else ""
        lines.append(f"{asked.number}. {_plain(asked.stem)}{limit}{_NET_TAGS[asked.kind]}")
        if asked.kind is QuestionKind.MATRIX:
            lines.append(" ".join(_plain(option).replace(" ", "") for option in asked.options))
            lines += [_plain(row) for row in asked.rows]
        else:
            lines += [_plain(option) for option in asked.options]
        lines.append("")
    return "\n".join(lines)


def _plain(words: str) -> str:
    """One line without brackets that would be read as a kind of question."""
    return (
        " ".join(words.split()).replace("[", "［").replace("]", "］").replace("【", "［").replace("】", "］")
    )
