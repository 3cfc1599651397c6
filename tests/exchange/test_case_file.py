"""A case goes out and comes back the same, byte for byte; what cannot be is refused with every reason."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.case import Case, collections, is_single
from app.domain.codes import credit_check_character, organisation_check_character
from app.domain.facts import Choice, Fact, Kind, Record, facts_of
from app.domain.filing import Filing
from app.domain.offer import Delivery, Offer, Proposer
from app.domain.union import CoveredEnterprise, Cycle, Union
from app.errors import UserError
from app.exchange.case_file import LARGEST_FILE, MOST_PROBLEMS, CaseFileError, dump_case, load_case

HEAD: dict[str, Any] = {"format": "xieshang-case", "version": 1}

at = datetime.fromisoformat

IDS = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,12}", fullmatch=True)
TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"),
    max_size=12,
)
AMOUNTS = st.decimals(min_value=-(10**12), max_value=10**12, places=3)


def enterprise_code(body: int) -> str:
    main = f"FAKE{body % 10_000:04d}"
    front = "91371311" + main + organisation_check_character(main)
    return front + credit_check_character(front)


def union_code(body: int) -> str:
    main = f"FAKE{body % 10_000:04d}"
    front = "81371311" + main + organisation_check_character(main)
    return front + credit_check_character(front)


CODES = {
    "enterprise_code": st.integers(0, 9999).map(enterprise_code),
    "union_code": st.integers(0, 9999).map(union_code),
    "division": st.just("371311"),
    "id_number": st.just("11010519491231002X"),
}


def values(fact: Fact, ids: dict[str, list[str]]) -> st.SearchStrategy[Any]:
    if fact.code:
        return CODES[fact.code]
    if fact.refers_to:
        known = ids.get(fact.refers_to, [])
        target = st.sampled_from(known) if known else st.nothing()
        if fact.kind is Kind.REFS:
            return st.lists(target, max_size=2).map(tuple) if known else st.just(())
        return target if known else st.just("")
    assert fact.kind not in (Kind.REF, Kind.REFS)
    counts = st.integers(fact.minimum or 0, 10_000_000 if fact.maximum is None else fact.maximum)
    choices: list[Choice] = list(fact.choices) if fact.choices else []
    made: dict[Kind, st.SearchStrategy[Any]] = {
        Kind.TEXT: TEXTS,
        Kind.LONG_TEXT: TEXTS,
        Kind.DATE: st.dates(date(1900, 1, 1), date(2199, 12, 31)),
        Kind.MOMENT: st.datetimes(at("1900-01-01T00:00"), at("2199-12-31T00:00")).map(
            lambda moment: moment.replace(second=0, microsecond=0)
        ),
        Kind.INTEGER: counts,
        Kind.DECIMAL: AMOUNTS if fact.minimum is None else AMOUNTS.map(abs),
        Kind.YES_NO: st.booleans(),
        Kind.TEXTS: st.lists(TEXTS, max_size=3).map(tuple),
        Kind.INTEGERS: st.lists(st.integers(0, 10_000_000), max_size=3).map(tuple),
    }
    return st.sampled_from(choices) if fact.kind is Kind.CHOICE else made[fact.kind]


def a_record(draw: st.DrawFn, kind: type[Record], record_id: str, ids: dict[str, list[str]]) -> Record:
    facts = facts_of(kind)
    names = draw(st.lists(st.sampled_from(list(facts)), unique=True, max_size=4))
    return kind(id=record_id, **{name: draw(values(facts[name], ids)) for name in names})


@st.composite
def cases(draw: st.DrawFn) -> Case:
    many = [name for name in collections() if not is_single(name)]
    chosen = draw(st.lists(st.sampled_from(many), unique=True, max_size=6))
    ids = {name: draw(st.lists(IDS, unique=True, min_size=1, max_size=2)) for name in chosen}
    held: dict[str, Any] = {
        name: tuple(a_record(draw, collections()[name], each, ids) for each in ids[name]) for name in chosen
    }
    for name in collections():
        if is_single(name) and draw(st.booleans()):
            held[name] = a_record(draw, collections()[name], name, ids)
    return Case(**held)


def full_case() -> Case:
    """Every fact of every record, with a value of its kind."""
    many = {name: [f"{name}-1"] for name in collections() if not is_single(name)}
    examples: dict[Kind, Any] = {
        Kind.TEXT: "䶮㐆𬱖 “引号” \\ /",
        Kind.LONG_TEXT: "第一行\n第二行\t完",
        Kind.DATE: date(2026, 4, 3),
        Kind.MOMENT: at("2026-04-03T09:05"),
        Kind.INTEGER: 2026,
        Kind.DECIMAL: Decimal("-0.950"),
        Kind.YES_NO: False,
        Kind.TEXTS: ("甲", "乙"),
        Kind.INTEGERS: (0, 12),
    }

    def value(fact: Fact) -> Any:
        if fact.code:
            return {
                "union_code": union_code(1),
                "enterprise_code": enterprise_code(2),
                "id_number": "11010519491231002X",
                "division": "371311",
            }[fact.code]
        if fact.refers_to:
            target = many[fact.refers_to][0]
            return (target,) if fact.kind is Kind.REFS else target
        if fact.kind is Kind.CHOICE:
            assert fact.choices is not None
            return list(fact.choices)[-1]
        if fact.kind is Kind.DECIMAL and fact.minimum is not None:
            return Decimal("0.950")
        return min(2026, fact.maximum) if fact.kind is Kind.INTEGER and fact.maximum else examples[fact.kind]

    held: dict[str, Any] = {}
    for name, kind in collections().items():
        record = kind(
            id=name if is_single(name) else f"{name}-1",
            **{fact.name: value(fact) for fact in facts_of(kind).values()},
        )
        held[name] = record if is_single(name) else (record,)
    return Case(**held)


def written(**collections_: Any) -> bytes:
    return json.dumps({**HEAD, **collections_}, ensure_ascii=False).encode()


def refused(data: bytes, *, name: str = "") -> CaseFileError:
    with pytest.raises(CaseFileError) as caught:
        load_case(data, name=name)
    assert caught.value.unharmed and caught.value.what_to_do
    return caught.value


@given(cases())
def test_any_case_comes_back_as_it_went(case: Case) -> None:
    data = dump_case(case)
    again = load_case(data)
    assert again == case
    assert dump_case(again) == data


def test_every_fact_of_every_record_comes_back() -> None:
    case = full_case()
    data = dump_case(case)
    assert load_case(data) == case
    assert dump_case(load_case(data)) == data
    whole = json.loads(data)
    for name, kind in collections().items():
        record = whole[name] if is_single(name) else whole[name][0]
        assert [key for key in record if key != "id"] == list(facts_of(kind)), name


def test_form_is_canonical() -> None:
    case = Case(
        cycle=Cycle(id="cycle", year=2026),
        offers=(Offer(id="offer-1", proposer=Proposer.WORKER, issued_on=date(2026, 3, 12), copies=0),),
        deliveries=(Delivery(id="d", sent_at=at("2026-03-12T09:40"), offer="offer-1", refused=False),),
        filings=(Filing(id="f", papers=("营业执照",)),),
    )
    text = dump_case(case).decode("utf-8")
    assert text.startswith(
        '{\n  "format": "xieshang-case",\n  "version": 1,\n  "cycle": {\n    "year": 2026\n'
    )
    assert text.endswith("}\n") and not text.endswith("\n\n")
    assert '"sent_at": "2026-03-12T09:40"' in text
    assert '"copies": 0' in text and '"refused": false' in text and "营业执照" in text
    assert list(json.loads(text)) == ["format", "version", "cycle", "offers", "deliveries", "filings"]
    assert dump_case(Case()) == b'{\n  "format": "xieshang-case",\n  "version": 1\n}\n'


def test_key_order_in_the_file_does_not_matter() -> None:
    one = written(offers=[{"id": "a", "number": "1", "copies": 2}], union={"name": "甲"})
    two = written(union={"name": "甲"}, offers=[{"copies": 2, "number": "1", "id": "a"}])
    assert load_case(one) == load_case(two)
    assert dump_case(load_case(one)) == dump_case(load_case(two))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "文件是空的"),
        (b"   \n", "文件是空的"),
        (b"hello", "不是能读的 JSON（第 1 行第 1 个字符）"),
        (b'{"format": "xieshang-case",\n "version": 1,}', "不是能读的 JSON（第 2 行"),
        (b"[]", "不是案卷文件"),
        (b"{}", "不是案卷文件"),
        (b'{"format": "other", "version": 1}', "不是案卷文件"),
        (b'{"format": "xieshang-case"}', "版本（version）要写成整数 1"),
        (b'{"format": "xieshang-case", "version": "1"}', "版本（version）要写成整数 1"),
        (b'{"format": "xieshang-case", "version": true}', "版本（version）要写成整数 1"),
        (b'{"format": "xieshang-case", "version": 2}', "是更新的程序写的（版本 2"),
        (b"\xef\xbb\xbf" + b'{"format": "xieshang-case", "version": 1}', "BOM"),
        ('{"format": "xieshang-case"}'.encode("utf-16"), "BOM"),
        ('{"format": "案卷"}'.encode("gbk"), "不是 UTF-8 编码"),
        (b"[" * 100_000, "一层套一层太多"),
        (b'{"a":' * 100_000, "一层套一层太多"),
    ],
)
def test_what_is_no_case_file_is_refused(data: bytes, said: str) -> None:
    assert said in refused(data).what_happened


def test_a_huge_file_is_refused_before_it_is_read() -> None:
    assert "太大（64 MB）" in refused(b" " * (LARGEST_FILE + 1)).what_happened


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ({"offer": []}, "没有叫“offer”的部分，是不是想写“offers”"),
        ({"union": {"nam": "甲"}}, "工会 没有叫“nam”的内容，是不是想写“name”"),
        ({"union": {"id": "union"}}, "工会 没有叫“id”的内容"),
        ({"union": []}, "工会（union）要写成一组内容"),
        ({"offers": {}}, "要约（offers）要写成列表"),
        ({"offers": ["x"]}, "要约 第1条 要写成一组内容"),
        ({"offers": [{"number": "1"}]}, "要约 第1条 没有写编号（id）"),
        ({"offers": [{"id": ""}]}, "要约 第1条 的编号（id）只能用字母"),
        ({"offers": [{"id": "a/b"}]}, "要约 第1条 的编号（id）只能用字母"),
        ({"offers": [{"id": 7}]}, "要约 第1条 的编号（id）只能用字母"),
        ({"offers": [{"id": "a"}, {"id": "a"}]}, "要约 第2条 的编号（id）“a”和第1条重复"),
        (
            {"deliveries": [{"id": "d", "received_on": "2026-02-30"}]},
            "送达 第1条 “收到日期” 写的是 2026-02-30，没有这一天",
        ),
        ({"deliveries": [{"id": "d", "received_on": "2026-2-3"}]}, "日期要写成 2026-04-03 这样"),
        ({"deliveries": [{"id": "d", "received_on": "2026-02-28\n"}]}, "日期要写成 2026-04-03 这样"),
        ({"deliveries": [{"id": "d", "received_on": ""}]}, "写的是 空白，日期要写成"),
        ({"deliveries": [{"id": "d", "received_on": 20260203}]}, "日期要写成 2026-04-03 这样"),
        ({"deliveries": [{"id": "d", "received_on": None}]}, "写的是 null，日期要写成"),
        ({"deliveries": [{"id": "d", "received_on": "0202-03-12"}]}, "年份应在 1900 到 2199 之间"),
        ({"deliveries": [{"id": "d", "sent_at": "2026-03-12T25:00"}]}, "没有这一天或这个时刻"),
        ({"deliveries": [{"id": "d", "sent_at": "2026-03-12 09:40"}]}, "要写成 2026-04-03T09:30 这样"),
        ({"union": {"members": -1}}, "工会 “会员数” 写的是 -1，不能是负数"),
        ({"year_figures": [{"id": "y", "wage_total": "-1"}]}, "“工资总额” 写的是 -1，不能是负数"),
        ({"enterprise": {"local_minimum_wage": "-0.5"}}, "写的是 -0.5，不能是负数"),
        ({"union": {"members": True}}, "工会 “会员数” 写的是 true，这里要写整数"),
        ({"union": {"members": 3.0}}, "写的是 3.0，这里要写整数"),
        ({"union": {"members": "3"}}, "写的是 3，这里要写整数，不加引号"),
        ({"union": {"members": 10_000_001}}, "应在 0 到 10000000 之间"),
        ({"cycle": {"year": 202}}, "年度 “年度” 写的是 202，应在 1994 到 2100 之间"),
        (
            {"answer_counts": [{"id": "a", "numbers": [1, -2]}]},
            "答案统计 第1条 “各选项人数” 写的是 -2，不能是负数",
        ),
        ({"answer_counts": [{"id": "a", "numbers": 3}]}, "写的是 3，这里要写成列表"),
        ({"union": {"has_women_committee": 1}}, "写的是 1，这里只能写 true（是）或 false（否）"),
        ({"union": {"has_women_committee": "是"}}, "这里只能写 true"),
        ({"union": {"name": 5}}, '写的是 5，这里要写文字，例如 "5"'),
        ({"union": {"name": ["甲"]}}, "工会 “工会名称” 写的是 一个列表，这里要写文字"),
        ({"union": {"name": "甲\u0007"}}, "里有不能显示的字符（第 2 个字符）"),
        ({"offers": [{"id": "a", "proposer": "boss"}]}, "只能是 worker（职工方）、employer（企业方）"),
        ({"offers": [{"id": "a", "proposer": ["worker"]}]}, "只能是 worker（职工方）"),
        ({"clause_figures": [{"id": "c", "value": 3.5}]}, '写的是 3.5，这里的数要加引号，写成 "3.5"'),
        ({"clause_figures": [{"id": "c", "value": "3,5"}]}, '这里要写成 "12.5" 这样的数'),
        ({"clause_figures": [{"id": "c", "value": "NaN"}]}, '这里要写成 "12.5" 这样的数'),
        ({"clause_figures": [{"id": "c", "value": "1e5"}]}, '这里要写成 "12.5" 这样的数'),
        (
            {"replies": [{"id": "r", "offer": "zz"}]},
            "答复 第1条 “答复哪份要约” 写的是 zz，案卷里没有这条要约",
        ),
        (
            {"topics": [{"id": "t", "questions": ["q9"]}]},
            "议题 第1条 “来自题目” 写的是 q9，案卷里没有这条问卷题目",
        ),
    ],
)
def test_what_cannot_be_is_named_with_its_place(content: dict[str, Any], said: str) -> None:
    error = refused(written(**content))
    assert said in error.what_happened
    assert len(error.problems) == 1


@pytest.mark.parametrize("number", ["9" * 5000, "-" + "9" * 5000, "1e400", "NaN", "Infinity", "-0.5"])
def test_no_number_however_odd_gets_through(number: str) -> None:
    data = b'{"format": "xieshang-case", "version": 1, "union": {"members": ' + number.encode() + b"}}"
    assert "会员数" in refused(data).what_happened


def test_keys_that_come_twice_are_named() -> None:
    data = '{"format": "xieshang-case", "version": 1, "union": {"name": "甲", "name": "乙"}, "union": {}}'
    problems = refused(data.encode()).problems
    assert problems == ("“union”写了两遍",)
    data = '{"format": "xieshang-case", "version": 1, "union": {"name": "甲", "name": "乙"}}'
    assert refused(data.encode()).problems == ("工会 “name”写了两遍",)


def test_wrong_check_characters_are_named() -> None:
    good = enterprise_code(13)
    bad = good[:-1] + ("A" if good[-1] != "A" else "B")
    content = {"covered_enterprises": [{"id": "e1", "code": good}, {"id": "e2", "code": bad}]}
    (problem,) = refused(written(**content)).problems
    assert problem.startswith(f"覆盖企业 第2条 “统一社会信用代码” 写的是 {bad}，18 位合起来对不上")
    (problem,) = refused(written(union={"code": good})).problems
    assert "这是企业的代码（9 开头）" in problem
    assert load_case(written(union={"code": union_code(3)})).union.code == union_code(3)


def test_personal_facts_are_never_repeated() -> None:
    error = refused(
        written(representatives=[{"id": "r", "id_number": "11010519491231002Y", "phone": 13800000000}])
    )
    told = str(error) + "".join(error.problems)
    assert len(error.problems) == 2
    assert "11010519491231002" not in told and "13800000000" not in told


def test_all_problems_come_at_once_but_not_without_end() -> None:
    offers = [{"id": f"o{number}", "copies": -1} for number in range(200)]
    error = refused(written(offers=offers), name="旧案卷.json")
    assert len(error.problems) == MOST_PROBLEMS
    assert error.what_happened.startswith("案卷文件 旧案卷.json 至少有 50 处写得不对：要约 第1条")
    assert len(error.what_happened) < 800
    few = refused(written(offers=offers[:3], union={"members": True}))
    assert len(few.problems) == 4 and "有 4 处" in few.what_happened
    assert all(problem in few.what_happened for problem in few.problems)


def test_numbers_that_contradict_each_other_are_facts() -> None:
    content = {"surveys": [{"id": "s", "returned": 3, "valid": 5}]}
    assert load_case(written(**content)).surveys[0].valid == 5


def test_long_and_rare_names_pass() -> None:
    name = "䶮㐆𬱖" * 400
    case = Case(
        union=Union(id="union", name=name), covered_enterprises=(CoveredEnterprise(id="e", name="CON.aux?*"),)
    )
    assert load_case(dump_case(case)) == case


def test_refusals_are_user_errors_with_a_code() -> None:
    error = refused(b"{}")
    assert isinstance(error, UserError) and error.code.startswith("C-") and error.exit_code == 1


def test_the_largest_day_range_is_what_the_sentence_says() -> None:
    day = date(1900, 1, 1)
    assert load_case(written(union={"founded_on": day.isoformat()})).union.founded_on == day
    refused(written(union={"founded_on": (day - timedelta(days=1)).isoformat()}))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@given(st.sampled_from(list(collections())), st.data())
def test_whatever_stands_in_a_file_is_read_or_refused_in_words(collection: str, data: st.DataObject) -> None:
    facts = list(facts_of(collections()[collection]))
    known = st.dictionaries(st.sampled_from([*facts, "id"]), JSON, max_size=3)
    content = data.draw(known | st.lists(known, max_size=2) | JSON)
    text = json.dumps({**HEAD, collection: content})
    try:
        case = load_case(text.encode())
    except CaseFileError as refusal:
        assert refusal.problems
    else:
        assert load_case(dump_case(case)) == case


@given(st.integers(0, 2000), st.integers(0, 255))
def test_one_changed_byte_is_read_or_refused_in_words(place: int, byte: int) -> None:
    data = bytearray(dump_case(full_case()))
    data[place % len(data)] = byte
    try:
        load_case(bytes(data))
    except CaseFileError as refusal:
        assert refusal.what_happened


def test_a_hundred_thousand_wrong_keys_are_refused_without_looking_at_each() -> None:
    # Comparing each with each would take minutes; the suite would notice.
    written = [f'"k{number}": 1' for number in range(100_000)]
    with pytest.raises(CaseFileError) as caught:
        load_case(('{"format": "xieshang-case", "version": 1, ' + ", ".join(written * 2) + "}").encode())
    assert len(caught.value.problems) == MOST_PROBLEMS
