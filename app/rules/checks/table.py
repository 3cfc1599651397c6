"""The one table of checks: rule id, function, and for which kinds and forms it applies.

Adding a check is one function and one line here; stage, title, article and sentence stand in ``rules.toml``.
A row is skipped where the region is silent about the rule (法规未规定), unless it says ``even_if_silent``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from app.domain.union import AgreementKind, Form
from app.rules.checks import (
    agreement_text,
    assembly,
    chiefs,
    congress,
    data_counts,
    data_days,
    data_records,
    filing,
    fulfilment,
    make_up,
    negotiation,
    offer,
    representatives,
    survey,
)
from app.rules.ground import Found, Ground
from app.rules.terms import ALL_FORMS, ALL_KINDS

REGIONAL = frozenset({Form.AREA, Form.INDUSTRY})


@dataclass(frozen=True, slots=True)
class Row:
    """One check."""

    rule: str
    run: Callable[[Ground], Found]
    kinds: frozenset[AgreementKind] = ALL_KINDS
    forms: frozenset[Form] = ALL_FORMS
    even_if_silent: bool = False


TABLE: tuple[Row, ...] = (
    Row("scope_unit", survey.scope_unit),
    Row("survey_before_offer", survey.survey_before_offer),
    Row("duty_to_bargain", offer.duty_to_bargain),
    Row("offer_who", offer.offer_who),
    Row("offer_form", offer.offer_form),
    Row("offer_content", offer.offer_content),
    Row("upper_union_offer", offer.upper_union_offer),
    Row("reply_due", offer.reply_due),
    Row("reply_form", offer.reply_form),
    Row("refuse_ban", offer.refuse_ban),
    Row("silence_effect", offer.silence_effect, even_if_silent=True),
    Row("rep_min", make_up.rep_min),
    Row("rep_max", make_up.rep_max),
    Row("rep_parity", make_up.rep_parity),
    Row("rep_frontline", make_up.rep_frontline),
    Row("rep_female", make_up.rep_female, even_if_silent=True),
    Row("rep_other_groups", make_up.rep_other_groups),
    Row("worker_rep_elect", representatives.worker_rep_elect),
    Row("chief_worker", chiefs.chief_worker),
    Row("chief_worker_sub", chiefs.chief_worker_sub),
    Row("chief_employer", chiefs.chief_employer),
    Row("employer_rep_appoint", chiefs.employer_rep_appoint),
    Row("rep_external_cap", representatives.rep_external_cap),
    Row("chief_external_ban", chiefs.chief_external_ban),
    Row("rep_no_dual", representatives.rep_no_dual),
    Row("rep_incompat", representatives.rep_incompat),
    Row("rep_publish_due", representatives.rep_publish_due),
    Row("rep_replace", representatives.rep_replace),
    Row("reg_worker_rep", representatives.reg_worker_rep, forms=REGIONAL),
    Row("reg_employer_rep", representatives.reg_employer_rep, forms=REGIONAL),
    Row("disclose_due", negotiation.disclose_due),
    Row("disclose_content_employer", negotiation.disclose_content_employer),
    Row("report_upper_before", negotiation.report_upper_before),
    Row("recorder_neutral", negotiation.recorder_neutral),
    Row("chair_rotation", negotiation.chair_rotation),
    Row("chair_first", negotiation.chair_first),
    Row("minutes_sign", negotiation.minutes_sign),
    Row("period", negotiation.period),
    Row("suspend", negotiation.suspend),
    Row("quota_90", agreement_text.quota_90),
    Row("agreement_items", agreement_text.agreement_items),
    Row("term", agreement_text.term),
    Row("floor_minwage", agreement_text.floor_minwage),
    Row("fem_clause_required", agreement_text.fem_clause_required),
    Row("fem_items", agreement_text.fem_items),
    Row("fem_floor", agreement_text.fem_floor),
    Row("fem_health_check", agreement_text.fem_health_check),
    Row("osh_items", agreement_text.osh_items),
    Row("draft_sign", congress.draft_sign),
    Row("congress_required", congress.congress_required),
    Row("congress_submit_due", assembly.congress_submit_due),
    Row("congress_ballot", assembly.congress_ballot),
    Row("congress_composition", assembly.congress_composition),
    Row("congress_report_union", assembly.congress_report_union),
    Row("prep_tasks", assembly.prep_tasks),
    Row("congress_notice", congress.congress_notice),
    Row("congress_quorum", congress.congress_quorum),
    Row("congress_pass", congress.congress_pass),
    Row("congress_revote", congress.congress_revote, even_if_silent=True),
    Row("congress_result_publish", congress.congress_result_publish),
    Row("reg_vote", congress.reg_vote, forms=REGIONAL, even_if_silent=True),
    Row("sign_seal", filing.sign_seal),
    Row("reg_seal", filing.reg_seal, forms=REGIONAL),
    Row("reg_binding", filing.reg_binding, forms=REGIONAL),
    Row("file_by", filing.file_by),
    Row("file_due", filing.file_due),
    Row("file_copies", filing.file_copies),
    Row("file_docs", filing.file_docs),
    Row("receipt", filing.receipt),
    Row("review_due", filing.review_due),
    Row("effective", filing.effective),
    Row("objection_path", filing.objection_path),
    Row("publish_due", filing.publish_due),
    Row("upper_union_file", filing.upper_union_file),
    Row("report_freq", fulfilment.report_freq),
    Row("renewal_window", filing.renewal_window),
    Row("terminate_file_due", filing.terminate_file_due),
    Row("amend_report_union", filing.amend_report_union),
    Row("data_survey_order", data_counts.data_survey_order),
    Row("data_hearing", survey.data_hearing),
    Row("data_topic_reason", survey.data_topic_reason),
    Row("data_frozen_questions", survey.data_frozen_questions),
    Row("data_answers", data_counts.data_answers),
    Row("data_headcount", data_counts.data_headcount),
    Row("data_covered_sum", data_counts.data_covered_sum),
    Row("data_count_order", data_counts.data_count_order),
    Row("data_vote_sum", data_counts.data_vote_sum),
    Row("data_count_attendance", data_counts.data_count_attendance),
    Row("data_denominator", data_counts.data_denominator),
    Row("data_congress_sum", data_counts.data_congress_sum),
    Row("data_meeting", data_counts.data_meeting),
    Row("data_poll", data_counts.data_poll),
    Row("data_wage_total", data_records.data_wage_total),
    Row("data_percent", data_records.data_percent),
    Row("data_date_order", data_records.data_date_order),
    Row("data_odd_day", data_days.data_odd_day),
    Row("data_same_text", data_records.data_same_text),
    Row("data_code", data_records.data_code),
    Row("data_reference", data_records.data_reference),
    Row("data_no_proof", data_records.data_no_proof),
)
