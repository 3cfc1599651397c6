"""One rule asked for without a case: today judges, another day chooses the law."""

from __future__ import annotations

from datetime import date

from app.domain.union import AgreementKind, Form
from app.rules.coverage import variants_of
from app.rules.findings import Verdict
from app.rules.term_answer import WINDOWS, answer_term
from tests.rules.worked import calendar, packs

START = date(2026, 4, 3)


def test_today_judges_and_the_day_of_the_law_does_not():
    shandong = packs().region("shandong")
    for law_on in (None, date(2016, 12, 31), date(2030, 1, 1)):
        for today, verdict in ((START, Verdict.RUNNING), (date(2026, 5, 6), Verdict.OVERDUE)):
            (row,) = answer_term(shandong, calendar(), "reply_due", START, today, law_on=law_on).rows
            assert row.verdict is verdict


def test_every_value_in_force_is_told_and_windows_are_windows():
    for pack in packs():
        for kind, form in ((AgreementKind.WAGE, Form.SINGLE), (AgreementKind.GENERAL, Form.INDUSTRY)):
            for rule in pack.rule_ids():
                found = answer_term(pack, calendar(), rule, START, START, kind=kind, form=form)
                told = "".join(f"{row.why}{row.period}" for row in found.rows)
                for variant in variants_of(pack, rule):
                    term = pack.term(rule, START, kind, form, variant=variant)
                    if term is not None and not found.silent:
                        assert term.words in told or term.spoken in told, (pack.key, rule, variant)
                windows = {row.rule for row in found.rows if row.verdict is Verdict.WINDOW}
                assert windows == (WINDOWS & {rule} if found.rows else set())
