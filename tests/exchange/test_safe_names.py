"""File names that survive every file system of the trade."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.exchange.safe_names import is_safe_name, safe_name, same_name

ILLEGAL = set('<>:"/\\|?*%') | {chr(code) for code in range(32)} | {"\x7f"}
DEVICES = {"CON", "PRN", "AUX", "NUL"} | {
    f"{port}{digit}" for port in ("COM", "LPT") for digit in "0123456789"
}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("要约书.pdf", "要约书.pdf"),
        ("䶮㐆𬱖的委托书.jpg", "䶮㐆𬱖的委托书.jpg"),
        ("葛\U000e0100.pdf", "葛\U000e0100.pdf"),
        ("第1次/共2次: 会议?.pdf", "第1次／共2次： 会议？.pdf"),
        ("con", "_con"),
        ("NUL.tar.gz", "_NUL.tar.gz"),
        ("Com¹.txt", "_Com¹.txt"),
        ("  附件 .", "附件"),
        (".隐藏", "．隐藏"),
        ("-rf", "－rf"),
        ("增长 5%", "增长 5％"),
        ("照片\u202egpj.exe", "照片gpj.exe"),
        ("一\r\n二", "一 二"),
        ("e\u0301.txt", "é.txt"),
        ("\ud800", "没有名字"),
        ("", "没有名字"),
        ("...", "没有名字"),
    ],
)
def test_known_texts(text: str, name: str) -> None:
    assert safe_name(text) == name


@given(st.text(st.characters(), max_size=200), st.integers(40, 255))
@example("ﬁ" * 100, 40)
@example("CON", 40)
@example("a" + "\u0301" * 100, 40)
def test_every_name_is_legal_everywhere(text: str, limit: int) -> None:
    name = safe_name(text, max_bytes=limit)
    assert name
    assert not set(name) & ILLEGAL
    assert len(name.encode("utf-8")) <= limit
    assert len(name.encode("utf-16-le")) // 2 <= limit
    assert name[-1] not in ". "
    assert name[0] not in " .-~"
    assert name.split(".")[0].rstrip(" ").upper() not in DEVICES
    assert unicodedata.normalize("NFC", name) == name
    assert name.isprintable() or any(unicodedata.category(char) in ("Co", "Cn") for char in name)
    assert safe_name(name, max_bytes=limit) == name
    assert is_safe_name(name)


@given(st.lists(st.text("Aaß.Ss报告", max_size=6), max_size=12))
def test_names_in_one_folder_never_meet(texts: list[str]) -> None:
    taken: set[str] = set()
    for text in texts:
        name = safe_name(text, taken=taken, max_bytes=40)
        assert same_name(name) not in {same_name(other) for other in taken}
        assert len(name.encode()) <= 40
        taken.add(name)


def test_a_clash_is_numbered_before_the_ending() -> None:
    assert safe_name("报告.PDF", taken={"报告.pdf"}) == "报告（2）.PDF"
    assert safe_name("报告.pdf", taken={"报告.pdf", "报告（2）.pdf"}) == "报告（3）.pdf"


def test_shortening_keeps_the_ending_and_whole_characters() -> None:
    name = safe_name("长" * 100 + ".pdf")
    assert name == "长" * 38 + ".pdf"
    assert safe_name("葛\U000e0100" * 50, max_bytes=40) == "葛\U000e0100" * 5


@pytest.mark.parametrize("name", ["a/b", "con", "a.", "", "e\u0301", "a%", " a"])
def test_other_names_are_not_safe(name: str) -> None:
    assert not is_safe_name(name)


def test_limits_too_tight_are_refused() -> None:
    with pytest.raises(ValueError, match="max_bytes"):
        safe_name("x", max_bytes=10)
