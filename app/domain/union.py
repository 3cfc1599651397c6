"""The union, the enterprise and what one year's cycle is about."""

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
    day,
    long_text,
    record,
    text,
    yes_no,
)

INTERNAL = Sensitivity.INTERNAL


class Side(Choice):
    """The two parties at the table."""

    WORKER = "worker", "职工方"
    EMPLOYER = "employer", "企业方"


class UnionKind(Choice):
    """组织类型 as in the national union statistics (forms.md §4.1)."""

    SINGLE = "single", "单独基层工会"
    JOINT = "joint", "联合基层工会"


class Situation(Choice):
    """The enterprise's economic situation, by which the notices set the emphasis of bargaining."""

    GOOD = "good", "效益较好"
    NORMAL = "normal", "生产经营正常"
    FAIR = "fair", "效益一般"
    HARD = "hard", "生产经营困难"
    STATE_WAGE_TOTAL = "state_wage_total", "国有企业工资总额管理"


class Form(Choice):
    """协商形式."""

    SINGLE = "single", "单独"
    AREA = "area", "区域性"
    INDUSTRY = "industry", "行业性"


class AgreementKind(Choice):
    """合同类型 (forms.md F-40…F-43)."""

    WAGE = "wage", "工资专项"
    GENERAL = "general", "综合"
    WOMEN = "women", "女职工专项"
    SAFETY = "safety", "劳动安全卫生专项"


@record("工会", "name")
class Union(Record):
    """The union that keeps this library (forms.md §4.6: it has a code of its own, beginning with 8)."""

    name: str = text("工会名称")
    code: str = text("工会统一社会信用代码", code="union_code", help="工会法人证书上的 18 位代码，8 开头。")
    kind: UnionKind | None = choice("组织类型", UnionKind)
    founded_on: date | None = day("成立日期")
    chair: str = text("主席")
    vice_chair: str = text("副主席")
    acting_head: str = text("主持工作", help="主席不能履职时，写主持工作的副主席或委员。")
    has_women_committee: bool | None = yes_no("已建立女职工委员会")
    women_committee_head: str = text("女职工委员会主任")
    members: int | None = count("会员数")
    female_members: int | None = count("女会员数")
    upper_union: str = text("上一级工会")
    district_union: str = text("区总工会")
    phone: str = text("联系电话")
    handler: str = text("经办人", help="填表、报送的人。")


@record("企业", "name")
class Enterprise(Record):
    """The employer of a single-enterprise cycle, or the employers' body of an area or industry cycle.

    Its people are those with a labour relation to it; dispatched and outsourced workers are counted apart.
    """

    name: str = text("企业名称")
    code: str = text("企业统一社会信用代码", code="enterprise_code", help="营业执照上的 18 位代码。")
    legal_person: str = text("法定代表人")
    legal_person_post: str = text("法定代表人职务")
    address: str = text("地址")
    division: str = text("行政区划代码", code="division", help="6 位，照营业执照所在区县填。")
    unit_type: str = text("经济类型代码", help="工会登记的代码，例如 170 私营企业。")
    industry: str = text("行业门类", help="国标门类字母 A 到 T。")
    industry_detail: str = text("行业大类")
    old_industry_code: str = text("行业旧码", help="工会登记表上的 01 到 20。")
    above_scale: bool | None = yes_no("规模（限额）以上")
    foreign_invested: bool | None = yes_no("外商投资")
    global_500: bool | None = yes_no("世界 500 强在地企业")
    new_business: bool | None = yes_no("新业态", help="快递、外卖、网约车、货运、家政、保洁等。")
    situation: Situation | None = choice("经营状况", Situation)
    staff: int | None = count("职工总数", help="与本企业建立劳动关系的人，不含劳务派遣工。")
    male_staff: int | None = count("男职工")
    female_staff: int | None = count("女职工")
    migrant_staff: int | None = count("农民工")
    frontline_staff: int | None = count("一线职工")
    disabled_staff: int | None = count("残疾职工")
    minor_staff: int | None = count("未成年工")
    dispatched_staff: int | None = count("劳务派遣工", help="不计入覆盖职工数。")
    outsourced_staff: int | None = count("众包及外包人员", help="不计入覆盖职工数。")
    staff_note: str = text("人数口径")
    local_minimum_wage: Decimal | None = amount("当地月最低工资标准", unit="元/月", minimum=0)
    local_minimum_wage_source: str = text("最低工资标准来源")
    body_name: str = text("企业代表组织", help="区域性、行业性协商时填商会、协会等。")
    body_head: str = text("企业代表组织负责人")
    body_mandate: str = text("企业代表组织的授权")
    area_unionised: int | None = count("本区域已建会企业数", unit="家")
    area_signed_apart: int | None = count("其中另行单独签订", unit="家")


@record("部门", "name")
class Department(Record):
    """One line of the roster totals (花名册汇总); persons themselves are not kept here."""

    name: str = text("部门")
    staff: int | None = count("人数")
    female: int | None = count("女")
    migrant: int | None = count("农民工")
    members: int | None = count("会员")
    frontline: bool | None = yes_no("一线")


@record("覆盖企业", "name")
class CoveredEnterprise(Record):
    """One enterprise under an area or industry agreement (覆盖企业, 鲁工资 32–36)."""

    name: str = text("企业名称")
    code: str = text("统一社会信用代码", code="enterprise_code")
    legal_person: str = text("法定代表人")
    industry: str = text("行业")
    staff: int | None = count("职工数", help="建立劳动关系的人。")
    female_staff: int | None = count("女")
    migrant_staff: int | None = count("农民工")
    members: int | None = count("会员")
    special_staff: int | None = count("主要工种人数", help="例如快递员。")
    outsourced_staff: int | None = count("众包及外包人员")
    has_own_union: bool | None = yes_no("有独立工会")
    mandate_given: bool | None = yes_no("已授权企业代表组织")
    representatives_published_on: date | None = day("职工方代表在该企业公示日期")
    representatives_unpublished_note: str = text("没有公示的情况")
    congress_seats: int | None = count("职代会代表名额", unit="名")
    sealed_on: date | None = day("合同盖章确认日期")
    union_sealed_on: date | None = day("该企业工会盖章日期")


@record("年度", "year", "agreement_kind")
class Cycle(Record):
    """One year's bargaining on one agreement."""

    year: int | None = count("年度", unit="年", minimum=1994, maximum=2100)
    name: str = text("名称")
    region: str = text("规则包", help="按单位所在地选，期限和文书名称由它决定。")
    region_name: str = text("地区")
    form: Form | None = choice("协商形式", Form)
    agreement_kind: AgreementKind | None = choice("合同类型", AgreementKind)
    statistics_until: date | None = day("统计截止日")
    campaign_from: date | None = day("集中要约开始")
    campaign_until: date | None = day("集中要约结束")
    practice: bool | None = yes_no("练习案卷")
    note: str = long_text("案卷说明", help="例如：练习用，单位和数字都是虚构的。")
