"""Reading how documents are cited: symbols clean and dirty, in a text or alone, by the forms of a pack."""
