"""Checked codes: every wrong code gets its own plain sentence, every right one none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.codes import (
    CREDIT_ALPHABET,
    ECONOMIC_SECTORS,
    INDUSTRIES,
    INDUSTRY_OF_OLD_CODE,
    OLD_INDUSTRY_CODES,
    PROVINCES,
    UNIT_TYPES,
    check_credit_code,
    check_division,
    check_enterprise_code,
    check_id_number,
    check_union_code,
    credit_check_character,
    organisation_check_character,
    tidy_code,
)

UNIONS = ["81371311FAKE10019W", "81371002FAKE11011T", "81120102FAKE120142"]
ENTERPRISES = [
    "91371311FAKE00013H",
    "91371002FAKE01016H",
    "91371002FAKE01024C",
    "91371002FAKE010327",
    "91371002FAKE010402",
    "91371002FAKE01059Y",
    "91371002FAKE01067R",
    "91371002FAKE01075L",
    "91371002FAKE01083F",
    "91371002FAKE01091A",
    "91120102FAKE02019Q",
    "91120102FAKE02027K",
    "91120102FAKE02035E",
    "91120102FAKE020439",
    "91120102FAKE020514",
    "91120102FAKE0206XU",
    "91120102FAKE02078U",
    "91120102FAKE02086N",
    "91120102FAKE02094H",
    "91120102FAKE021077",
    "91120102FAKE021152",
    "91120102FAKE02123W",
    "91120102FAKE02131P",
    "91120102FAKE0214XF",
]
ENTERPRISE = ENTERPRISES[0]
CHECKS = [check_credit_code, check_union_code, check_enterprise_code, check_id_number, check_division]


def make_code(head: str, body: str) -> str:
    """Return a right code for eight leading digits and the eight free characters of the organisation code."""
    first = head + body + organisation_check_character(body)
    return first + credit_check_character(first)


@pytest.mark.parametrize("code", UNIONS)
def test_union_codes_of_the_worked_cases(code: str) -> None:
    assert check_credit_code(code) is None
    assert check_union_code(code) is None
    assert check_enterprise_code(code) == (
        "这是工会的代码（8 开头），这里要填企业的代码，在营业执照上；没有可先留空。"
    )


@pytest.mark.parametrize("code", ENTERPRISES)
def test_enterprise_codes_of_the_worked_cases(code: str) -> None:
    assert check_credit_code(code) is None
    assert check_enterprise_code(code) is None
    assert check_union_code(code) == (
        "这是企业的代码（9 开头），这里要填工会的代码（8 开头），在工会法人资格证书上；没有可先留空。"
    )


def test_check_characters_of_the_standards() -> None:
    assert credit_check_character("91350100M000100Y4") == "3"
    assert credit_check_character("91" + "0" * 15) == "K"
    assert organisation_check_character("D2143569") == "X"


@pytest.mark.parametrize("check", CHECKS)
@pytest.mark.parametrize("text", ["", " ", "\u3000\t"])
def test_nothing_typed_is_fine(check: object, text: str) -> None:
    assert callable(check) and check(text) is None


@pytest.mark.parametrize(
    "text", ["９１３７１３１１ＦＡＫＥ０００１３Ｈ", "91371311fake00013h", " 9137 1311 FAKE 0001 3H\u200b\n"]
)
def test_codes_are_taken_as_meant(text: str) -> None:
    assert tidy_code(text) == ENTERPRISE
    assert check_enterprise_code(text) is None


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (ENTERPRISE[:-1], "现在是 17 位，应为 18 位。请对照证书补上一位；没有可先留空。"),
        (ENTERPRISE[:15], "现在是 15 位，应为 18 位。请对照证书补上 3 位；没有可先留空。"),
        (ENTERPRISE + "1", "现在是 19 位，应为 18 位。请对照证书去掉多出的一位；没有可先留空。"),
        (ENTERPRISE + "123", "现在是 21 位，应为 18 位。请对照证书去掉多出的 3 位；没有可先留空。"),
        (
            "91371311FAKEO0013H",
            "第 13 位是“O”，这种代码不用 I、O、S、V、Z，多半是“0”。请对照证书改；没有可先留空。",
        ),
        (
            "9I371311FAKE00013H",
            "第 2 位是“I”，这种代码不用 I、O、S、V、Z，多半是“1”。请对照证书改；没有可先留空。",
        ),
        (
            "91371311FAKE-0013H",
            "第 13 位是“-”，这种代码只有数字和大写字母。请对照证书改；没有可先留空。",
        ),
        (
            "913713A1FAKE00013H",
            "第 7 位是“A”，第 3 到 8 位是登记地的区划代码，只能是数字。请对照证书改；没有可先留空。",
        ),
        (
            "91371311FAKE00013J",
            "18 位合起来对不上，多半是前 8 位或最后一位抄错了。请对照证书逐位核对；没有可先留空。",
        ),
        (
            "91371312FAKE00013H",
            "18 位合起来对不上，多半是前 8 位或最后一位抄错了。请对照证书逐位核对；没有可先留空。",
        ),
        (
            "91371311FAKE00023H",
            "18 位合起来对不上，多半是第 9 到 17 位抄错了。请对照证书逐位核对；没有可先留空。",
        ),
    ],
)
def test_each_slip_has_its_sentence(text: str, sentence: str) -> None:
    assert check_enterprise_code(text) == sentence
    assert check_credit_code(text) == sentence


def test_a_wrong_organisation_code_inside_a_code_that_adds_up() -> None:
    body = "91371311FAKE00014"  # the ninth character of the organisation code should be 3
    assert check_credit_code(body + credit_check_character(body)) == (
        "第 9 到 17 位合起来对不上，里面有抄错的。请对照证书核对这 9 位；没有可先留空。"
    )


def test_a_union_code_of_neither_kind() -> None:
    assert check_union_code(make_code("12371311", "FAKE0001")) == (
        "工会的代码以 8 开头，现在以“1”开头。请对照工会法人资格证书改；没有可先留空。"
    )
    assert check_enterprise_code(make_code("12371311", "FAKE0001")) is None


bodies = st.text(CREDIT_ALPHABET, min_size=8, max_size=8)
heads = st.from_regex(r"9[123][0-9]{6}", fullmatch=True)


@given(heads, bodies)
def test_every_made_code_is_right(head: str, body: str) -> None:
    code = make_code(head, body)
    weighed = sum(CREDIT_ALPHABET.index(char) * 3**place for place, char in enumerate(code))
    # The 18th character has weight 1, not 3^17: check the sum as the standard writes it.
    weighed += CREDIT_ALPHABET.index(code[17]) * (1 - 3**17)
    assert weighed % 31 == 0
    # "X" as check of the organisation code is in the alphabet, so every body makes a code.
    assert check_credit_code(code) is None


@given(heads, bodies, st.integers(0, 17), st.sampled_from(CREDIT_ALPHABET))
def test_no_single_slip_goes_unseen(head: str, body: str, place: int, char: str) -> None:
    code = make_code(head, body)
    slipped = code[:place] + char + code[place + 1 :]
    assert (check_credit_code(slipped) is None) == (slipped == code)


@given(heads, bodies, st.integers(0, 16))
def test_no_swap_of_neighbours_goes_unseen(head: str, body: str, place: int) -> None:
    code = make_code(head, body)
    swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    assert (check_credit_code(swapped) is None) == (swapped == code)


@given(st.text())
def test_any_text_gets_an_answer(text: str) -> None:
    for check in CHECKS:
        answer = check(text)
        assert answer is None or answer.endswith("；没有可先留空。")


ID = "11010519491231002X"


@pytest.mark.parametrize("text", [ID, "11010519491231002x", "１１０１０５１９４９１２３１００２Ｘ"])
def test_id_number(text: str) -> None:
    assert check_id_number(text) is None


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("110105491231002", "这是旧的 15 位号码，现在用 18 位。请照现在的身份证填；没有可先留空。"),
        (ID[:-1], "现在是 17 位，应为 18 位。请对照身份证补上一位；没有可先留空。"),
        (
            "1101051949123100AX",
            "第 17 位不是数字，身份证号前 17 位只能是数字。请对照身份证改；没有可先留空。",
        ),
        (
            "11010519491231002Y",
            "第 18 位不是数字，身份证号最后一位只能是数字或 X。请对照身份证改；没有可先留空。",
        ),
        (
            "19010519491231002X",
            "开头两位是省份，现在这两位没有对应的省份。请对照身份证改；没有可先留空。",
        ),
        (
            "110105194902300028",
            "第 7 到 14 位是出生日期，现在这几位不是一个日期。请对照身份证改；没有可先留空。",
        ),
        (
            "110105189912310028",
            "第 7 到 14 位是出生日期，现在这几位不是一个日期。请对照身份证改；没有可先留空。",
        ),
        (
            "110105194912310021",
            "18 位合起来对不上，多半是抄错了一位。请对照身份证逐位核对；没有可先留空。",
        ),
    ],
)
def test_each_slip_in_an_id_number_has_its_sentence(text: str, sentence: str) -> None:
    assert check_id_number(text) == sentence


@given(st.integers(0, 17), st.sampled_from("0123456789X"))
def test_no_single_slip_in_an_id_number_goes_unseen(place: int, char: str) -> None:
    slipped = ID[:place] + char + ID[place + 1 :]
    assert (check_id_number(slipped) is None) == (slipped == ID)


def test_leap_days_are_birth_dates() -> None:
    known = [f"11010520000229{rest:03d}{check}" for rest in (1,) for check in "0123456789X"]
    assert sum(check_id_number(number) is None for number in known) == 1
    assert check_id_number("110105190002290012") is not None  # 1900 was no leap year


def test_division() -> None:
    assert check_division("371311") is None
    assert check_division("３７１３１１") is None
    assert check_division("37131") == "现在是 5 位，应为 6 位。请对照区划代码表补上一位；没有可先留空。"
    assert check_division("3713l1") == ("第 5 位是“L”，区划代码只有数字。请对照区划代码表改；没有可先留空。")
    assert check_division("991311") == (
        "开头两位是省份，没有“99”这个省份。请对照区划代码表改；没有可先留空。"
    )


def test_code_lists_are_whole() -> None:
    assert "".join(INDUSTRIES) == "ABCDEFGHIJKLMNOPQRST"
    assert list(OLD_INDUSTRY_CODES) == [f"{number:02d}" for number in range(1, 21)]
    assert len(UNIT_TYPES) == 16 and UNIT_TYPES["170"] == "私营企业"
    assert len(PROVINCES) == 34
    assert all(code[0] in ECONOMIC_SECTORS for code in ECONOMIC_SECTORS)


def test_old_industry_codes_lead_to_sections() -> None:
    assert sorted(INDUSTRY_OF_OLD_CODE.values()) == sorted(INDUSTRIES)
    known = {
        "03": "C",
        "06": "G",
        "07": "I",
        "08": "F",
        "09": "H",
        "10": "J",
        "13": "M",
        "17": "Q",
        "20": "T",
    }
    assert {old: INDUSTRY_OF_OLD_CODE[old] for old in known} == known
    # Most names changed little, so the first two characters tell a slip in the order.
    differing = {
        old
        for old, letter in INDUSTRY_OF_OLD_CODE.items()
        if OLD_INDUSTRY_CODES[old][:2] != INDUSTRIES[letter][:2]
    }
    assert differing == set()
