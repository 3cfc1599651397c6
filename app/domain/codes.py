"""Codes that carry their own check, and the official code lists the forms use.

Every ``check_…`` function takes what was typed and returns None if it is fine or left empty, else one plain
Chinese sentence: what is, what should be, the way out. Full-width characters, blanks and lower case are taken
as meant (:func:`tidy_code`); the sentences speak of the tidied text.

Sources: GB 32100-2015 (统一社会信用代码), GB 11714-1997 (组织机构代码), GB 11643-1999 (公民身份号码),
GB/T 2260 (行政区划代码), GB/T 4754-2017 (国民经济行业分类).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""The 31 characters of GB 32100; the value of a character is its place."""

_CREDIT_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECK_CHARACTERS = "10X98765432"

_MISTAKEN: Mapping[str, str] = MappingProxyType({"I": "1", "O": "0", "S": "5", "Z": "2", "V": "U"})
"""Letters GB 32100 leaves out because they look like another character, and that character."""

_OR_EMPTY = "没有可先留空。"

PROVINCES: Mapping[str, str] = MappingProxyType(
    {
        "11": "北京市",
        "12": "天津市",
        "13": "河北省",
        "14": "山西省",
        "15": "内蒙古自治区",
        "21": "辽宁省",
        "22": "吉林省",
        "23": "黑龙江省",
        "31": "上海市",
        "32": "江苏省",
        "33": "浙江省",
        "34": "安徽省",
        "35": "福建省",
        "36": "江西省",
        "37": "山东省",
        "41": "河南省",
        "42": "湖北省",
        "43": "湖南省",
        "44": "广东省",
        "45": "广西壮族自治区",
        "46": "海南省",
        "50": "重庆市",
        "51": "四川省",
        "52": "贵州省",
        "53": "云南省",
        "54": "西藏自治区",
        "61": "陕西省",
        "62": "甘肃省",
        "63": "青海省",
        "64": "宁夏回族自治区",
        "65": "新疆维吾尔自治区",
        "71": "台湾省",
        "81": "香港特别行政区",
        "82": "澳门特别行政区",
    }
)
"""First two digits of a division code (GB/T 2260)."""

_ID_PREFIXES = frozenset(PROVINCES) | {"83", *(str(number) for number in range(90, 100))}
"""ID numbers may also begin with 83 (港澳台居民居住证, Taiwan) or 9 (外国人永久居留身份证)."""

UNION_KINDS: Mapping[str, str] = MappingProxyType({"1": "单独基层工会", "2": "联合基层工会"})
"""Kind of grass-roots union, 《基层工会调查表》 904."""

UNIT_TYPES: Mapping[str, str] = MappingProxyType(
    {
        "110": "国有企业",
        "120": "集体企业",
        "130": "股份合作企业",
        "140": "联营企业",
        "151": "国有独资公司",
        "159": "其他有限责任公司",
        "161": "股份公司中国有控股",
        "169": "其他股份公司",
        "170": "私营企业",
        "190": "其他内资企业",
        "200": "港澳台商投资",
        "300": "外商投资",
        "400": "事业",
        "500": "机关",
        "600": "个体经济组织",
        "700": "民办非企业",
    }
)
"""Unit types as the union registration form lists them (工会登记旧码)."""

ECONOMIC_SECTORS: Mapping[str, str] = MappingProxyType(
    {
        "1": "公有经济",
        "11": "国有经济",
        "12": "集体经济",
        "2": "非公有经济",
        "21": "私有经济",
        "22": "港澳台经济",
        "23": "外商经济",
    }
)
"""Economic sectors (经济成分, 1998); the first digit of a two-digit code is its group."""

INDUSTRIES: Mapping[str, str] = MappingProxyType(
    {
        "A": "农、林、牧、渔业",
        "B": "采矿业",
        "C": "制造业",
        "D": "电力、热力、燃气及水生产和供应业",
        "E": "建筑业",
        "F": "批发和零售业",
        "G": "交通运输、仓储和邮政业",
        "H": "住宿和餐饮业",
        "I": "信息传输、软件和信息技术服务业",
        "J": "金融业",
        "K": "房地产业",
        "L": "租赁和商务服务业",
        "M": "科学研究和技术服务业",
        "N": "水利、环境和公共设施管理业",
        "O": "居民服务、修理和其他服务业",
        "P": "教育",
        "Q": "卫生和社会工作",
        "R": "文化、体育和娱乐业",
        "S": "公共管理、社会保障和社会组织",
        "T": "国际组织",
    }
)
"""The 20 sections of GB/T 4754-2017."""

OLD_INDUSTRY_CODES: Mapping[str, str] = MappingProxyType(
    {
        "01": "农、林、牧、渔业",
        "02": "采矿业",
        "03": "制造业",
        "04": "电力、燃气及水的生产和供应业",
        "05": "建筑业",
        "06": "交通运输、仓储和邮政业",
        "07": "信息传输、计算机服务和软件业",
        "08": "批发和零售业",
        "09": "住宿和餐饮业",
        "10": "金融业",
        "11": "房地产业",
        "12": "租赁和商务服务业",
        "13": "科学研究、技术服务和地质勘查业",
        "14": "水利、环境和公共设施管理业",
        "15": "居民服务和其他服务业",
        "16": "教育",
        "17": "卫生、社会保障和社会福利业",
        "18": "文化、体育和娱乐业",
        "19": "公共管理和社会组织",
        "20": "国际组织",
    }
)
"""The 20 numbers the union registration form still uses."""

INDUSTRY_OF_OLD_CODE: Mapping[str, str] = MappingProxyType(
    dict(zip(OLD_INDUSTRY_CODES, "ABCDEGIFHJKLMNOPQRST", strict=True))
)
"""Old number -> section of today. Our own mapping by name: 社会保障 moved from 17 to S, which one letter for
17 cannot show, so it is to be offered for confirmation, not applied silently."""


def tidy_code(text: str) -> str:
    """Return ``text`` as it was meant: half-width, upper case, without blanks and hidden characters."""
    plain = unicodedata.normalize("NFKC", text).upper()
    hidden = ("Cc", "Cf")
    return "".join(char for char in plain if not char.isspace() and unicodedata.category(char) not in hidden)


def check_credit_code(text: str) -> str | None:
    """Check a 统一社会信用代码 of any kind of body (GB 32100) and the 组织机构代码 inside (GB 11714)."""
    code = tidy_code(text)
    return _credit_form(code) or _credit_checksum(code) if code else None


def check_union_code(text: str) -> str | None:
    """Check a union's own 统一社会信用代码, which begins with 8 (工会)."""
    code = tidy_code(text)
    if not code:
        return None
    if problem := _credit_form(code):
        return problem
    if code.startswith("9"):
        return f"这是企业的代码（9 开头），这里要填工会的代码（8 开头），在工会法人资格证书上；{_OR_EMPTY}"
    if not code.startswith("8"):
        return f"工会的代码以 8 开头，现在以“{code[0]}”开头。请对照工会法人资格证书改；{_OR_EMPTY}"
    return _credit_checksum(code)


def check_enterprise_code(text: str) -> str | None:
    """Check an employer's 统一社会信用代码: any kind of body but a union (8)."""
    code = tidy_code(text)
    if not code:
        return None
    if problem := _credit_form(code):
        return problem
    if code.startswith("8"):
        return f"这是工会的代码（8 开头），这里要填企业的代码，在营业执照上；{_OR_EMPTY}"
    return _credit_checksum(code)


def credit_check_character(body: str) -> str:
    """Return the 18th character for the first 17 of a 统一社会信用代码 (GB 32100: weights 3^i mod 31).

    Raises:
        ValueError: a character is not in :data:`CREDIT_ALPHABET`, or there are not 17.
    """
    total = sum(
        CREDIT_ALPHABET.index(char) * weight for char, weight in zip(body, _CREDIT_WEIGHTS, strict=True)
    )
    return CREDIT_ALPHABET[-total % 31]


def organisation_check_character(body: str) -> str:
    """Return the 9th character for the first 8 of a 组织机构代码 (GB 11714: mod 11, 10 is written X).

    Raises:
        ValueError: a character is no digit or capital letter, or there are not 8.
    """
    total = sum(int(char, 36) * weight for char, weight in zip(body, _ORGANISATION_WEIGHTS, strict=True))
    return "0123456789X"[-total % 11]


def check_id_number(text: str) -> str | None:
    """Check a 公民身份号码 of 18 characters (GB 11643), its date of birth included.

    The sentences never repeat digits of the number: they may be shown where the number is masked.
    """
    number = tidy_code(text)
    if not number:
        return None
    if re.fullmatch(r"[0-9]{15}", number):
        return f"这是旧的 15 位号码，现在用 18 位。请照现在的身份证填；{_OR_EMPTY}"
    if len(number) != 18:
        return _length(number, 18, "身份证")
    for place, char in enumerate(number, start=1):
        if char not in ("0123456789X" if place == 18 else "0123456789"):
            rule = "最后一位只能是数字或 X" if place == 18 else "前 17 位只能是数字"
            return f"第 {place} 位不是数字，身份证号{rule}。请对照身份证改；{_OR_EMPTY}"
    if number[:2] not in _ID_PREFIXES:
        return f"开头两位是省份，现在这两位没有对应的省份。请对照身份证改；{_OR_EMPTY}"
    if not _is_birth_date(number[6:14]):
        return f"第 7 到 14 位是出生日期，现在这几位不是一个日期。请对照身份证改；{_OR_EMPTY}"
    total = sum(int(char) * weight for char, weight in zip(number[:17], _ID_WEIGHTS, strict=True))
    if _ID_CHECK_CHARACTERS[total % 11] != number[17]:
        return f"18 位合起来对不上，多半是抄错了一位。请对照身份证逐位核对；{_OR_EMPTY}"
    return None


def check_division(text: str) -> str | None:
    """Check a 行政区划代码 of six digits (GB/T 2260): digits, length and province.

    Cities and counties are not looked up, because that list changes every year.
    """
    code = tidy_code(text)
    if not code:
        return None
    if len(code) != 6:
        return _length(code, 6, "区划代码表")
    for place, char in enumerate(code, start=1):
        if char not in "0123456789":
            return f"第 {place} 位是“{char}”，区划代码只有数字。请对照区划代码表改；{_OR_EMPTY}"
    if code[:2] not in PROVINCES:
        return f"开头两位是省份，没有“{code[:2]}”这个省份。请对照区划代码表改；{_OR_EMPTY}"
    return None


def _credit_form(code: str) -> str | None:
    if len(code) != 18:
        return _length(code, 18, "证书")
    for place, char in enumerate(code, start=1):
        if char in _MISTAKEN:
            return (
                f"第 {place} 位是“{char}”，这种代码不用 I、O、S、V、Z，多半是“{_MISTAKEN[char]}”。"
                f"请对照证书改；{_OR_EMPTY}"
            )
        if char not in CREDIT_ALPHABET:
            return f"第 {place} 位是“{char}”，这种代码只有数字和大写字母。请对照证书改；{_OR_EMPTY}"
        if 3 <= place <= 8 and char not in "0123456789":
            return (
                f"第 {place} 位是“{char}”，第 3 到 8 位是登记地的区划代码，只能是数字。"
                f"请对照证书改；{_OR_EMPTY}"
            )
    return None


def _credit_checksum(code: str) -> str | None:
    """Say where the slip probably is; the right character is not offered, the certificate decides."""
    inner_holds = organisation_check_character(code[8:16]) == code[16]
    if credit_check_character(code[:17]) == code[17]:
        if inner_holds:
            return None
        return f"第 9 到 17 位合起来对不上，里面有抄错的。请对照证书核对这 9 位；{_OR_EMPTY}"
    # The nine characters in the middle check themselves, so they tell which part to look at first.
    where = "前 8 位或最后一位" if inner_holds else "第 9 到 17 位"
    return f"18 位合起来对不上，多半是{where}抄错了。请对照证书逐位核对；{_OR_EMPTY}"


def _length(code: str, wanted: int, paper: str) -> str:
    missing = wanted - len(code)
    remedy = f"补上{_places(missing)}" if missing > 0 else f"去掉多出的{_places(-missing)}"
    return f"现在是 {len(code)} 位，应为 {wanted} 位。请对照{paper}{remedy}；{_OR_EMPTY}"


def _places(number: int) -> str:
    return "一位" if number == 1 else f" {number} 位"


def _is_birth_date(digits: str) -> bool:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:])).year >= 1900
    except ValueError:
        return False
