"""WHAT DOES THE OMBUDSPERSON REPORT? Chapters, sentences and figures over protected tables, the annex, the weekly band."""
