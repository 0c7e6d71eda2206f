"""A copy of a file without what tells who made it, and with which tools.

    running.py   starts a short-lived process for one file, feeds it, and takes what it made
    child.py     that process: closes its own walls (walls.py) before it reads the first byte
    judging.py   what a file is, by its content and never by its name
    pictures.py, pdf.py, packed.py (with ooxml.py, odf.py, markup.py): what is left out, a file a sort

Nothing here keeps anything: what is made is answered and forgotten (docs/decisions/0051-cleaned-copies.md).
"""
