"""What the window shows at the right of its navigation. A page is handed the desk and asks through ``Ask``.

Every page is a QWidget with the signal ``door_opened(object)`` (a ``Where``, or page key and step key) and
the method ``show_case()``, called when it is shown. What else a page may offer is taken up if it is there:

    head() -> head_view.HeadView, do(action_id), signal head_changed    title and buttons of the page head
    tabs() -> [StepView], current_step(), show_step(key), signal steps_changed    inner steps
    open_where(where) -> QWidget | None     go to a field
    choose_files(), print_or_look("print"), commit(), first_focus()    Ctrl U, Ctrl P, before leaving, focus
    SCROLLS_ITSELF = True                   the window then puts no scrolled room around it
"""
