"""One report object in its forms: page (HTML), paper (PDF/A), sheet (CSV), schema; and how a release is written and verified.

No form adds or works out a number of its own. Import the modules by name: some load heavy libraries, and `verify` loads none.
"""
