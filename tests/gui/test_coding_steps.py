"""What a key does while open answers are coded, without a window."""

from __future__ import annotations

from app.domain.answered_sheet import SAYS_NOTHING
from app.figures.open_words import OpenAnswer, grouped
from app.gui.stages.survey.coding_steps import KEYS, CodingInHand, keys_of

ANSWERS = (
    OpenAnswer("1", "食堂太贵", ()),
    OpenAnswer("2", "食堂太贵。", ("t",)),
    OpenAnswer("3", "涨工资", ()),
    OpenAnswer("4", "班车", ("t",)),
)


def in_hand() -> CodingInHand:
    return CodingInHand(ANSWERS, grouped(ANSWERS))


def words(hand: CodingInHand) -> str:
    current = hand.current()
    return current.words if current is not None else ""


def test_keys_lead_to_topics_and_two_letters_are_kept_for_other_things() -> None:
    assert keys_of(["a", "b"]) == {"0": SAYS_NOTHING, "1": "a", "2": "b"}
    assert "n" not in KEYS and "0" not in KEYS and len(set(KEYS)) == len(KEYS) == 34
    assert len(keys_of([str(at) for at in range(60)])) == 35


def test_a_group_is_done_when_all_of_its_sheets_are() -> None:
    hand = in_hand()
    state = hand.state(hand.groups[0])
    assert (words(hand), state.topics, state.coded, state.sheets) == ("食堂太贵", ("t",), 1, 2)
    assert not state.is_done and hand.progress() == (2, 4)
    assert (
        not hand.wants_proposals() and hand.write(["t"]) == {}
    )  # a part was coded by hand: nothing is proposed
    hand.press("u")
    assert hand.write() == {"1": ("t", "u"), "2": ("t", "u")}
    assert hand.state(hand.groups[0]).is_done and hand.progress() == (3, 4)


def test_that_it_says_nothing_stands_alone() -> None:
    hand = in_hand()
    hand.press("u")
    hand.press(SAYS_NOTHING)
    assert hand.chosen() == (SAYS_NOTHING,)
    hand.press("t")
    assert hand.chosen() == ("t",)
    hand.press("t")
    assert hand.chosen() == () and hand.is_touched()
    assert hand.write() == {"2": ()}  # nothing chosen takes the coding away


def test_on_goes_to_what_is_not_coded_round_the_end_and_says_when_there_is_none() -> None:
    hand = in_hand()
    hand.go_to(2)
    assert words(hand) == "班车" and hand.go_on() and words(hand) == "食堂太贵"
    for _ in range(2):
        hand.press("u")
        hand.write()
        hand.go_on()
    assert not hand.go_on() and hand.progress() == (4, 4)


def test_taking_back_goes_to_the_answer_even_where_it_is_not_listed() -> None:
    hand = in_hand()
    hand.press("u")
    hand.write()
    hand.look_for("涨")
    assert [hand.groups[at].words for at in hand.shown()] == ["涨工资"]
    assert hand.take_back() == {"1": (), "2": ("t",)}
    assert words(hand) == "食堂太贵" and len(hand.shown()) == 3
    assert hand.take_back() == {} and not hand.can_take_back()


def test_a_topic_that_is_gone_is_coded_nowhere_and_comes_back_with_no_undo() -> None:
    hand = in_hand()
    hand.go_to(1)
    hand.press("u")
    hand.write()
    hand.press("t")
    hand.know_topics(["u"])
    assert hand.progress() == (1, 4) and hand.chosen() == ("u",)
    assert hand.take_back() == {"3": ()}


def test_a_topic_that_came_back_has_its_answers_again() -> None:
    hand = in_hand()
    whole = hand.progress()
    hand.know_topics(["u"])
    assert hand.progress() < whole
    hand.know_topics(["t", "u"])
    assert hand.progress() == whole


def test_what_was_read_anew_can_still_be_taken_back_as_far_as_it_is_there() -> None:
    hand = in_hand()
    for _ in range(2):
        hand.press("u")
        hand.write()
        hand.go_on()
    fewer = ANSWERS[:2]
    again = CodingInHand(fewer, grouped(fewer))
    again.go_on_from(hand)
    assert again.take_back() == {"1": (), "2": ("t",)} and not again.can_take_back()
