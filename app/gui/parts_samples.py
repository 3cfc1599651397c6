"""What the page of parts shows first: colours, buttons, fields, signs, cells, feedback and letters."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.gui.icons import STATE_SHAPES
from app.gui.theme import current_theme
from app.gui.widgets.button import Button, ButtonKind, with_reason
from app.gui.widgets.chip import Chip, ChipTone
from app.gui.widgets.date_field import DateField
from app.gui.widgets.editor import FieldBox, FieldEditor
from app.gui.widgets.fixed_field import FixedField
from app.gui.widgets.flow import FlowLayout
from app.gui.widgets.focus_ring import REACH
from app.gui.widgets.job_progress import JobProgress, JobSteps
from app.gui.widgets.line_field import LineField
from app.gui.widgets.matrix import Matrix
from app.gui.widgets.matrix_model import MatrixCell, MatrixColumn, MatrixRow
from app.gui.widgets.painted import Painted, fill_round, start_painting
from app.gui.widgets.record_table import ColumnView, RecordTable, RowView
from app.gui.widgets.shape import Shape
from app.gui.widgets.sheet import Sheet
from app.gui.widgets.text import Text
from app.gui.widgets.undo_bar import UndoBar

COLOURS = (
    ("ink1", "文字一"),
    ("ink2", "文字二"),
    ("ink3", "文字三"),
    ("accent", "工会红"),
    ("ok", "绿 已完成"),
    ("warn", "赭 请说明"),
    ("info", "蓝 提示"),
    ("focus", "焦点蓝"),
    ("ctl", "控件边线"),
    ("bg", "底色 窗口"),
    ("nav", "侧栏 导航"),
    ("sunken", "浅底 表头"),
)
CHIPS: tuple[tuple[str, ChipTone], ...] = (
    ("已超期 2 天", "overdue"),
    ("今天到期", "near"),
    ("剩 3 天", "near"),
    ("剩 10 天", "far"),
    ("约 6月2日（估算）", "estimated"),
    ("等对方", "waiting"),
    ("3月20日 已公布", "done"),
    ("第 3 阶段", "plain"),
)
ROLES = (
    ("figure", "3"),
    ("number", "28 两方方案"),
    ("page", "20 页标题"),
    ("empty", "18 空状态标题"),
    ("strong", "16 强调"),
    ("sheet", "15 卡片标题"),
    ("body", "14 正文与表格"),
)


def basic_sheets() -> Iterator[tuple[str, Sheet]]:
    """Yield title and sheet of each group."""
    for title, remark, parts in (
        ("颜色", "对白底的对比度", [_colours()]),
        ("按钮", "高 34，一屏一个红按钮", _buttons()),
        ("输入", "标签在左，错误写在框下", _fields()),
        ("记号", "形状加文字，颜色只是帮手", _signs()),
        ("表格单元", "行高 34，表头 30", _cells()),
        ("反馈", "不弹窗", _feedback()),
        ("字号", "像素；14 是最小字号", [_letters()]),
    ):
        sheet = Sheet(title, remark)
        for part in parts:
            sheet.add(part)
        yield title, sheet


def row_of(*parts: QWidget, gap: int = 20) -> QWidget:
    """Parts beside each other, in rows where the room ends."""
    row = QWidget()
    policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)
    row.setSizePolicy(policy)
    flow = FlowLayout(row, gap=gap)
    for part in parts:
        flow.addWidget(part)
    return row


def sample(part: QWidget, words: str, *, across: int = 0) -> QWidget:
    """A part with the name of its state below; ``across`` in pixels where the part would take any width."""
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(2)
    side = Qt.AlignmentFlag.AlignHCenter
    if across:
        part.setFixedWidth(across)
    column.addWidget(part, 0, side)
    column.addWidget(Text(words, ink="ink2"), 0, side)
    column.addStretch(1)
    box.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Minimum)
    return box


class Ringed(Painted):
    """A part with the focus ring around it, also while the focus is elsewhere."""

    def __init__(self, part: QWidget) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(REACH, REACH, REACH, REACH)
        row.addWidget(part)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        ring = theme.colour("focus")
        fill_round(
            start_painting(self), QRectF(self.rect()), theme.radius("control") + 3, None, ring, line_width=2
        )


class Swatch(Painted):
    """A colour with its name, its number and its contrast against the sheet."""

    def __init__(self, token: str, name: str) -> None:
        super().__init__()
        self.token = token
        self._name = Text(name, bold=True)
        self._number = Text("", ink="ink2")
        self._row = QVBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._row.addWidget(self._name)
        self._row.addWidget(self._number)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.retheme()

    def retheme(self) -> None:
        theme = current_theme()
        colour, sheet = theme.colour(self.token), theme.colour("surface")
        self._number.set_words(f"{colour.name().upper()} {_contrast(colour, sheet):.1f} 比 1")
        self._row.setContentsMargins(theme.px(46), 0, 0, 0)
        super().retheme()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        side = theme.px(38)
        place = QRectF(0, (self.height() - side) / 2, side, side)
        fill_round(
            start_painting(self),
            place,
            theme.radius("control"),
            theme.colour(self.token),
            theme.colour("line2"),
        )


def _contrast(one: QColor, other: QColor) -> float:
    """WCAG 2 contrast of two opaque colours, 1 to 21."""

    def light(colour: QColor) -> float:
        parts = (colour.redF(), colour.greenF(), colour.blueF())
        red, green, blue = (
            each / 12.92 if each <= 0.03928 else ((each + 0.055) / 1.055) ** 2.4 for each in parts
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    bright, dim = sorted((light(one), light(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def _colours() -> QWidget:
    return row_of(*(Swatch(token, name) for token, name in COLOURS), gap=24)


# ---- buttons and fields


class _StateButton(Button):
    """Looks as under the mouse, or pressed, for good."""

    def __init__(self, words: str, kind: ButtonKind, icon: str = "", *, pressed: bool = False) -> None:
        self._pressed = pressed
        super().__init__(words, kind, icon)

    def underMouse(self) -> bool:
        """Always."""
        return True

    def isDown(self) -> bool:
        """For good."""
        return self._pressed


class _StateBox(FieldBox):
    """The box of a field in one state for good, with words that cannot be changed."""

    def __init__(
        self, words: str, *, hover: bool = False, focused: bool = False, wrong: bool = False
    ) -> None:
        super().__init__()
        self._hover = hover
        self.inner.addWidget(Text(words))
        self.show_state(focused=focused, wrong=wrong)

    def underMouse(self) -> bool:
        """For good, too."""
        return self._hover


def _buttons() -> list[QWidget]:
    pressed = _StateButton("生成要约书", "primary", pressed=True)
    busy = Button("生成要约书", "primary")
    busy.set_busy("正在生成…")
    blocked = Button("写入 U 盘", "secondary", "usb")
    beside = with_reason(blocked)
    blocked.set_blocked("请先插入 U 盘")
    return [
        row_of(
            sample(Button("生成要约书", "primary"), "平常"),
            sample(_StateButton("生成要约书", "primary"), "指向"),
            sample(pressed, "按下"),
            sample(Ringed(Button("生成要约书", "primary")), "焦点"),
            sample(busy, "进行中"),
        ),
        row_of(
            sample(Button("打印", "secondary", "print"), "平常"),
            sample(_StateButton("打印", "secondary", "print"), "指向"),
            sample(Ringed(Button("打印", "secondary", "print")), "焦点"),
            sample(beside, "不可用，旁边写原因"),
            sample(Button("撤销", "text", "undo"), "文字按钮"),
            sample(Button("4月3日是怎么算的", "link"), "链接"),
            sample(Button("鲁条例 21条", "article"), "条文"),
        ),
    ]


def _field(field: FieldEditor, value: object = None) -> FieldEditor:
    if value is not None:
        field.set_value(value)
    return field


def _fields() -> list[QWidget]:
    wrong = _field(LineField("代码", extent="field_code"), "81371302MC0A91715")
    wrong.set_error("现在是 17 位，应为 18 位。请对照证书补上一位；没有可先留空。")
    plain = _field(LineField("会议地点"), "公司二楼会议室")
    room = "公司二楼会议室"
    both = _StateBox("81371302MC0A91715", focused=True, wrong=True)
    fixed = FixedField("答复期限", source="山东规则")
    fixed.set_words("10 日内", "山东规则")
    estimated = FixedField("签字期限", estimated=True)
    estimated.set_words("约 6月2日（估算）")
    day = _field(DateField("会议日期", year=2026), date(2026, 4, 16))
    amount = _field(LineField("月工资", unit="元", extent="field_amount"), "5480")
    masked = _field(LineField("电话", masked=True, extent="field_code"), "13953900021")
    return [
        row_of(
            sample(plain, "平常", across=190),
            sample(_StateBox(room, hover=True), "指向", across=190),
            sample(_StateBox(room, focused=True), "焦点", across=190),
            sample(fixed, "规则带出，只读", across=190),
            sample(day, "日期带星期", across=220),
            sample(amount, "单位在框里", across=150),
            sample(estimated, "估算值", across=210),
            sample(masked, "个人信息遮住", across=190),
            sample(Ringed(both), "有错又有焦点"),
        ),
        wrong,
    ]


# ---- signs and cells


class _Sign(QWidget):
    """A shape and its word."""

    def __init__(self, state: str) -> None:
        super().__init__()
        _, ink, word = STATE_SHAPES[state]
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(Shape(state))
        graded = state in ("must", "explain", "hint", "met")
        row.addWidget(Text(word, ink=ink if graded else "ink1", bold=graded))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)


def _signs() -> list[QWidget]:
    return [
        row_of(Text("检查分级", ink="ink2"), *(_Sign(state) for state in ("must", "explain", "hint", "met"))),
        row_of(
            Text("进展", ink="ink2"),
            *(_Sign(state) for state in ("done", "now", "waiting", "later", "missing", "lacking", "differ")),
        ),
        row_of(Text("其他", ink="ink2"), *(_Sign(state) for state in ("hidden", "locked", "origin"))),
        row_of(Text("期限", ink="ink2"), *(Chip(words, tone) for words, tone in CHIPS), gap=12),
    ]


def _cells() -> list[QWidget]:
    matrix = Matrix("单元的各种样子")
    states: tuple[tuple[str, str, MatrixCell], ...] = (
        ("plain", "平常", MatrixCell(words="318")),
        ("box", "可填", MatrixCell(words="7.0", box=True)),
        ("changed", "本轮改过", MatrixCell(words="7.0", lead="▼1", box=True, bold=True)),
        ("locked", "已签字锁定", MatrixCell(words="8.0", state="locked")),
        ("origin", "自动算出", MatrixCell(words="318", state="origin")),
        ("wrong", "有错", MatrixCell(words="31", box=True, wrong="比 318 人少，像是漏了一位")),
        ("hidden", "隐去", MatrixCell(words="不足 5 份", state="hidden")),
    )
    columns = [MatrixColumn(key=key, title=title, least=100, number=True) for key, title, _ in states]
    rows = [MatrixRow(name, {key: cell for key, _, cell in states}) for name in ("one", "two")]
    matrix.show_matrix((), columns, rows)
    table = RecordTable(
        "推选计票",
        (
            ColumnView(key="what", title="表决事项", bold=True),
            ColumnView(key="there", title="应到", extent=90, kind="number"),
            ColumnView(key="for", title="赞成", extent=90, kind="number", editable=True),
            ColumnView(key="kept", title="已核对", extent=90, kind="check"),
        ),
        add_words="登记一次计票",
        remove_words="移除计票",
    )
    table.show_rows(
        (
            RowView("1", {"what": "通过职工方协商代表", "there": "52 人", "for": "47", "kept": True}),
            RowView("2", {"what": "工资专项集体合同草案", "there": "52 人", "for": "41"}, {"for": "must"}),
            RowView(
                "3", {"what": "上年度表决", "there": "50 人", "for": "46"}, {"what": "locked"}, locked=True
            ),
        )
    )
    table.select("2")
    return [matrix, table]


# ---- feedback and letters


class _StandingBar(UndoBar):
    """The undo bar, here for good."""

    def hide(self) -> None:
        """Stay."""


def _feedback() -> list[QWidget]:
    bar = _StandingBar()
    row = row_of(bar)
    bar.show_done("已移除“送达回执”")
    seconds = iter((0.0, 40.0))
    job = JobProgress("生成报送包", clock=lambda: next(seconds, 40.0))
    job.show_step(26, 41)
    steps = JobSteps()
    steps.show_steps(
        (
            ("done", "写入", "41 个"),
            ("done", "落盘", ""),
            ("now", "读回核对", "第 27 个，共 41 个"),
            ("later", "可以拔出", "先别拔"),
        )
    )
    return [row, job, steps]


def _letters() -> QWidget:
    words = [Text(words, role, "accentText" if role == "figure" else "ink1") for role, words in ROLES]
    return row_of(*words, Text("14 正文加粗", bold=True), Text("14 次要", ink="ink2"), gap=28)
