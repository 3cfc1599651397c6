"""Charts that can be read in a grey print: painted from tokens, every bar with its number, no pie.

    bar_rows.BarRows(name)          .show_rows([BarRowView], heads=None)      topics sorted by size, groups
    band_columns.BandColumns(name)  .show_bands([BandView])                   ordered bands, the highest marked
    dot_pairs.DotPairs(name)        .show_pairs([DotPairView], heads)         share of roster against share of answers
    two_lines.TwoLines(name)        .show_lines(rounds, ours, employer, unit) offers over rounds
    chart_room.ChartRoom(chart, most=)                                        scrolls a chart of many rows

All are a :class:`chart.Chart`: one stop of the focus, arrows walk its values, F4 asks for the origin and Enter opens
the records behind (``origin_requested``, ``opened`` with the value's id); name and description read the numbers.
"""
