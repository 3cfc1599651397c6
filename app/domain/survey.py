"""Stage 1: what the staff want (F-01, F-02, F-03; 鲁工资 22, 试行办法 16, 规定 33)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from app.domain.facts import (
    Choice,
    Record,
    Sensitivity,
    amount,
    choice,
    count,
    counts,
    day,
    long_text,
    record,
    ref,
    refs,
    text,
    texts,
    yes_no,
)


class SurveyWay(Choice):
    """How the staff were asked."""

    PAPER = "paper", "纸质问卷"
    ONLINE = "online", "线上问卷"
    BOTH = "both", "线上和纸质问卷"


class QuestionKind(Choice):
    """题型."""

    SINGLE = "single", "单选"
    MULTIPLE = "multiple", "多选"
    MATRIX = "matrix", "矩阵单选"
    RANKING = "ranking", "排序"
    OPEN = "open", "开放"
    NUMBER = "number", "填数"


class HearingKind(Choice):
    """座谈 or 访谈."""

    MEETING = "meeting", "座谈会"
    INTERVIEW = "interview", "个别访谈"


class GroupBy(Choice):
    """By what staff and answers are grouped; each has at most one question of a survey that asks for it."""

    DEPARTMENT = "department", "部门"
    POST = "post", "岗位"
    LEVEL = "level", "岗位类别"
    EMPLOYMENT = "employment", "用工形式"
    SEX = "sex", "性别"
    AGE = "age", "年龄段"
    MEMBER = "member", "是否会员"


class Audience(Choice):
    """Whom a questionnaire is written for; 成都 asks both (forms.md F-01)."""

    STAFF = "staff", "职工版"
    MANAGERS = "managers", "管理人员版"


class Situation(Choice):
    """The enterprise's situation, by which the notices shift what is asked first."""

    NORMAL = "normal", "生产经营正常"
    DIFFICULT = "difficult", "生产经营困难"
    STATE_WAGES = "state_wages", "国企工资总额管理"
    NEW_BUSINESS = "new_business", "新就业形态"


class TopicDecision(Choice):
    """What became of a topic (F-03)."""

    OFFERED = "offered", "列入要约"
    POSTPONED = "postponed", "暂缓"
    ELSEWHERE = "elsewhere", "另行解决"


class TopicCategory(Choice):
    """Statutory contents of wage bargaining (鲁工资 17; 试行办法 7), and the special agreements' own."""

    SYSTEM = "system", "工资分配制度、标准和形式"
    LEVEL = "level", "年度平均工资水平及调整幅度"
    MINIMUM = "minimum", "本企业最低工资标准"
    ALLOWANCE = "allowance", "奖金、津贴、补贴"
    QUOTA = "quota", "劳动定额和计件单价"
    TREATMENT = "treatment", "加班、假期和特殊情况待遇"
    PAYMENT = "payment", "支付日和支付办法"
    PROCEDURE = "procedure", "变更、解除、终止和违约责任"
    WELFARE = "welfare", "福利和其他"
    WOMEN = "women", "女职工权益"
    SAFETY = "safety", "劳动安全卫生"
    REST = "rest", "工时和休息休假"


@record("意愿调查", "title_text")
class Survey(Record):
    """One survey: what was handed out and what came back. Individual sheets are never part of the case."""

    title_text: str = text("调查名称")
    way: SurveyWay | None = choice("问卷方式", SurveyWay)
    channel: str = text("发放渠道")
    notice_on: date | None = day("通知日期")
    started_on: date | None = day("开始日期")
    ended_on: date | None = day("截止日期")
    named: bool | None = yes_no("记名")
    audience: Audience | None = choice("问卷版本", Audience)
    situation: Situation | None = choice("企业情况", Situation)
    version: str = text("版次", help="定稿时写上；答卷只认同一版次的题目。")
    frozen_on: date | None = day("问卷定稿日期", help="印出来或发出去以后，题目就不再改。")
    questions_digest: str = text("定稿时题目的指纹")
    sheets_printed: int | None = count("印制", unit="份")
    double_keyed: bool | None = yes_no("纸质答卷录两遍核对")
    entry_closed_on: date | None = day("录入结束日期")
    target_staff: int | None = count("发放对象：职工")
    target_others: int | None = count("发放对象：派遣及其他")
    issued_online: int | None = count("线上发放", unit="份")
    issued_paper: int | None = count("纸质发放", unit="份")
    issued: int | None = count("发放合计", unit="份")
    returned_online: int | None = count("线上收回", unit="份")
    returned_paper: int | None = count("纸质收回", unit="份")
    returned: int | None = count("收回合计", unit="份")
    valid_online: int | None = count("线上有效", unit="份")
    valid_paper: int | None = count("纸质有效", unit="份")
    valid: int | None = count("有效合计", unit="份")
    issue_note: str = text("发放说明")
    report_on: date | None = day("汇总报告日期")
    prepared_by: str = text("制表人")
    reviewed_by: str = text("审核人")
    report_sealed: bool | None = yes_no("汇总报告已盖工会章")


@record("问卷题目", "number", "stem")
class Question(Record):
    """One question of a survey, with its options and, for a matrix, its rows."""

    survey: str = ref("所属调查", "surveys")
    number: int | None = count("题号", unit="")
    kind: QuestionKind | None = choice("题型", QuestionKind)
    stem: str = text("题干")
    options: tuple[str, ...] = texts("选项")
    rows: tuple[str, ...] = texts("矩阵的行")
    asks_group: GroupBy | None = choice("问的是哪种分组", GroupBy)
    bank_key: str = text("题库里的题")
    at_most: int | None = count("最多选", unit="项")
    asked_of: str = text("仅由谁回答")
    asked_count: int | None = count("应答人数")


@record("答案统计", "question", "group")
class AnswerCount(Record):
    """How often each option of a question was chosen, by all or by one group or matrix row.

    ``numbers`` stand in the order of the question's options; of a 填数 they are the one number of those who wrote a
    number, and ``total`` is the sum of what they wrote, in ``unit``. It is never kept of fewer than five, nor by groups.
    """

    question: str = ref("题目", "questions")
    group: str = text("分组或矩阵行", help="空着就是全体。")
    group_question: str = ref("按哪一题分组", "questions")
    row: str = text("分组看的矩阵行", help="矩阵题按组分开数的时候，写是哪一行。")
    numbers: tuple[int, ...] = counts("各选项人数")
    total: Decimal | None = amount("填的数合计", unit="", help="填数题，所有人填的数加起来；不足 5 人不记。")
    unit: str = text("填的数的单位", help="例如 元、小时。")


@record("座谈访谈", "kind", "held_on")
class Hearing(Record):
    """A hearing or interviews (座谈会、个别访谈) with what was said, never by whom."""

    kind: HearingKind | None = choice("形式", HearingKind)
    held_on: date | None = day("日期")
    place: str = text("地点")
    chair: str = text("主持人")
    people: int | None = count("人数")
    frontline: int | None = count("其中一线")
    women: int | None = count("其中女职工")
    of_whom: str = text("对象")
    opinions: tuple[str, ...] = texts("主要意见")


@record("议题", "code", "name")
class Topic(Record):
    """A bargaining topic on its way from answers to offer, positions, clause and obligation (F-03)."""

    code: str = text("编号", help="例如 Y1。")
    name: str = text("议题")
    category: TopicCategory | None = choice("法定内容", TopicCategory)
    source: str = text("来源", help="问卷第几题、哪次座谈。")
    questions: tuple[str, ...] = refs("来自题目", "questions")
    hearings: tuple[str, ...] = refs("来自座谈访谈", "hearings")
    supporters: int | None = count("提出人数")
    decision: TopicDecision | None = choice("处理", TopicDecision)
    reason: str = text("理由", help="暂缓或另行解决的，写明为什么。")
    unit: str = text("数字的单位", help="例如 % 或 元/月。")
    last_value: Decimal | None = amount("上年数字", unit="")


@record("本方底线", "topic")
class BottomLine(Record):
    """Own goals (F-34 协商预案). Stays on this computer: never printed, never in a package."""

    topic: str = ref("议题", "topics")
    best: str = text("上限目标", see=Sensitivity.BOTTOM_LINE)
    middle: str = text("中间目标", see=Sensitivity.BOTTOM_LINE)
    floor: str = text("底线", see=Sensitivity.BOTTOM_LINE)
    tradeable: str = long_text("可交换条件", see=Sensitivity.BOTTOM_LINE)
    speaker: str = text("谁主谈", see=Sensitivity.BOTTOM_LINE)
