"""Packs and years that come from outside: read in memory, strictly, refused with file, line and reason."""

from __future__ import annotations

import io
import re
import stat
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.errors import UserError
from app.exchange.law_archive import LARGEST_FILE, LARGEST_WHOLE, law_archive, read_archive, read_law_files
from app.paths import resource
from app.rules.brought_law import BroughtLaw, sort_files
from app.rules.calendars import Break, breaks_of, calendar_file, faults_of, not_named, read_plan
from app.rules.engine import check
from app.rules.pack import PACK_FILES
from app.rules.places import MemoryPlace
from app.rules.toml_lines import line_of
from tests.rules.worked import ON, calendar, packs, worked

YEAR_2027 = (resource("calendar") / "2026.toml").read_text(encoding="utf-8").replace("2026", "2027")
YEAR_2027 = re.sub(r"workdays = \[[^]]*\]", "workdays = []", YEAR_2027)


def bundled(key: str = "shandong") -> dict[str, bytes]:
    return {f"{key}/{name}": (resource("rules") / key / name).read_bytes() for name in PACK_FILES}


def changed(file: str, old: str, new: str, key: str = "shandong") -> dict[str, bytes]:
    files = bundled(key)
    text = files[f"{key}/{file}"].decode()
    assert old in text
    files[f"{key}/{file}"] = text.replace(old, new, 1).encode()
    return files


def laid(files: dict[str, bytes]) -> BroughtLaw:
    brought = sort_files("包.zip", read_archive("包.zip", law_archive(files)))
    brought.over(packs(), calendar())
    return brought


def refusal(files: dict[str, bytes]) -> str:
    with pytest.raises(UserError) as refused:
        laid(files)
    assert refused.value.unharmed and refused.value.what_to_do
    return refused.value.what_happened


def test_the_program_s_own_pack_comes_back_from_a_zip_with_the_same_fingerprint():
    brought = laid(bundled())
    over, same = brought.over(packs(), calendar())
    assert over.region("山东").fingerprint == packs().region("山东").fingerprint
    assert over.region("山东") is not packs().region("山东")
    assert over.national is packs().national
    assert over.region("浙江") is packs().region("浙江")
    assert same is calendar()


def test_a_pack_below_others_is_read_with_all_that_stand_on_it():
    over, _ = laid(changed("pack.toml", "2026.1", "2026.2", "zhejiang")).over(packs(), calendar())
    assert over.region("浙江").version == "2026.2"
    assert over.region("杭州").base is over.region("浙江")
    assert packs().region("杭州").base is packs().region("浙江")


def test_nothing_brought_leaves_the_very_same_objects():
    assert BroughtLaw().over(packs(), calendar()) == (packs(), calendar())
    assert BroughtLaw().over(packs(), calendar())[0] is packs()


ODD = (
    ("terms.toml", "amount = 10", "amout = 10", "缺少 amount"),
    ("terms.toml", "amount = 10,", "amount = 10, colour = 3,", "不认识 colour"),
    ("terms.toml", "amount = 10", "amount = 1000000000000", "最大 10000"),
    ("terms.toml", "amount = 10", 'amount = "10"', "整数"),
    ("terms.toml", "starts = 2017-01-01, ", "", "缺少 starts"),
    ("terms.toml", "starts = 2017-01-01", "starts = 2017-01-01T00:00:00", "starts 应当是日期"),
    ("terms.toml", 'rule = "reply_due"', 'rule = "reply_dew"', "没有 'reply_dew' 这条规则"),
    ("terms.toml", 'kinds = ["general", "women", "safety"]\n', "", "写了两遍"),
    (
        "terms.toml",
        'articles = [{ law = "鲁工资", article = "21条", read = "full_text" }]\n',
        "",
        "缺少 articles",
    ),
    ("terms.toml", 'law = "鲁工资"', 'law = "鲁条例"', "没有《鲁条例》"),
    ("rules.toml", 'id = "rep_min"', 'id = "rep_minn"', "没有这条规则"),
    ("rules.toml", 'says = "要约要书面。"', 'says = "要约\\u0000要书面。"', "显示不出来"),
    ("terms.toml", 'unit = "day"', 'unit = "person"', "期限的 unit 只能是"),
    ("rules.toml", 'says = "要约要书面。"', 'says = "要约\u202e要书面。"', "显示不出来"),
    ("rules.toml", 'says = "要约要书面。"', f'says = "{"长" * 5000}"', "太长"),
    ("pack.toml", 'version = "2026.1"', 'version = "2026.1\\nRule-Pack: x"', "version"),
    ("pack.toml", 'name = "山东"', 'name = "浙江"', "已经有叫“浙江”的规则包了"),
    ("pack.toml", 'division = "37"', 'division = "33"', "division 33 已经有规则包了"),
    ("pack.toml", 'base = "national"', 'base = "nowhere"', "没有底包 nowhere"),
    ("pack.toml", 'base = "national"', 'base = "shandong"', "绕成了圈"),
    ("wording.toml", 'offer_laws = ["', 'offer_laws = ["无此法", "', "《无此法》"),
)


@pytest.mark.parametrize(("file", "old", "new", "reason"), ODD, ids=lambda part: str(part)[:24])
def test_what_is_odd_is_refused_with_file_line_and_reason(file: str, old: str, new: str, reason: str):
    files = changed(file, old, new)
    said = refusal(files)
    assert file in said and reason in said
    assert "第 " in said or file == "pack.toml"


def test_the_line_is_the_one_that_is_wrong():
    text = bundled()["shandong/terms.toml"].decode()
    line = text[: text.index("amount = 10")].count("\n") + 1
    assert f"terms.toml 第 {line} 行" in refusal(changed("terms.toml", "amount = 10", 'amount = "10"'))
    broken = text.replace("[[term]]", "[[term", 1)
    line = broken[: broken.index("[[term\n")].count("\n") + 1
    assert f"terms.toml 第 {line} 行" in refusal(bundled() | {"shandong/terms.toml": broken.encode()})


def test_lines_are_found_in_tables_within_tables():
    text = '# x [[a]]\nk = 1\n[[a]]\nb = "[[a]]"\n[[a]]\nc = [\n  { d = 1 },\n  { d = 2,\n    e = "}" },\n]\n'
    text += "[a.f]\ng = 1\n"
    assert line_of(text, (), "k") == 2
    assert line_of(text, (("a", 2),)) == 5
    assert line_of(text, (("a", 2), ("c", 2)), "e") == 9
    assert line_of(text, (("a", 2), ("c", 1)), "d") == 7
    assert line_of(text, (("a", 2), ("f", 0)), "g") == 12
    assert line_of(text, (("a", 2),), "missing") == 5
    assert (line_of(text, (), "missing"), line_of(text, (("z", 1),))) == (0, 0)


def test_a_pack_may_bring_a_law_nobody_knew_but_not_change_one():
    law = '[[law]]\nshort = "鲁新规"\nfull = "山东省某新规定"\nstatus = "现行"\nread = "full_text"\n'
    files = changed("terms.toml", 'law = "鲁工资"', 'law = "鲁新规"') | {"shandong/laws.toml": law.encode()}
    over, _ = laid(files).over(packs(), calendar())
    assert over.region("山东").laws["鲁新规"].full == "山东省某新规定"
    assert "鲁新规" not in packs().region("山东").laws
    known = law.replace("鲁新规", "鲁工资").encode()
    assert "《鲁工资》早就有了" in refusal(bundled() | {"shandong/laws.toml": known})


def test_the_national_pack_may_not_lose_a_rule():
    text = bundled("national")["national/rules.toml"].decode()
    blocks = text.split("[[rule]]")
    kept = [block for block in blocks if 'id = "data_' not in block or blocks.index(block) < 20]
    assert len(kept) < len(blocks)
    said = refusal(bundled("national") | {"national/rules.toml": "[[rule]]".join(kept).encode()})
    assert "少了规则 data_" in said or "没有" in said


def test_what_belongs_to_neither_is_foreign():
    assert "缺 terms.toml" in refusal({name: held for name, held in bundled().items() if "terms" not in name})
    for name in ("shandong/readme.txt", "shandong/run.exe", "calendar/2027.json", "2027年.toml"):
        assert "不是规则包或放假安排的文件" in refusal(bundled() | {name: b"x"})


# ---- archives


def archive(fill: Callable[[zipfile.ZipFile], None]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as opened:
        fill(opened)
    return made.getvalue()


@pytest.mark.parametrize(
    "name",
    [
        "../shandong/pack.toml",
        "shandong/../../pack.toml",
        "/etc/passwd",
        "//server/x.toml",
        "C:/x.toml",
        "c:x.toml",
        "shandong\\pack.toml",
        "..\\pack.toml",
        "shandong//pack.toml",
        "./pack.toml",
        "shan\u202edong/pack.toml",
        "shandong /pack.toml",
        "a/b/c/pack.toml",
    ],
)
def test_names_that_lead_elsewhere_are_refused(name: str, tmp_path: Path):
    content = archive(lambda made: made.writestr(zipfile.ZipInfo(name), b"x"))
    with pytest.raises(UserError, match=r"别处|太深"):
        read_archive("包.zip", content)
    assert list(tmp_path.iterdir()) == []


def test_a_name_cut_by_a_nought_is_refused():
    content = archive(lambda made: made.writestr("shandong/pack.tomlx/evil", b"x"))
    with pytest.raises(UserError, match="别处"):
        read_archive("包.zip", content.replace(b"pack.tomlx", b"pack.toml\0"))


def _link(made: zipfile.ZipFile) -> None:
    entry = zipfile.ZipInfo("shandong/pack.toml")
    entry.create_system, entry.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    made.writestr(entry, "/etc/passwd")


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_links_twins_secrets_and_crowds_are_refused():
    twins = archive(
        lambda made: [made.writestr(name, b"x") for name in ("a/pack.toml", "A/PACK.toml")] and None
    )
    crowd = archive(lambda made: [made.writestr(f"a/{n}.toml", b"x") for n in range(201)] and None)
    secret = bytearray(archive(lambda made: made.writestr("a/pack.toml", b"x")))
    for at in (secret.index(b"PK\x03\x04") + 6, secret.index(b"PK\x01\x02") + 8):
        secret[at] |= 1
    for content, reason in (
        (archive(_link), "链接"),
        (twins, "两个"),
        (crowd, "201 个文件"),
        (bytes(secret), "密码"),
        (archive(lambda made: None), "空的"),
    ):
        with pytest.raises(UserError, match=reason):
            read_archive("包.zip", content)


def test_what_swells_is_stopped_while_it_is_read():
    bomb = archive(lambda made: made.writestr("a/terms.toml", b"\n" * (LARGEST_FILE + 1)))
    lying = bytearray(bomb)
    at = lying.index(b"PK\x01\x02") + 24
    lying[at : at + 4] = (10).to_bytes(4, "little")  # the list says ten bytes
    many = archive(
        lambda made: [made.writestr(f"a/{n}.toml", b" " * LARGEST_FILE) for n in range(5)] and None
    )
    with pytest.raises(UserError, match="太大"):
        read_archive("包.zip", bomb)
    with pytest.raises(UserError, match=r"完好|太大"):
        read_archive("包.zip", bytes(lying))
    with pytest.raises(UserError, match=f"超过 {LARGEST_WHOLE // 2**20} MB"):
        read_archive("包.zip", many)


def test_ten_megabytes_of_nonsense_are_refused(tmp_path: Path):
    for name in ("胡话.zip", "2027.toml"):
        file = tmp_path / name
        file.write_bytes(b"\x93nonsense\n" * 1_100_000)
        with pytest.raises(UserError, match="文件太大"):
            read_law_files(file)
    file.write_bytes(b"nonsense " * 1000)
    with pytest.raises(UserError, match=r"2027\.toml 第 1 行"):
        sort_files(file.name, read_law_files(file)).plans()
    for text in (b"year = " + b"9" * 5000, b"a = " + b"[" * 100_000, b"\xff\xfe"):
        file.write_bytes(text)
        with pytest.raises(UserError, match=r"2027\.toml"):
            sort_files(file.name, read_law_files(file)).plans()


def test_a_folder_is_read_like_its_zip_and_links_in_it_are_refused(tmp_path: Path):
    (tmp_path / "shandong").mkdir()
    for name, content in bundled().items():
        (tmp_path / name).write_bytes(content)
    (tmp_path / "shandong" / "desktop.ini").write_bytes(b"[.ShellClassInfo]")
    assert read_law_files(tmp_path / "shandong") == bundled()
    (tmp_path / "2027.toml").write_text(YEAR_2027, encoding="utf-8")
    assert read_law_files(tmp_path) == bundled() | {"calendar/2027.toml": YEAR_2027.encode()}
    (tmp_path / "shandong" / "laws.toml").symlink_to("/etc/passwd")
    with pytest.raises(UserError, match="链接"):
        read_law_files(tmp_path)
    with pytest.raises(UserError, match="不能装"):
        read_law_files(tmp_path / "没有.zip")


def test_the_same_files_make_the_same_zip():
    files = bundled()
    assert law_archive(files) == law_archive(dict(reversed(files.items())))
    assert read_archive("包.zip", law_archive(files)) == files


_WHOLE = law_archive(
    bundled("tianjin") | {"calendar/2026.toml": (resource("calendar") / "2026.toml").read_bytes()}
)


@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(st.integers(0, len(_WHOLE) - 1), st.integers(1, 255)), min_size=1, max_size=6))
def test_whatever_bytes_are_flipped_only_a_sentence_comes_out(flips: list[tuple[int, int]]):
    content = bytearray(_WHOLE)
    for place, bits in flips:
        content[place] ^= bits
    _judge(bytes(content))


@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(PACK_FILES), st.integers(0, 4000), st.binary(max_size=12), st.integers(0, 40))
def test_whatever_stands_in_a_file_only_a_sentence_comes_out(name: str, at: int, put: bytes, cut: int):
    files = bundled("tianjin")
    old = files[f"tianjin/{name}"]
    files[f"tianjin/{name}"] = old[:at] + put + old[at + cut :]
    _judge(law_archive(files))


def _judge(content: bytes) -> None:
    try:
        sort_files("包.zip", read_archive("包.zip", content)).over(packs(), calendar())
    except UserError as refused:
        assert refused.what_happened.endswith("。")
        assert refused.what_happened.isprintable()


_BLOCKS = bundled()["shandong/terms.toml"].decode().split("[[term]]")


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.integers(1, len(_BLOCKS) - 1),
    st.sampled_from(("amount = \\d+", 'unit = "\\w+"', 'counts_from = "\\w+"')),
    st.sampled_from((0, 1, 999, 10_000)),
    st.sampled_from(("workday", "month", "year", "copy")),
    st.sampled_from(("received", "session", "expiry", "offer_issued")),
)
def test_whatever_value_a_pack_brings_the_checks_go_on(
    block: int, part: str, amount: int, unit: str, event: str
):
    new = {"a": f"amount = {amount}", "u": f'unit = "{unit}"', "c": f'counts_from = "{event}"'}[part[0]]
    blocks = [*_BLOCKS]
    blocks[block] = re.sub(part, new, blocks[block])
    try:
        over, years = laid(bundled() | {"shandong/terms.toml": "[[term]]".join(blocks).encode()}).over(
            packs(), calendar()
        )
    except UserError:
        return
    assert check(worked("linyi"), over.region("山东"), years, ON).deadlines


# ---- periods no check could follow


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (
            'counts_from = "offer_received"',
            'counts_from = "first_meeting"',
            "第 6 行.*reply_due 的 counts_from 写的是首次协商会议（first_meeting），"
            "程序只会从这里起算：对方收到要约（offer_received）",
        ),
        (
            'bound = "within"',
            'bound = "before"',
            "第 5 行.*reply_due 的 bound 写的是 before，程序只会用 within",
        ),
        ("amount = 10", "amount = 0", "第 10 行.*amount 应当不小于 1"),
        (
            'rule = "reply_due"',
            'rule = "reply_due"\nvariant = "extra"',
            "第 4 行.*reply_due extra 没有这样一项",
        ),
    ],
)
def test_a_period_that_no_check_follows_is_refused_with_its_line(old: str, new: str, reason: str):
    assert re.search(rf"shandong/terms\.toml {reason}", refusal(changed("terms.toml", old, new)))


def test_an_event_another_region_of_the_program_counts_from_is_taken():
    text = bundled()["shandong/terms.toml"].decode()
    at = text.index('rule = "file_due"')
    files = bundled()
    here = text[at:].replace('counts_from = "signed"', 'counts_from = "chiefs_signed"', 1)
    files["shandong/terms.toml"] = (text[:at] + here).encode()
    assert text[:at] + here != text
    assert laid(files).packs


def test_every_pack_of_the_program_may_be_brought_in():
    for head in packs().heads:
        folder = resource("rules") / head.key
        files = {f"{head.key}/{path.name}": path.read_bytes() for path in folder.glob("*.toml")}
        assert laid(files).packs.keys() == {head.key}


# ---- years of holidays


def plan_of(text: str, name: str = "2027.toml"):
    return read_plan(MemoryPlace({f"calendar/{name}": text.encode()}) / "calendar" / name)


NEW_YEAR = '[[holiday]]\nname = "元旦"\nfirst = 2027-01-01\nlast = 2027-01-03\n'


def year(*, workdays: str = "", holidays: str = NEW_YEAR, top: str = "year = 2027") -> str:
    return f'{top}\nsource = "通知"\nread = "全文"\nworkdays = [{workdays}]\n\n{holidays}'


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (year(top="year = 2028"), r"第 1 行.*文件应当叫 2028\.toml"),
        (year(top="year = 2027\ncolour = 1"), "第 2 行.*不认识 colour"),
        (year(top='year = "2027"'), "year 应当是"),
        (year().replace('source = "通知"\n', ""), "缺少 source"),
        (year(workdays="2027-01-04"), "第 4 行.*本来就是工作日"),
        (year(workdays="2027-01-02"), "在“元旦”的放假里"),
        (year(workdays="2028-01-08"), "不在 2027 年"),
        (year(workdays="2027-01-09, 2027-01-09"), "写了两遍"),
        (year(workdays='"2027-01-09"'), "workdays 应当是一串日期"),
        (year(holidays=NEW_YEAR.replace("2027-01-03", "2026-01-03")), "第 9 行.*不在 2027 年"),
        (year(holidays=NEW_YEAR.replace("2027-01-01", "2027-01-05")), "最后一天在第一天前面"),
        (year(holidays=NEW_YEAR + NEW_YEAR.replace("元旦", "春节")), "“春节”和“元旦”都有 1月1日（周五）"),
        (year(holidays=NEW_YEAR.replace("2027-01-03", "2027-03-03")), "一共放 62 天"),
        (year(holidays=""), "缺少 holiday"),
        (year(holidays=NEW_YEAR.replace('name = "元旦"\n', "")), "缺少 name"),
    ],
)
def test_a_year_that_cannot_be_is_refused(text: str, reason: str):
    with pytest.raises(UserError, match=rf"2027\.toml.*{reason}") as refused:
        plan_of(text)
    assert refused.value.code == "R-103"


def test_a_year_is_written_as_it_is_read():
    for one, plan in calendar().plans.items():
        workdays = sorted(plan.workdays)
        content = calendar_file(one, breaks_of(plan), workdays, source=plan.source, read=plan.read)
        assert plan_of(content.decode(), f"{one}.toml") == plan
        assert list(faults_of(one, breaks_of(plan), workdays)) == []
        assert not_named(one, breaks_of(plan)) == ()


def test_quotes_in_a_typed_source_stay_text():
    first = date(2027, 1, 1)
    rest = breaks_of(plan_of(YEAR_2027))[1:]
    made = calendar_file(2027, [Break('元旦“”""\\', first, first), *rest], [], source='a"\nb', read="手工")
    plan = plan_of(made.decode())
    assert plan.source == 'a" b'
    assert breaks_of(plan)[0].name == '元旦“”""\\'


def without(name: str) -> str:
    """A whole 2027 less one break."""
    head, *parts = YEAR_2027.split("[[holiday]]")
    assert any(f'"{name}"' in part for part in parts)
    return "[[holiday]]".join([head, *(part for part in parts if f'"{name}"' not in part)])


@pytest.mark.parametrize("name", ["元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节"])
def test_a_year_that_lacks_a_holiday_is_refused(name: str):
    with pytest.raises(UserError, match=rf"2027\.toml.*缺 {name}。") as refused:
        plan_of(without(name))
    assert refused.value.code == "R-103"


def test_all_that_a_year_lacks_is_named_at_once():
    spring = '[[holiday]]\nname = "春节"\nfirst = 2027-02-05\nlast = 2027-02-11\n'
    with pytest.raises(UserError, match="缺 清明节、劳动节、端午节、中秋节、国庆节"):
        plan_of(year(holidays=NEW_YEAR + spring))


def test_a_joint_break_stands_for_both():
    joined = without("中秋节").replace("国庆节", "国庆节、中秋节")
    assert date(2027, 10, 1) in plan_of(joined).holidays


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("2027-01-01", "2027-01-02", "“元旦”的放假里没有 1月1日"),
        ("2027-05-01", "2027-05-02", "“劳动节”的放假里没有 5月1日"),
        ("2027-10-01", "2027-10-02", "“国庆节”的放假里没有 10月1日"),
        (
            "2027-02-15\nlast = 2027-02-23",
            "2027-07-05\nlast = 2027-07-11",
            "“春节”只会在 1 月、2 月放，写的是 7月5日至7月11日",
        ),
        ("2027-04-04\nlast = 2027-04-06", "2027-08-04\nlast = 2027-08-06", "“清明节”不会在 8月4日至8月6日放"),
    ],
)
def test_a_holiday_on_days_it_cannot_have_is_refused(old: str, new: str, reason: str):
    assert old in YEAR_2027
    with pytest.raises(UserError, match=rf"2027\.toml 第 \d+ 行.*{reason}"):
        plan_of(YEAR_2027.replace(old, new))


def test_years_before_2008_had_four_holidays():
    breaks = [
        Break("元旦", date(2005, 1, 1), date(2005, 1, 3)),
        Break("春节", date(2005, 2, 9), date(2005, 2, 15)),
        Break("劳动节", date(2005, 5, 1), date(2005, 5, 7)),
        Break("国庆节", date(2005, 10, 1), date(2005, 10, 7)),
    ]
    assert list(faults_of(2005, breaks, [])) == []
    assert [fault.words for fault in faults_of(2005, breaks[1:], [])] == ["缺 元旦"]
