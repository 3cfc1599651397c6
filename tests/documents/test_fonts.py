"""Which font draws which character, and what happens when none does."""

from __future__ import annotations

import shutil
from itertools import pairwise
from pathlib import Path

import pytest

from app.documents.blocks import Run
from app.documents.fonts import FontBook, clean, read_roles, system_fonts
from app.documents.lines import NO_END, NO_START, Look, set_lines, text_width
from app.errors import UserError

LOOK = Look("body", 10.0)


def words(lines):
    return ["".join(part.text for part in line.fragments) for line in lines]


def test_every_role_declares_a_word_family_and_candidates():
    roles = read_roles()
    assert roles["body"].word == "仿宋"
    assert roles["title"].word == "方正小标宋简体"
    assert all(role.candidates for role in roles.values())
    assert all(name in roles for role in roles.values() for name in role.then)


@pytest.mark.parametrize("role", ["body", "title", "hei", "kai", "song"])
def test_rare_characters_of_names_have_a_font(role):
    fonts = system_fonts()
    for char in "䶮㐆𬱖〔〕□“”—…①㎡":
        assert fonts.find(role, char) is not None, f"U+{ord(char):04X} in {role}"


def test_a_run_is_split_where_the_font_changes():
    segments = list(system_fonts().segments("张䶮㐆𬱖明", "body"))
    assert "".join(text for _, text in segments) == "张䶮㐆𬱖明"
    assert all(left[0] is not right[0] for left, right in pairwise(segments))


def test_fonts_with_postscript_outlines_are_passed_over(tmp_path):
    noto = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")
    if not noto.exists():
        pytest.skip("no CFF font here")
    (tmp_path / "simfang.ttc").symlink_to(noto)
    with pytest.raises(UserError) as caught:
        FontBook([tmp_path]).require(["工会"])
    assert caught.value.code == "D-102"


def test_a_file_that_is_no_font_is_passed_over(tmp_path):
    (tmp_path / "simfang.ttf").write_bytes(b"not a font at all")
    (tmp_path / "simhei.ttf").write_bytes(b"")
    with pytest.raises(UserError, match="没有找到能用来出文书的中文字体"):
        FontBook([tmp_path]).require(["工会"])


def test_a_character_no_font_has_is_named_with_its_code():
    with pytest.raises(UserError) as caught:
        system_fonts().require(["张\U0003fff0", "李"])
    assert caught.value.code == "D-101"
    assert "U+3FFF0" in caught.value.what_happened
    assert "“李”" not in caught.value.what_happened
    assert caught.value.what_to_do


def test_half_a_character_is_refused_and_the_sentence_can_be_printed():
    with pytest.raises(UserError) as caught:
        system_fonts().require(["张\ud844"])
    assert "U+D844" in str(caught.value)
    str(caught.value).encode("utf-8")


def test_only_candidate_files_are_opened_for_common_characters(tmp_path):
    face = system_fonts().find("kai", "工")
    assert face is not None
    candidate = face.path
    shutil.copy(candidate, tmp_path / candidate.name)
    (tmp_path / "zzz.ttf").write_bytes(b"broken")
    face = FontBook([tmp_path]).find("kai", "工")
    assert face is not None
    assert face.path == tmp_path / candidate.name


def test_clean_drops_what_has_no_shape():
    assert clean("张\u200b三\ufeff\x00\x07\ufe0f") == "张三"
    assert clean("a\tb\u00a0c\r\nd\re\u2028f\uffff") == "a b c\nd\ne\nf"


def test_chinese_quotes_are_a_full_character_wide_in_every_role():
    fonts = system_fonts()
    for role in ("body", "kai", "hei", "title", "song"):
        for char in "“”—…":
            assert fonts.width(fonts.find(role, char), char) >= 900


# --- lines ------------------------------------------------------------------------------------------------


def test_no_closing_mark_begins_a_line_and_no_opening_mark_ends_one():
    text = "甲乙丙，丁（戊己）庚。辛《壬癸》子“丑寅”卯；辰：巳？午！未、申……酉——戌" * 8
    for width in range(35, 200, 7):
        lines = words(set_lines([Run(text)], width, LOOK, system_fonts()))
        assert "".join(lines) == text
        assert not [line for line in lines if line[0] in NO_START]
        assert not [line for line in lines[:-1] if line[-1] in NO_END]


def test_numbers_and_words_stay_whole():
    lines = words(set_lines([Run("工资总额为1,234,567.89元，联系ABCDEFG公司")], 62, LOOK, system_fonts()))
    assert any("1,234,567.89" in line for line in lines)
    assert any("ABCDEFG" in line for line in lines)


def test_a_word_wider_than_the_line_is_broken_and_nothing_overflows():
    text = "91371300MA3C0000X1" * 5 + "沂蒙老区" * 15
    lines = set_lines([Run(text)], 40, LOOK, system_fonts())
    assert "".join(words(lines)) == text
    assert max(line.width for line in lines) <= 40.01


def test_justified_lines_reach_the_edge_except_the_last():
    text = "根据《中华人民共和国工会法》的规定，现就2025年度工资协商提出要约。" * 4
    lines = set_lines([Run(text)], 203, LOOK, system_fonts(), indent=20, justify=True)
    assert len(lines) > 2
    assert all(line.width == pytest.approx(203, abs=0.01) for line in lines[:-1])
    assert lines[-1].last and lines[-1].width < 203
    assert lines[0].fragments[0].x == 20


def test_line_ends_in_the_text_begin_new_lines():
    assert words(set_lines([Run("甲\n\n乙")], 100, LOOK, system_fonts())) == ["甲", "", "乙"]


def test_text_width_counts_full_characters():
    assert text_width("工会委员会", LOOK, system_fonts()) == pytest.approx(50, abs=0.5)
