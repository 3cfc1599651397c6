"""Files that came from outside, told apart: which belong to a pack, which to a year; what is foreign is refused."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from app.domain.calendar import WorkCalendar, YearPlan
from app.errors import UserError
from app.rules.calendars import read_plan, with_plans
from app.rules.countable_terms import refuse_uncountable
from app.rules.pack import OWN_LAWS, PACK_FILES, RulePacks
from app.rules.places import MemoryPlace

CALENDAR = "calendar"
_YEAR_FILE = re.compile(r"\d{4}\.toml")


@dataclass(frozen=True, slots=True)
class BroughtLaw:
    """Packs and years that are not the program's own.

    Attributes:
        packs: key → file name → content.
        years: year → content of its file.
    """

    packs: Mapping[str, Mapping[str, bytes]] = field(default_factory=dict)
    years: Mapping[int, bytes] = field(default_factory=dict)

    def places(self) -> dict[str, MemoryPlace]:
        """Return each pack as a folder in memory."""
        files = {f"{key}/{name}": held for key, pack in self.packs.items() for name, held in pack.items()}
        return {key: MemoryPlace(files, key) for key in self.packs}

    def plans(self) -> dict[int, YearPlan]:
        """Return the years.

        Raises:
            UserError: one of the files is odd.
        """
        return {
            year: read_plan(MemoryPlace({f"{CALENDAR}/{year}.toml": content}) / CALENDAR / f"{year}.toml")
            for year, content in self.years.items()
        }

    def over(self, packs: RulePacks, calendar: WorkCalendar) -> tuple[RulePacks, WorkCalendar]:
        """Return packs and calendar with these laid upon them; the very same objects where there is nothing.

        Raises:
            UserError: a file is odd, what stands on a pack does not fit it any more, or a period is counted in
                a way no check of this program follows.
        """
        places = self.places()
        laid = packs.over(places) if places else packs
        for key, place in places.items():
            refuse_uncountable(laid.packs[key], place, packs)
        return laid, with_plans(calendar, self.plans())


def sort_files(file: str, files: Mapping[str, bytes]) -> BroughtLaw:
    """Tell packs and years apart.

    Args:
        file: what was chosen, for messages.
        files: ``<folder>/<file>`` → content, as :mod:`app.exchange.law_archive` reads them.

    Raises:
        UserError: a file belongs to neither, or a pack lacks one of its four.
    """
    packs: dict[str, dict[str, bytes]] = {}
    years: dict[int, bytes] = {}
    for path, content in sorted(files.items()):
        folder, _, name = path.partition("/")
        if folder == CALENDAR and _YEAR_FILE.fullmatch(name):
            years[int(name[:4])] = content
        elif folder != CALENDAR and name in (*PACK_FILES, OWN_LAWS):
            packs.setdefault(folder, {})[name] = content
        else:
            raise _foreign(file, f"“{path.removeprefix(f'{CALENDAR}/')}”不是规则包或放假安排的文件")
    for folder, pack in packs.items():
        for name in PACK_FILES:
            if name not in pack:
                raise _foreign(file, f"规则包“{folder}”缺 {name}")
    return BroughtLaw(packs, years)


def _foreign(file: str, reason: str) -> UserError:
    return UserError(
        f"“{file}”不能装：{reason}。",
        "这台电脑上的规则包、放假安排和案卷都没有动。",
        "规则包是一个文件夹或一个 .zip，里面是 pack.toml、rules.toml、terms.toml、wording.toml；"
        "放假安排是像 2027.toml 这样的文件。",
        code="R-112",
    )
