"""Pages drawn from declarations: a section of ``app.forms`` becomes a list and the form of one record.

section_view.SectionView(section, desk)        one white sheet
step_view.StepView(step, desk, ask, stage=)    all sheets of a step, with its papers and evidence
record_form.RecordForm(collection, facts, desk).show_record(record_id)
editors.make_editor(fact, desk, collection)    the editor of a kind of fact
naming                                         titles of records, values in words, regional names
"""
