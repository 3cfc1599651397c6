"""The link below a finding names the law; that its article was not looked up stands beside how it was read."""

from __future__ import annotations

from app.gui.findings_view import finding_view
from app.rules.findings import Read, Source, cite_known
from app.usecases.check_case import check_case
from app.usecases.make_demo import read_example
from tests.gui.window_driver import fixed_program


def test_an_article_nobody_looked_up_is_a_remark_and_not_part_of_the_link() -> None:
    case = read_example("tianjin-hedong-area")
    unread = [
        each
        for each in check_case(fixed_program(), case).findings
        if any(source.article.startswith("（") for source in each.sources)
    ]
    assert unread
    for finding in unread:
        view = finding_view(finding, case)
        assert "条号" not in view.article and view.article.endswith("》")
        assert "条号没有核实" in view.how_read


def test_a_short_row_names_the_law_only() -> None:
    known = Source("鲁工资", "21条", Read.FULL_TEXT)
    unknown = Source("津工资", "（条号没有核实）", Read.SECOND_HAND)
    assert cite_known((known, unknown)) == "《鲁工资》21条、《津工资》"
