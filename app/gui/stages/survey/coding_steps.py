"""Open answers while they are coded: which one is on, what was chosen for it, what can be taken back. Without Qt.

Digits choose topics, Enter writes and goes on. What is proposed is taken by Enter alone, and only where nothing was
chosen by hand and nothing written before.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.domain.answered_sheet import SAYS_NOTHING
from app.figures.open_words import AnswerGroup, OpenAnswer, plain_words

KEYS = "123456789abcdefghijklmopqrstuvwxyz"
"""Of the topics in their order; 0 is 没有内容, n 新建议题."""
NOTHING_KEY, NEW_KEY = "0", "n"

Coded = dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class GroupState:
    """How far a group is: its topics, how many of its sheets are coded, of how many."""

    topics: tuple[str, ...]
    coded: int
    sheets: int

    @property
    def is_done(self) -> bool:
        """Whether all of its sheets are coded."""
        return self.coded == self.sheets


class CodingInHand:
    """The answers to one open question; ``groups`` are those that say the same."""

    def __init__(self, answers: Iterable[OpenAnswer], groups: Sequence[AnswerGroup]) -> None:
        self.groups = tuple(groups)
        self._topics: Coded = {each.sheet: each.topics for each in answers}
        self._plain = tuple(plain_words(each.words) for each in self.groups)
        self._shown: tuple[int, ...] = tuple(range(len(self.groups)))
        self._at = 0
        self._chosen: tuple[str, ...] = ()
        self._touched = False
        self._taken: list[Coded] = []
        self._there: frozenset[str] | None = None

    # ---- what there is

    def shown(self) -> tuple[int, ...]:
        """The groups that are listed, by their place in ``groups``."""
        return self._shown

    def at(self) -> int:
        """The place in :meth:`shown` of the group that is on."""
        return self._at

    def current(self) -> AnswerGroup | None:
        """The group that is on; ``None`` when none is listed."""
        return self.groups[self._shown[self._at]] if self._shown else None

    def state(self, group: AnswerGroup) -> GroupState:
        """How far a group is."""
        held = [self._standing(self._topics.get(sheet, ())) for sheet in group.sheets]
        topics = tuple(dict.fromkeys(topic for each in held for topic in each))
        return GroupState(topics, sum(bool(each) for each in held), len(held))

    def progress(self) -> tuple[int, int]:
        """How many sheets are coded, of how many."""
        return sum(bool(self._standing(each)) for each in self._topics.values()), len(self._topics)

    def chosen(self) -> tuple[str, ...]:
        """The topics of the group that is on, as they would be written."""
        current = self.current()
        if self._touched or current is None:
            return self._chosen
        return self.state(current).topics

    def is_touched(self) -> bool:
        """Whether something was chosen by hand and is not written."""
        return self._touched

    def wants_proposals(self) -> bool:
        """Whether a proposal may be taken here: nothing was chosen and nothing written."""
        current = self.current()
        return current is not None and not self._touched and not self.state(current).coded

    # ---- where it is

    def look_for(self, words: str, topic: str = "") -> None:
        """List the answers in which these words stand, all without words; ``topic``: only those coded to it.

        The first one is on.
        """
        wanted = plain_words(words)
        self._drop()
        self._shown = tuple(
            at
            for at, plain in enumerate(self._plain)
            if wanted in plain and (not topic or topic in self.state(self.groups[at]).topics)
        )
        self._at = 0

    def go_to(self, place: int) -> None:
        """Go to a place in :meth:`shown`."""
        self._drop()
        self._at = max(0, min(place, len(self._shown) - 1))

    def go_on(self) -> bool:
        """Go to the next one that is not coded, from the first again behind the last; False if there is none."""
        count = len(self._shown)
        for step in range(1, count + 1):
            place = (self._at + step) % count
            if not self.state(self.groups[self._shown[place]]).is_done:
                self.go_to(place)
                return True
        self._drop()
        return False

    # ---- choosing

    def press(self, topic: str) -> None:
        """Choose a topic or give it back; that it says nothing stands alone."""
        if self.current() is None:
            return
        chosen = [each for each in self.chosen() if each != topic]
        if topic not in self.chosen():
            chosen.append(topic)
            said = topic != SAYS_NOTHING
            chosen = [each for each in chosen if (each != SAYS_NOTHING) is said]
        self._chosen, self._touched = tuple(chosen), True

    def give_back(self) -> bool:
        """Forget what was chosen and not written; False if there is nothing."""
        touched = self._touched
        self._drop()
        return touched

    def write(self, proposed: Sequence[str] = ()) -> Coded:
        """What is to be written for the group that is on (sheet → topics); empty if nothing changed."""
        current = self.current()
        if current is None:
            return {}
        if self._touched:
            wanted = self._chosen
        elif proposed and self.wants_proposals():
            wanted = tuple(proposed)
        else:
            return {}
        before = {sheet: self._topics.get(sheet, ()) for sheet in current.sheets}
        changed = {sheet: wanted for sheet, held in before.items() if self._standing(held) != wanted}
        if changed:
            self._taken.append({sheet: before[sheet] for sheet in changed})
            self._topics.update(changed)
        self._drop()
        return changed

    def can_take_back(self) -> bool:
        """Whether something was written since it was opened."""
        return bool(self._taken)

    def take_back(self) -> Coded:
        """Take back what was written last and go there; what is to be written for that."""
        if not self._taken:
            return {}
        before = {sheet: self._standing(topics) for sheet, topics in self._taken.pop().items()}
        self._topics.update(before)
        self._drop()
        place = self._place_of(next(iter(before)))
        if place is None:
            self.look_for("")
            place = self._place_of(next(iter(before)))
        self._at = place or 0
        return before

    def go_on_from(self, earlier: CodingInHand) -> None:
        """The same question was read anew: what was written since it was opened can still be taken back."""
        self._taken = [each for each in earlier._taken if all(sheet in self._topics for sheet in each)]

    def know_topics(self, there: Iterable[str]) -> None:
        """These topics are all there are now. What was coded to another one is not coded, until that comes back."""
        self._there = frozenset({*there, SAYS_NOTHING})
        self._chosen = self._standing(self._chosen)

    def _standing(self, topics: tuple[str, ...]) -> tuple[str, ...]:
        return topics if self._there is None else tuple(each for each in topics if each in self._there)

    def _place_of(self, sheet: str) -> int | None:
        return next((place for place, at in enumerate(self._shown) if sheet in self.groups[at].sheets), None)

    def _drop(self) -> None:
        self._chosen, self._touched = (), False


def keys_of(topics: Sequence[str]) -> Mapping[str, str]:
    """Key → topic; those behind the last key have none."""
    return {NOTHING_KEY: SAYS_NOTHING, **dict(zip(KEYS, topics, strict=False))}
