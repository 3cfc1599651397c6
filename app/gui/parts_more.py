"""What the page of parts shows below: choices, rows, the time line, the matrix, charts, secrets, empty, failure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from PySide6.QtWidgets import QWidget

from app.domain.stages import STAGES
from app.figures.origin import Figure, Origin
from app.gui.pages.origin_line import OriginLine
from app.gui.pages.time_line import TimeLine
from app.gui.pages.year_rows import Window, YearLine, YearRow
from app.gui.widgets.charts.band_columns import BandColumns, BandView
from app.gui.widgets.charts.bar_rows import BarRows, BarRowView
from app.gui.widgets.charts.dot_pairs import DotHeads, DotPairs, DotPairView
from app.gui.widgets.charts.two_lines import LineView, TwoLines
from app.gui.widgets.choice_field import ChoiceField, ManyField, Option, YesNoField
from app.gui.widgets.document_row import document_item
from app.gui.widgets.drop_zone import DropZone
from app.gui.widgets.due_row import DueRow, DueView
from app.gui.widgets.empty_state import EmptyState, EmptyView, NeedView
from app.gui.widgets.evidence_row import evidence_item
from app.gui.widgets.failure_sheet import FailureSheet, FailureView
from app.gui.widgets.figure_strip import FigureStrip, FigureView
from app.gui.widgets.finding_card import FindingCard, FindingView
from app.gui.widgets.item_row import ActionView, ItemList
from app.gui.widgets.matrix import Matrix
from app.gui.widgets.matrix_model import MatrixCell, MatrixColumn, MatrixGroup, MatrixRow
from app.gui.widgets.secret_block import SecretBlock
from app.gui.widgets.sheet import Sheet
from app.gui.widgets.step_tabs import StepTabs, StepView
from app.rules.standing import Progress

LAW = "《山东省企业工资集体协商条例》21条"


def more_sheets() -> Iterator[tuple[str, Sheet]]:
    """Yield title and sheet of each group."""
    for title, remark, parts in (
        ("选择", "几选一和几选几", _choices()),
        ("步骤", "每一步的样子", [_steps()]),
        ("检查结果", "收起和展开", _findings()),
        ("到期", "日期、缘由、依据、该谁办", _dues()),
        ("时间线", "做完、在做、打算、法定期限", [_line()]),
        ("文书和材料", "应有、已有、缺", _rows()),
        ("数字条和出处", "按 F4 看出处", _figures()),
        ("各轮方案", "过去的锁定，这一轮加框", [_rounds()]),
        ("本方底线", "按住才看得到", [SecretBlock("本方底线", lambda: "每月不低于 5480 元")]),
        ("图", "每一条都写着数", _charts()),
        ("空状态", "会有什么、要什么、怎么开始", [_empty()]),
    ):
        # The empty state brings sheets of its own, and no sheet lies in a sheet.
        sheet = Sheet(title, remark, tone="bare" if title == "空状态" else "plain")
        for part in parts:
            sheet.add(part)
        yield title, sheet
    yield "失败", _failure()


def _choices() -> list[QWidget]:
    kinds = [Option("wage", "工资", "工资、津贴、福利"), Option("general", "综合", "一般三年一签")]
    tiles = ChoiceField("协商种类", kinds, tiles=True, extent="")
    tiles.set_value("wage")
    yes = YesNoField("已公布")
    yes.set_value(True)
    many = ManyField(
        "公布方式", [Option("board", "公告栏"), Option("group", "工作群"), Option("meeting", "班会")]
    )
    many.set_value(("board", "meeting"))
    drop = ChoiceField("所在地区", [Option(each, each) for each in ("全国", "山东", "天津", "江苏", "浙江")])
    drop.set_value("山东")
    return [tiles, yes, many, drop]


def _steps() -> QWidget:
    tabs = StepTabs()
    tabs.set_steps(
        [
            StepView("write", "写要约书", "done"),
            StepView("deliver", "送达", "now"),
            StepView("reply", "企业方答复", "waiting"),
            StepView("remind", "催告", "later"),
        ],
        "deliver",
    )
    return tabs


def _findings() -> list[QWidget]:
    views = (
        FindingView(
            id="one",
            grade="must",
            sentence="“夜班津贴”没有写本方主张",
            why="要约要写明协商的内容和本方主张。",
            article=LAW,
            how_read="原文已核对",
            fields="要约与应约 · 夜班津贴 · 本方主张",
            action="写说明",
        ),
        FindingView(id="two", grade="explain", sentence="回收率 61.2%，不到三分之二", action="写说明"),
        FindingView(id="three", grade="hint", sentence="清明假期在答复期限里面"),
        FindingView(
            id="four", grade="must", sentence="公布晚了 2 天", explained="印刷厂停电", closed="程序瑕疵"
        ),
        FindingView(id="five", grade="met", sentence="双方人数对等"),
    )
    return [FindingCard(view, is_open=view.id == "one") for view in views]


def _dues() -> list[QWidget]:
    return [
        DueRow(
            DueView(
                id="reply",
                day="4月3日",
                weekday="周五",
                remark="剩 3 天",
                tone="near",
                what="企业方书面答复",
                why="3月24日签收，次日起算满 10 日",
                article="鲁条例 21条",
                whose="等对方",
            )
        ),
        DueRow(
            DueView(
                id="notice",
                day="3月29日",
                weekday="周日",
                remark="已超期 2 天",
                tone="overdue",
                what="公布职工方代表名单",
                why="3月24日确定，5 日内",
                whose="本会",
            )
        ),
        DueRow(
            DueView(
                id="sign",
                day="约 6月2日",
                remark="估算",
                tone="estimated",
                what="双方签字",
                why="自答复同意起算，答复日还没定，先按 4月3日估",
                whose="双方",
            )
        ),
    ]


def _line() -> QWidget:
    year = 2026
    bars: tuple[tuple[Progress, date | None, date | None], ...] = (
        (Progress.DONE, date(year, 1, 12), date(year, 2, 10)),
        (Progress.DONE, date(year, 2, 11), date(year, 3, 8)),
        (Progress.NOW, date(year, 3, 10), date(year, 4, 3)),
        (Progress.LATER, date(year, 4, 16), date(year, 5, 10)),
        (Progress.LATER, None, None),
        (Progress.LATER, None, None),
        (Progress.LATER, None, None),
    )
    reply = Window(
        date(year, 3, 25), date(year, 4, 3), False, "书面答复 10 日 · 最迟 4月3日", True, ("10 日",)
    )
    period = Window(date(year, 4, 4), date(year, 6, 2), True, "谈完签字 60 日 · 约 6月2日", True, ("60 日",))
    windows = {2: reply, 3: period}
    meetings = {3: (date(year, 4, 16), date(year, 4, 28))}
    rows = tuple(
        YearRow(row.stage, row.stage.label, progress, first, last, windows.get(at), meetings.get(at, ()))
        for at, (row, (progress, first, last)) in enumerate(zip(STAGES, bars, strict=True))
    )
    line = TimeLine()
    line.show_line(YearLine(date(year, 1, 1), date(year, 12, 31), date(year, 3, 31), rows))
    return line


def _rows() -> list[QWidget]:
    papers, evidence = ItemList(), ItemList()
    papers.show_items(
        [
            document_item("offer", "要约书", "已存档，2 页"),
            document_item("receipt", "送达回执", "3月24日存档", stale=True),
        ]
    )
    evidence.show_items(
        [
            evidence_item("one", "要约书送达回执", "2 页", state="done"),
            evidence_item("two", "公布名单的照片", "还没有", state="missing"),
            evidence_item("three", "会议签到表", "会后就要有", state="lacking"),
            evidence_item("four", "企业方授权书", "已写原因", state="explained"),
        ]
    )
    return [papers, evidence, DropZone()]


def _figures() -> list[QWidget]:
    strip = FigureStrip()
    strip.show_figures(
        [
            FigureView(id="staff", label="职工总数", number="318", unit="人", remark="2月28日在册"),
            FigureView(id="rate", label="回收率", number="86.5", unit="%", remark="275 份有效"),
            FigureView(id="rise", label="平均希望涨", number="7.0", unit="%", remark="上年 5.2%"),
        ]
    )
    origin = OriginLine()
    staff = Origin("enterprise", "enterprise", "staff", "企业：职工总数 318 人")
    origin.show_figure("职工总数", Figure(318, "人", "职工总数", (staff,), "在册职工，不含劳务派遣工"))
    return [strip, origin]


def _rounds() -> QWidget:
    matrix = Matrix("各轮方案")
    groups = (
        MatrixGroup(key="past", title="第一轮", remark="4月16日", icon="lock"),
        MatrixGroup(key="now", title="第二轮", remark="4月28日", framed=True),
        MatrixGroup(key="next", title="第三轮"),
    )
    columns = (
        MatrixColumn(key="topic", title="议题", least=160, bold=True),
        *(
            MatrixColumn(key=f"{group.key}-{side}", title=title, number=True, group=group.key, least=90)
            for group in groups
            for side, title in (("ours", "本会"), ("theirs", "企业"))
        ),
    )
    rows = (
        MatrixRow(
            "wage",
            {
                "topic": MatrixCell(words="平均工资涨幅"),
                "past-ours": MatrixCell(words="8.0", unit="%", state="locked"),
                "past-theirs": MatrixCell(words="4.0", unit="%", state="locked"),
                "now-ours": MatrixCell(words="7.0", unit="%", lead="▼1", box=True, bold=True),
                "now-theirs": MatrixCell(words="5.0", unit="%", lead="▲1", box=True, bold=True),
            },
        ),
        MatrixRow(
            "night",
            {
                "topic": MatrixCell(words="夜班津贴", state="met"),
                "past-ours": MatrixCell(words="20", unit="元", state="locked"),
                "past-theirs": MatrixCell(words="20", unit="元", state="locked"),
                "now-ours": MatrixCell(words="20", unit="元"),
                "now-theirs": MatrixCell(words="20", unit="元"),
            },
        ),
    )
    matrix.show_matrix(groups, columns, rows)
    return matrix


def _charts() -> list[QWidget]:
    bars = BarRows("最希望协商的事项")
    bars.show_rows(
        [
            BarRowView(id="wage", label="工资涨幅", share=0.837, percent="83.7%", number="231 人", bold=True),
            BarRowView(
                id="night", label="夜班津贴", share=0.42, percent="42.0%", number="116 人", tail="列入"
            ),
            BarRowView(id="few", label="外籍职工", hidden="不足 5 份，不显示"),
        ]
    )
    bands = BandColumns("希望涨多少")
    bands.show_bands(
        [
            BandView(id="low", label="3%以下", number=40, words="40 人"),
            BandView(id="middle", label="3%到8%", number=160, words="160 人"),
            BandView(id="high", label="8%以上", number=75, words="75 人"),
        ]
    )
    heads = DotHeads(label="车间", cells=("在册", "答卷"), ring="占在册", dot="占答卷", difference="相差")
    dots = DotPairs("答卷像不像全体", heads)
    dots.show_pairs(
        [
            DotPairView(
                id="cast", label="铸造车间", cells=("120", "98"), ring=37.7, dot=35.6, difference="−2.1 点"
            ),
            DotPairView(
                id="tool",
                label="机加车间",
                cells=("88", "90"),
                ring=27.7,
                dot=32.7,
                difference="+5.0 点",
                warn=True,
            ),
        ]
    )
    lines = TwoLines("两方方案")
    lines.show_lines(
        ("一轮", "二轮", "三轮"),
        LineView(name="本会", values=(Decimal("8"), Decimal("7"), Decimal("6.5"))),
        LineView(name="企业", values=(Decimal("4"), Decimal("5"), Decimal("6"))),
        "%",
    )
    return [bars, bands, dots, lines]


def _empty() -> QWidget:
    return EmptyState(
        EmptyView(
            headline="草案谈定以后，从这里提交职代会",
            why="职代会过半数通过，双方才能签字。",
            drawing="ballot",
            needs=(
                NeedView(state="done", name="双方谈定草案", words="4月28日谈定"),
                NeedView(state="now", name="职代会代表名册", words="还差 3 人"),
                NeedView(state="missing", name="会议通知", words="会前 7 日公开"),
            ),
            primary=ActionView("go", "登记职代会会议"),
            secondary=ActionView("look", "看草案"),
            tip="区域性、行业性协商由区域、行业职代会审议。",
        )
    )


def _failure() -> FailureSheet:
    return FailureSheet(
        FailureView(
            headline="报送包没有写完",
            what_happened="U 盘中途拔出，第 27 个文件没有写完。",
            unharmed="电脑里的资料库和报送包都在，一点没动。",
            what_to_do="把 U 盘重新插好，接着写入；也可以换一个。",
            code="U-204",
            at="10:20",
            ways=(
                ActionView("again", "接着写入"),
                ActionView("other", "换一个 U 盘"),
                ActionView("folder", "先存到电脑文件夹"),
            ),
        )
    )
