"""Stage 2: who bargains, how they were chosen and made known (F-10…F-17; 鲁工资 7–15, 规定 19–31)."""

from __future__ import annotations

from datetime import date

from app.domain.facts import (
    Choice,
    Record,
    Sensitivity,
    choice,
    count,
    day,
    long_text,
    record,
    ref,
    refs,
    text,
    texts,
    yes_no,
)
from app.domain.union import Side


class ElectionWay(Choice):
    """产生方式 (law.md B worker_rep_elect, chief_employer, employer_rep_appoint, reg_*)."""

    UNION_NOMINATES = "union_nominates", "工会提名，职代会或全体职工表决"
    CONGRESS_ELECTS = "congress_elects", "职代会选举"
    JOINT_MEETING = "joint_meeting", "职代会闭会期间，联席会议通过"
    UNION_APPOINTS = "union_appoints", "工会选派"
    STAFF_RECOMMEND = "staff_recommend", "没有建会：民主推荐，职工表决"
    AREA_UNION_APPOINTS = "area_union_appoints", "行业或区域工会选派并公示"
    CHIEF_DESIGNATES = "chief_designates", "首席代表书面指定"
    BODY_APPOINTS = "body_appoints", "企业代表组织选派"
    EMPLOYERS_ELECT = "employers_elect", "参加企业民主推选"


class Role(Choice):
    """代表身份."""

    CHIEF = "chief", "首席代表"
    MEMBER = "member", "代表"


class ChiefBasis(Choice):
    """Why this person is the chief (law.md chief_worker, chief_worker_sub, chief_employer)."""

    UNION_CHAIR = "union_chair", "工会主席"
    ACTING_HEAD = "acting_head", "主持工作的副主席或委员"
    WRITTEN_PROXY = "written_proxy", "受书面委托的其他代表"
    LEGAL_PERSON = "legal_person", "法定代表人"
    AUTHORISED_MANAGER = "authorised_manager", "法定代表人书面委托的管理人员"
    ELECTED = "elected", "由代表推举"


class Employment(Choice):
    """用工形式."""

    CONTRACT = "contract", "合同制"
    DISPATCHED = "dispatched", "劳务派遣"
    OUTSIDE = "outside", "非本单位人员"


class Sex(Choice):
    """性别."""

    MALE = "male", "男"
    FEMALE = "female", "女"


class LeavingCause(Choice):
    """Why a seat fell vacant (law.md B rep_replace; 规定 30, 31)."""

    RECALLED = "recalled", "罢免（撤换）"
    RESIGNED = "resigned", "本人辞去"
    LEFT_WORK = "left_work", "离职或调离"
    UNABLE = "unable", "不能履行职责"
    OTHER = "other", "其他"


class TieToEmployer(Choice):
    """What bars a person from the workers' side (鲁工资 10)."""

    NONE = "none", "无"
    OWNER = "owner", "企业负责人或出资人"
    RELATIVE = "relative", "企业负责人或出资人的近亲属"
    OTHER_KIN = "other_kin", "企业负责人或出资人的其他亲属"
    HR_HEAD = "hr_head", "人力资源部门负责人"
    HR_KIN = "hr_kin", "人力资源部门负责人的亲属"


@record("代表产生", "side", "way")
class Election(Record):
    """How one side's representatives came about (F-10, F-13, F-14)."""

    side: Side | None = choice("哪一方", Side)
    way: ElectionWay | None = choice("产生方式", ElectionWay)
    nominated_on: date | None = day("提名日期")
    session: str = ref("表决的职代会", "sessions")
    meeting_name: str = text("会议名称", help="不在职代会上产生的写这里，例如工会委员会会议。")
    meeting_on: date | None = day("会议日期")
    designated_on: date | None = day("指定书或选派日期")
    determined_on: date | None = day("代表确定日期")
    published_on: date | None = day("名单公布日期")
    taken_down_on: date | None = day("撤下日期")
    published_at: tuple[str, ...] = texts("公布地点")
    tenure_from: date | None = day("任期自")
    tenure_until: str = text("任期至", help="例如：工资专项集体合同履行期满。")
    note: str = long_text("产生经过")
    seats: int | None = count("名额", help="这次要产生几名代表。")
    conditions: str = long_text("推荐条件", help="写进推选公告，例如：能代表职工、熟悉工资情况。")
    nominate_until: date | None = day("推荐截止日期")
    voting_on: date | None = day("投票日期")
    voting_place: str = text("投票地点")
    received_by: str = text("受理人", help="推荐表交给谁，写姓名和办公地点。")
    heard_on: date | None = day("听取职工意见日期", help="由工会选派的，写听取职工意见那天。")
    heard_how: str = text("怎样听取意见", help="例如：班组座谈、张贴公告收意见。")
    guided_by: str = text("指导的上级工会", help="没有建会的，写指导推荐的上级工会。")
    told_at: str = text("监督电话", help="印在当选公告上，写单位的电话。")


@record("候选人", "name")
class Candidate(Record):
    """One candidate for the representatives of a side, with the votes counted (F-11, F-12, F-13)."""

    election: str = ref("哪一次推选", "elections")
    name: str = text("姓名")
    sex: Sex | None = choice("性别", Sex)
    department: str = text("部门")
    post: str = text("职务或岗位")
    frontline: bool | None = yes_no("一线岗位")
    employment: Employment | None = choice("用工形式", Employment)
    member: bool | None = yes_no("工会会员")
    tie_to_employer: TieToEmployer | None = choice("与企业负责人、出资人的关系", TieToEmployer)
    nominated_by: str = text("谁推荐的", help="例如：装配车间工会小组、企业工会。")
    written_in: bool | None = yes_no("选票上另选的", help="候选人名单上没有、投票时写上的人。")
    in_favour: int | None = count("同意", unit="票")
    against: int | None = count("不同意", unit="票")
    abstained: int | None = count("弃权", unit="票")
    representative: str = ref("列为代表", "representatives")


@record("计票", "what", "counted_on")
class Count(Record):
    """One paper count (F-13, F-56). It closes only if the numbers agree or a written reason rides along.

    The base of the threshold is all delegates or all staff (``expected``), never those present (鲁工资 27).
    ``closed_on`` and ``reopened_because`` are written by the use cases of closing and opening again only.
    """

    what: str = text("表决事项")
    election: str = ref("所属推选", "elections")
    session: str = ref("所属会议", "sessions")
    agreement: str = ref("所表决的合同", "agreements")
    counted_on: date | None = day("计票日期")
    method: str = text("表决方式", help="例如：无记名投票。")
    expected: int | None = count("应到")
    present: int | None = count("实到")
    printed: int | None = count("印制", unit="张")
    issued: int | None = count("发出", unit="张")
    unused: int | None = count("余票", unit="张", help="没有发出去的余票。")
    returned: int | None = count("收回", unit="张")
    valid: int | None = count("有效", unit="张")
    invalid: int | None = count("无效", unit="张")
    in_favour: int | None = count("赞成", unit="票")
    against: int | None = count("反对", unit="票")
    abstained: int | None = count("弃权", unit="票")
    scrutineers: tuple[str, ...] = texts("监票人")
    tellers: tuple[str, ...] = texts("计票人")
    note: str = text("数字不齐的说明", help="例如 1 人中途离场，没有投。")
    closed_on: date | None = day("计票结束日期")
    reopened_because: str = text("重新打开的原因")


@record("协商代表", "side", "name")
class Representative(Record):
    """One representative of either side (F-15)."""

    side: Side | None = choice("哪一方", Side)
    role: Role | None = choice("身份", Role)
    chief_basis: ChiefBasis | None = choice("任首席的依据", ChiefBasis)
    name: str = text("姓名")
    sex: Sex | None = choice("性别", Sex)
    post: str = text("职务")
    department: str = text("部门")
    enterprise: str = ref("所在企业", "covered_enterprises")
    workplace: str = text("所在单位", help="区域性、行业性协商时填。")
    frontline: bool | None = yes_no("一线岗位")
    employment: Employment | None = choice("用工形式", Employment)
    is_union_staff: bool | None = yes_no("工会工作人员", help="企业方代表不得由工会工作人员担任。")
    tie_to_employer: TieToEmployer | None = choice("与企业负责人、出资人的关系", TieToEmployer)
    id_number: str = text("身份证号", see=Sensitivity.PERSONAL, code="id_number")
    phone: str = text("联系电话", see=Sensitivity.PERSONAL)
    in_favour: int | None = count("赞成", unit="票")
    against: int | None = count("反对", unit="票")
    abstained: int | None = count("弃权", unit="票")
    left_on: date | None = day("不再担任日期")


@record("更换代表", "name")
class Replacement(Record):
    """A change of representative (F-17; 规定 31: within 15 days of the vacancy; 鲁工资 14)."""

    side: Side | None = choice("哪一方", Side)
    leaving: str = ref("离任代表", "representatives")
    arriving: str = ref("新代表", "representatives")
    cause: LeavingCause | None = choice("原因", LeavingCause)
    name: str = text("事由")
    proposed_on: date | None = day("提出日期", help="提出罢免（撤换）的日期。")
    proposed_by: str = text("谁提出的", help="例如：装配车间 12 名职工。")
    recall_count: str = ref("罢免的计票", "counts", help="表决罢免的那一次计票。")
    election: str = ref("新代表的推选", "elections", help="按原来的程序补选的，写是哪一次推选。")
    vacant_on: date | None = day("空缺日期")
    filled_on: date | None = day("新代表产生日期")
    told_other_side_on: date | None = day("书面通知对方日期")


@record("协商顾问", "name")
class Adviser(Record):
    """An adviser, not counted among the representatives (鲁工资 12); elsewhere an outside representative."""

    name: str = text("姓名")
    side: Side | None = choice("聘请方", Side)
    identity: str = text("身份")
    as_representative: bool | None = yes_no("列为协商代表")
    mandated_on: date | None = day("书面委托日期")


@record("记录员", "name")
class Recorder(Record):
    """The recorder both sides agree on, who is no representative (鲁工资 26, 规定 33)."""

    name: str = text("姓名")
    side: Side | None = choice("哪一方的", Side, help="一方一名书记员的地方写；共同确定的一名可以不写。")
    post: str = text("职务")
    is_representative: bool | None = yes_no("是协商代表")
    agreed_on: date | None = day("双方共同确认日期")


@record("委托书", "kind_text", "to_name")
class Mandate(Record):
    """A power of attorney or designation (F-16)."""

    kind_text: str = text("名称", help="例如：首席代表委托书、企业方代表指定书。")
    side: Side | None = choice("哪一方", Side)
    from_name: str = text("委托人")
    from_post: str = text("委托人职务")
    to_name: str = text("受托人")
    scope: str = long_text("事项与权限")
    signed_on: date | None = day("签署日期")
    valid_until: str = text("期限")


@record("代表培训", "held_on")
class Training(Record):
    """Training of representatives (培训记录)."""

    held_on: date | None = day("日期")
    subject: str = text("内容")
    host: str = text("主办")
    workers: int | None = count("职工方代表参加")
    employers: int | None = count("企业方代表参加")
    hours: int | None = count("学时", unit="学时")


@record("指导员参与", "on_day", "name")
class InstructorVisit(Record):
    """What the district's bargaining instructor took part in."""

    on_day: date | None = day("日期")
    name: str = text("指导员")
    what: str = text("内容")
    advisers: tuple[str, ...] = refs("对应顾问", "advisers")
