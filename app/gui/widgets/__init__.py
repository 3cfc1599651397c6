"""Parts of the window. They hold no decisions: plain values in, signals out.

Field editors (``editor.FieldEditor``), all with the same API; the value is always a Python value:

    editor.value()                  what the field says now
    editor.set_value(value)         show a value; no signal; does not overwrite what is being typed
    editor.value_changed(object)    on leaving the field or after 2 s of rest, if the value is another
    editor.edited                   at once while typing
    editor.set_error(sentence|None) red border and a sentence below; editor.error()
    editor.set_read_only(bool, source=""), editor.set_note(words), editor.set_extent("field_code")
    editor.commit()                 hand on what is typed now (before closing a page)
    editor.is_understood(), editor.is_dirty(), editor.has_focus(); signals entered, left

    line_field.LineField(name, hint=, unit=, masked=, extent=)             str, "" when empty
    text_area.TextAreaField(name, rows=3)                                  str
    text_area.LinesField(name)            one entry a line                 tuple[str, ...]
    text_area.NumbersField(name)                                           tuple[int, ...]
    date_field.DateField(name, year=None)                                  date | None
    date_field.MomentField(name, year=None)                                naive datetime | None
    number_field.NumberField(name, unit=, decimals=0, minimum=, maximum=)  int (decimals=0) or Decimal | None
    choice_field.ChoiceField(name, options, tiles=None, empty=None)        an Option's value | empty
    choice_field.YesNoField(name, yes="是", no="否")                        bool | None
    choice_field.ManyField(name, options)                                  tuple of option values
    check_field.CheckField(name, words="")                                 bool
    fixed_field.FixedField(name, source=, estimated=)                      read-only; set_words(words, source)
    choice_field.Option(value, label, meaning="")
    form_grid.FormGrid(columns=2).add(label, field, wide=False)

``name`` is the Chinese label (accessible name). ``extent`` is one of "", field_text, field_code, field_date,
field_amount. All words are ``text.Text(words, role, ink, bold=, wrap=, elide=)``; roles and inks are in
theme.py.

Other parts: see the docstring of each module (button, sheet, chip, finding_card, due_row, item_row with
document_row.document_item and evidence_row.evidence_item, drop_zone, figure_strip, failure_sheet,
empty_state, undo_bar, job_progress, step_tabs, record_table, row_stack, search_box, shape, focus_ring,
flow, page_scroll, top_column).

A row of several words or buttons goes into ``flow.FlowLayout``, not into one QHBoxLayout, or the page
becomes wider than a small window at 125 %. Rows below each other go into ``row_stack.RowStack``. A part that
takes what room is left goes into a sheet by ``sheet.add(part, 1)``.
"""
