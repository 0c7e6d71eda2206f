"""How the tables came to be: one change a file, numbered; `ls versions` is the history."""
