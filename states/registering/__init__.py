"""Registering mandates: what a pasted text asks of whom by when, what to look at twice, and what each is proposed to be."""
