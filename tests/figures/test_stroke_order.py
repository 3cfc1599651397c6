"""Candidates by strokes of the surname: orders as published lists have them, rare characters, names that are none."""

from __future__ import annotations

import random

import pytest

from app.figures.stroke_order import in_stroke_order, stroke_kinds, strokes, unknown_characters


def ordered(names: str) -> str:
    mixed = names.split()
    random.Random(7).shuffle(mixed)
    return " ".join(in_stroke_order(mixed, lambda name: name))


@pytest.mark.parametrize(
    "names",
    [
        "丁 习 王 刘 许 孙 李 杨 汪 张 陈 赵 胡 栗 郭 黄 蔡",
        "丁一 于海 马跃 王平 毛明 方圆 邓林 石坚 卢山 田野 史册 白露 冯春",
        "欧阳海 欧阳振华",
    ],
)
def test_surnames_stand_as_published_lists_have_them(names):
    assert ordered(names) == names


def test_of_one_surname_single_given_names_come_first_then_fewer_strokes():
    names = "王一 王强 王丁山 王小满 王立夏"
    assert ordered(names) == names


def test_compound_surnames_are_placed_by_their_first_character():
    names = "司马南 李明 诸葛亮亮 慕容雪"  # 5, 7, 10, 14 strokes
    assert [strokes(name[0]) for name in names.split()] == [5, 7, 10, 14]
    assert ordered(names) == names


def test_equally_many_strokes_go_by_heng_shu_pie_dian_zhe():
    names = "王 贝 毛 方 邓"
    assert {strokes(each) for each in names.split()} == {4}
    assert [stroke_kinds(each)[0] for each in names.split()] == list("12345")
    assert ordered(names) == names


def test_rare_characters_are_counted_and_one_without_known_writing_comes_after_its_equals():
    assert strokes("䶮") == 9
    assert strokes("垚") == 9
    assert strokes("𬭎") is not None  # beyond the first plane
    assert ordered("胡明 䶮明") == "胡明 䶮明"
    assert not unknown_characters("䶮明")


def test_what_nobody_counted_comes_last_and_is_told():
    assert ordered("王平 蔡明 A平") == "王平 蔡明 A平"
    assert unknown_characters("A平1") == "A1"
    assert strokes("\n") is None and strokes("\t") is None and strokes("") is None and strokes("1") is None


def test_a_dot_between_the_parts_of_a_name_is_none_of_its_characters():
    assert not unknown_characters("阿依古丽·买买提")


def test_equal_names_stay_in_the_order_given():
    people = [("李明", 2), ("李明", 1), ("丁一", 3)]
    assert in_stroke_order(people, lambda each: each[0]) == (("丁一", 3), ("李明", 2), ("李明", 1))
