"""Pictures for pages, as SVG text: plain data in, markup out. No word of theirs is written here.

Each picture has a table or a list beside it in the page, which tells the same; `web/static/drawing.css` gives it its colours.
"""
