"""Papers and traces: evidence, documents made, explanations, packages (F-96; law.md §4)."""

from __future__ import annotations

from datetime import date

from app.domain.facts import Choice, Record, choice, count, day, long_text, record, text, yes_no
from app.domain.stages import Stage


class Origin(Choice):
    """How the program holds a piece of evidence."""

    SCAN = "scan", "扫描件"
    PHOTO = "photo", "照片"
    SCREENSHOT = "screenshot", "截图"
    FILE = "file", "电子文件"
    PAPER = "paper", "只有纸质原件"
    MISSING = "missing", "缺，已写原因"


class ExplanationKind(Choice):
    """Two ways to close a finding in words (product.md §0)."""

    REASON = "reason", "说明"
    FRANK = "frank", "如实说明"


@record("材料", "code", "title_text")
class Evidence(Record):
    """One paper, scan or photo that proves a step; its bytes lie in the attachment store under ``sha256``.

    ``proves`` names the record it belongs to as ``collection/id``, ``paper`` the kind in the table of papers
    each stage must leave. ``pages`` is 0 for a file that could not be opened when it was taken in.
    """

    code: str = text("编号", help="例如 Z01、P05。")
    stage: Stage | None = choice("阶段", Stage)
    paper: str = text("材料种类")
    title_text: str = text("名称")
    origin: Origin | None = choice("形式", Origin)
    proves: str = text("证明哪一项")
    on_day: date | None = day("形成日期")
    place: str = text("地点")
    caption: str = text("说明")
    responsible: str = text("责任者")
    file_name: str = text("原文件名")
    sha256: str = text("文件指纹")
    media_type: str = text("文件类型")
    size: int | None = count("字节数", unit="字节", maximum=2**40)
    pages: int | None = count("页数", unit="页")
    shelf: str = text("原件存放处")
    missing_reason: str = text("没有的原因")
    personal: bool | None = yes_no("含个人信息", help="例如身份证复印件；不进报送包。")

    @property
    def is_broken(self) -> bool:
        """Whether there is a file that cannot be opened: it is kept, and proves nothing."""
        return bool(self.sha256) and self.pages == 0


@record("已做文书", "kind", "made_on")
class MadeDocument(Record):
    """A document that was made and kept, with the fingerprint of the facts it was made from."""

    kind: str = text("文书种类")
    stage: Stage | None = choice("阶段", Stage)
    subject: str = text("针对哪一项")
    title_text: str = text("名称")
    made_on: date | None = day("生成日期")
    facts_digest: str = text("内容指纹")
    sha256: str = text("文件指纹")
    media_type: str = text("文件类型")
    size: int | None = count("字节数", unit="字节", maximum=2**40)
    pages: int | None = count("页数", unit="页")
    signed: bool | None = yes_no("已签字盖章")


@record("说明", "rule")
class Explanation(Record):
    """A written reason that closes a finding and travels along; ``finding`` is the finding's key."""

    finding: str = text("检查结果")
    rule: str = text("规则")
    kind: ExplanationKind | None = choice("种类", ExplanationKind)
    what_happened: str = long_text("情况", help="实际是怎样的，为什么。")
    made_good: str = long_text("补救", help="后来做了什么。")
    paper: str = text("凭证编号")
    written_by: str = text("写的人")
    written_on: date | None = day("日期")


@record("报送包", "number")
class MadePackage(Record):
    """A frozen, numbered submission package; later changes only as a supplement naming what it replaces."""

    number: int | None = count("序号", unit="", minimum=1, maximum=9999)
    profile: str = text("上报要求")
    made_on: date | None = day("日期")
    folder: str = text("文件夹名")
    fingerprint: str = text("指纹")
    files: int | None = count("文件数", unit="个")
    octets: int | None = count("字节数", unit="字节", maximum=2**40)
    journal_head: str = text("留痕日志指纹")
    replaces: str = text("替换哪个包")
