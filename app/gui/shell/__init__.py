"""The shell of the window: free of business; plain values in, signals out.

    frame = MainFrame()                       main_frame.py; minimum 1024 × 520; a QWidget, central in the
    window frame.add_page(id, widget, panel="docked"|"closed"|"none", scrolls=True)
    frame.page_requested(str)                 nav or Ctrl 0…9; the window then calls frame.show_page(id)
    frame.head.show_head(title, chip=, context=, due=, due_tone=)
    frame.head.set_actions(ActionView|None, [ActionView]); frame.head.set_undo("移除送达回执")
    frame.action_requested(str)       a head button or Ctrl Enter; head.button(id).set_busy("正在生成…")
    frame.steps.set_steps([StepView(id, label, state, remark)], current); frame.show_steps(visible=True)
    frame.step_requested(str)
    frame.panel.show_findings([FindingView], met); .show_basis([NoteView]); .show_history([NoteView])
    frame.refresh_counts()                    after show_findings (for the folded strip)
    frame.jump_requested / explain_requested / article_requested (finding id)
    frame.nav.set_state(page, "done"|"now"|"later"|"", remark, urgent=); .show_case(CaseEntry); .set_cases()
    frame.status.show_cell(place, StatusView(words, shape, ink))    saved backup job | pack calendar keys help
    frame.show_failure(FailureView), clear_failure(); failure_way_chosen(way id)
    frame.show_undo("已移除“送达回执”"), hide_undo(); undo_requested, redo_requested
    attach_requested (Ctrl U), print_requested (Ctrl P), restore_point_requested (Ctrl S), help_requested (F1)
    search_requested, searched(str), search_chosen(str), origin_requested (F4), status_clicked(place)
    frame.panel_mode(): asked of the page shown, ``panel_mode() -> PanelMode``, at each step; frame.refresh_panel()
    frame.panel_place: F8, F4 (show_why), show_finding(id); frame.keys: the key map; escape_requested (Esc, unwanted)
    frame.arrangement() narrow|middle|wide, arrangement_changed(str), frame.margin(), frame.reveal(widget)

F4 finds the place behind the focus by ``forms/reasons.where_of``: a widget may say so itself by a method
``origin_where() -> Where | None``; a page with ``show_origin() -> True`` answers F4 alone.

Page ids are those of ``nav.NAV_ITEMS``: home, survey, representatives, offer, meetings, congress, filing,
fulfilment, evidence, statistics, settings. Actions everywhere are ``widgets.item_row.ActionView(id, label,
icon, blocked)``, ``blocked`` being the reason why it cannot be done now.
"""
