"""The first schema: cases, one table per collection of records, and the journal with its guards.

Revision: 0001.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("PRAGMA application_id = 1481857612")
    op.create_table(
        "cases",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("created", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_cases"),
    )
    _record_tables()
    _journal()


def _column(declared: str) -> sa.Column:
    """``name kind``: text and list are never NULL; value is a date, moment, decimal or choice as text."""
    name, kind = declared.split()
    match kind:
        case "text":
            return sa.Column(name, sa.Text, nullable=False, server_default=sa.text("''"))
        case "list":
            return sa.Column(name, sa.Text, nullable=False, server_default=sa.text("'[]'"))
        case "number":
            return sa.Column(name, sa.Integer)
        case "value":
            return sa.Column(name, sa.Text)
    raise ValueError(declared)


def _records(collection: str, columns: str) -> None:
    op.create_table(
        collection,
        sa.Column("case_id", sa.Text, nullable=False),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        *(_column(declared) for declared in columns.split(", ")),
        sa.PrimaryKeyConstraint("case_id", "id", name=f"pk_{collection}"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=f"fk_{collection}_case_id_cases"),
    )


def _journal() -> None:
    op.create_table(
        "journal",
        sa.Column("number", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("case_id", sa.Text, nullable=False),
        sa.Column("group", sa.Integer, nullable=False),
        sa.Column("undoes", sa.Integer),
        sa.Column("undoable", sa.Integer, nullable=False),
        sa.Column("action", sa.Text, nullable=False),
        sa.Column("collection", sa.Text, nullable=False),
        sa.Column("record_id", sa.Text, nullable=False),
        sa.Column("position", sa.Integer),
        sa.Column("before", sa.Text),
        sa.Column("after", sa.Text),
        sa.Column("detail", sa.Text, nullable=False),
        sa.Column("previous", sa.Text, nullable=False),
        sa.Column("hash", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_journal"),
    )
    op.create_index("ix_journal_entries", "journal", ["case_id", "number"])
    op.create_index("ix_journal_steps", "journal", ["case_id", "group", "undoes", "undoable", "collection"])
    op.execute(
        "CREATE TRIGGER journal_no_update BEFORE UPDATE ON journal "
        "BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END"
    )
    op.execute(
        "CREATE TRIGGER journal_no_delete BEFORE DELETE ON journal "
        "BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END"
    )
    # Also stops INSERT OR REPLACE, whatever recursive_triggers is set to.
    op.execute(
        "CREATE TRIGGER journal_only_appends BEFORE INSERT ON journal "
        "WHEN NEW.number IS NOT (SELECT coalesce(max(number), 0) + 1 FROM journal) "
        "BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END"
    )


def _record_tables() -> None:
    _records(
        "cycle",
        "year number, name text, region text, region_name text, form value, agreement_kind value, "
        "statistics_until value, campaign_from value, campaign_until value, practice number, note text",
    )
    _records(
        "union",
        "name text, code text, kind value, founded_on value, chair text, vice_chair text, acting_head "
        "text, has_women_committee number, women_committee_head text, members number, female_members "
        "number, upper_union text, district_union text, phone text, handler text",
    )
    _records(
        "enterprise",
        "name text, code text, legal_person text, legal_person_post text, address text, division text, "
        "unit_type text, industry text, industry_detail text, old_industry_code text, above_scale number, "
        "foreign_invested number, global_500 number, new_business number, situation value, staff number, "
        "male_staff number, female_staff number, migrant_staff number, frontline_staff number, "
        "disabled_staff number, minor_staff number, dispatched_staff number, outsourced_staff number, "
        "staff_note text, local_minimum_wage value, local_minimum_wage_source text, body_name text, "
        "body_head text, body_mandate text, area_unionised number, area_signed_apart number",
    )
    _records(
        "congress",
        "body value, term_name text, delegates number, frontline number, technical number, admin number, "
        "management number, women number",
    )
    _records(
        "departments",
        "name text, staff number, female number, migrant number, members number, frontline number",
    )
    _records(
        "covered_enterprises",
        "name text, code text, legal_person text, industry text, staff number, female_staff number, "
        "migrant_staff number, members number, special_staff number, outsourced_staff number, "
        "has_own_union number, mandate_given number, representatives_published_on value, "
        "representatives_unpublished_note text, congress_seats number, sealed_on value, union_sealed_on "
        "value",
    )
    _records(
        "surveys",
        "title_text text, way value, channel text, notice_on value, started_on value, ended_on value, "
        "named number, target_staff number, target_others number, issued_online number, issued_paper "
        "number, issued number, returned_online number, returned_paper number, returned number, "
        "valid_online number, valid_paper number, valid number, issue_note text, report_on value, "
        "prepared_by text, reviewed_by text, report_sealed number",
    )
    _records(
        "questions",
        "survey text, number number, kind value, stem text, options list, at_most number, asked_of text, "
        "asked_count number",
    )
    _records("answer_counts", "question text, group text, group_question text, numbers list")
    _records(
        "hearings",
        "kind value, held_on value, place text, chair text, people number, frontline number, women "
        "number, of_whom text, opinions list",
    )
    _records(
        "topics",
        "code text, name text, category value, source text, questions list, hearings list, supporters "
        "number, decision value, reason text, unit text, last_value value",
    )
    _records("bottom_lines", "topic text, best text, middle text, floor text, tradeable text, speaker text")
    _records(
        "elections",
        "side value, way value, nominated_on value, session text, meeting_name text, meeting_on value, "
        "designated_on value, determined_on value, published_on value, taken_down_on value, published_at "
        "list, tenure_from value, tenure_until text, note text",
    )
    _records(
        "counts",
        "what text, election text, session text, agreement text, counted_on value, method text, expected "
        "number, present number, issued number, returned number, valid number, invalid number, in_favour "
        "number, against number, abstained number, scrutineers list, tellers list, note text",
    )
    _records(
        "representatives",
        "side value, role value, chief_basis value, name text, sex value, post text, department text, "
        "enterprise text, workplace text, frontline number, employment value, is_union_staff number, "
        "tie_to_employer value, id_number text, phone text, in_favour number, against number, abstained "
        "number, left_on value",
    )
    _records(
        "replacements",
        "side value, leaving text, arriving text, name text, vacant_on value, filled_on value, "
        "told_other_side_on value",
    )
    _records("advisers", "name text, side value, identity text, as_representative number, mandated_on value")
    _records("recorders", "name text, post text, is_representative number, agreed_on value")
    _records(
        "mandates",
        "kind_text text, side value, from_name text, from_post text, to_name text, scope text, signed_on "
        "value, valid_until text",
    )
    _records(
        "trainings",
        "held_on value, subject text, host text, workers number, employers number, hours number",
    )
    _records("instructor_visits", "on_day value, name text, what text, advisers list")
    _records(
        "offers",
        "number text, proposer value, addressee text, written number, issued_on value, signed_by text, "
        "union_sealed number, sealed_by list, proposed_meeting value, proposed_place text, claims text, "
        "names_representatives number, copies number, reply_by value",
    )
    _records("offer_items", "offer text, topic text, claim text, claim_value value, reason text")
    _records(
        "deliveries",
        "paper value, offer text, reply text, reminder text, to text, enterprises list, way value, "
        "sent_at value, received_on value, deliverer text, receiver text, receiver_post text, refused "
        "number, witnesses list",
    )
    _records(
        "replies",
        "offer text, delivery text, number text, from_whom text, enterprises list, written number, "
        "replied_on value, reached_union_on value, conclusion value, refusal_reason text, agreed_meeting "
        "value, agreed_place text, agreed_content text, claims text, signed_by text, employer_sealed "
        "number",
    )
    _records(
        "reminders",
        "offer text, number text, issued_on value, signed_by text, answer_by value, note text",
    )
    _records(
        "escalations",
        "step value, to text, sent_on value, about value, facts text, outcome text, outcome_on value",
    )
    _records(
        "union_reports",
        "kind value, to text, reported_on value, due_by_notice value, answered_on value, content text, "
        "words number",
    )
    _records(
        "disclosures",
        "side value, provider text, asked_on value, provided_on value, items list, received_by text, "
        "classified number",
    )
    _records(
        "disclosure_gaps",
        "disclosure text, item value, enterprises list, reason text, supplied_on value",
    )
    _records(
        "year_figures",
        "year number, revenue value, tax value, profit value, wage_total value, average_staff number, "
        "average_wage value, insurance text",
    )
    _records("outside_figures", "name text, value value, unit text, year number, source text")
    _records(
        "meetings",
        "number number, held_on value, starts text, ends text, place text, online number, chaired_by "
        "value, chair text, recorder text, workers_present number, employers_present number, absent list, "
        "observers list, minutes_signed number, unsigned list, unsigned_reason text, summary text, "
        "next_meeting_on value",
    )
    _records(
        "positions",
        "topic text, meeting text, worker_value value, worker_text text, worker_reason text, "
        "employer_value value, employer_text text, employer_reason text, result value",
    )
    _records(
        "suspensions",
        "from_day value, until_day value, reason text, force_majeure number, next_time text",
    )
    _records("briefings", "told_on value, way text, content text, meetings list")
    _records(
        "agreements",
        "kind value, name text, number text, term_from value, term_until value, agreed_on value, "
        "draft_signed_on value, drafted_by text, changed_after_vote number, women_content number, "
        "text_digest text, note text",
    )
    _records("clauses", "agreement text, article number, subject text, wording text, topic text")
    _records(
        "clause_figures",
        "clause text, code value, label text, value value, last_value value, condition text",
    )
    _records(
        "delegates",
        "name text, sex value, department text, category value, enterprise text, phone text",
    )
    _records(
        "sessions",
        "name text, purpose value, agreement text, agenda_published_on value, materials_sent_on value, "
        "held_on value, place text, expected number, present number, explained_by text, failed_before "
        "number, result_published_on value, result_taken_down_on value, taken_down_reason text, "
        "published_at list",
    )
    _records(
        "resolutions",
        "session text, number text, resolved_on value, draft_changed number, change_note text, sealed number",
    )
    _records(
        "signings",
        "agreement text, signed_on value, worker_chief text, employer_chief text, union_sealed number, "
        "employer_sealed number, copies number, same_as_voted number, seal_note text",
    )
    _records(
        "filings",
        "agreement text, filed_by value, handler text, authority text, filed_on value, received_on value, "
        "receipt_number text, copies number, papers list, again number",
    )
    _records(
        "reviews",
        "filing text, number text, opinion value, made_on value, reached_workers_on value, "
        "reached_employer_on value, objections text",
    )
    _records(
        "publications",
        "agreement text, what value, content text, published_on value, taken_down_on value, published_by "
        "text, ways list, scope text",
    )
    _records(
        "amendments",
        "agreement text, kind_text text, grounds text, proposed_by value, decided_on value, filed_on "
        "value, reported_to_union_on value",
    )
    _records("obligations", "clause text, what text, owner text, side value, period text, due_on value")
    _records(
        "inspections",
        "started_on value, ended_on value, workers list, employers list, method text, note text",
    )
    _records(
        "inspection_items",
        "inspection text, clause text, agreed text, actual text, result value, measure text, owner text, "
        "due_on value, rechecked_on value, recheck_result text",
    )
    _records(
        "fulfilment_reports",
        "reporter text, side value, session text, to text, reported_on value, content text, questions "
        "list, people number",
    )
    _records(
        "polls",
        "held_on value, sampling text, issued number, returned number, valid number, aware number, "
        "took_part number, very_satisfied number, satisfied number, fairly_satisfied number, dissatisfied "
        "number, very_dissatisfied number, employer_valid number, employer_recognises number",
    )
    _records(
        "evaluations",
        "scorecard text, item text, full_marks value, own_marks value, street_marks value, district_marks "
        "value, proof text",
    )
    _records(
        "evidence",
        "code text, stage value, paper text, title_text text, origin value, proves text, on_day value, "
        "place text, caption text, responsible text, file_name text, sha256 text, media_type text, size "
        "number, pages number, shelf text, missing_reason text, personal number",
    )
    _records(
        "made_documents",
        "kind text, stage value, subject text, title_text text, made_on value, facts_digest text, sha256 "
        "text, media_type text, size number, pages number, signed number",
    )
    _records(
        "explanations",
        "finding text, rule text, kind value, what_happened text, made_good text, paper text, written_by "
        "text, written_on value",
    )
    _records(
        "stage_closings",
        "stage value, closed_on value, closed_by text, pack_version text, flaws number",
    )
    _records(
        "made_packages",
        "number number, profile text, made_on value, folder text, fingerprint text, files number, octets "
        "number, journal_head text, replaces text",
    )
