"""The check list of what goes to the authority."""

from __future__ import annotations

from datetime import date

from app.bootstrap import make_program
from app.domain.case import Case
from app.domain.filing import Filing
from app.domain.union import Cycle, Form
from app.rules.filing_papers import check_list, ticked
from app.rules.ground import Ground

PROGRAM = make_program()


def lines(filing: Filing, form: Form = Form.SINGLE):
    case = Case(cycle=Cycle(id="cycle", region="shandong", year=2026, form=form))
    pack = PROGRAM.pack_or_national(case)
    here = Ground(case, pack, PROGRAM.packs.national, PROGRAM.calendar, date(2026, 5, 13))
    return {line.key: line for line in check_list(here, filing)}


def test_each_paper_is_there_lacking_or_does_not_fit() -> None:
    found = lines(Filing(id="f", papers=("协商情况说明", "工资专项集体合同文本3份", "光盘一张")))
    assert found["statement"].there and found["text"].there
    assert found["text"].written == ("工资专项集体合同文本3份",)
    assert found["resolution"].asked and not found["resolution"].there
    assert not found["enterprises"].fits
    assert found["other/0"].name == "光盘一张"
    assert lines(Filing(id="f"), Form.AREA)["enterprises"].fits


def test_ticking_keeps_what_was_written_in_own_words() -> None:
    filing = Filing(id="f", papers=("合同文本3份",))
    assert ticked(filing, lines(filing)["text"], True).papers == ("合同文本3份",)
    more = ticked(filing, lines(filing)["licence"], True)
    assert more.papers == ("合同文本3份", "营业执照复印件")
    assert ticked(more, lines(more)["text"], False).papers == ("营业执照复印件",)
