"""What somebody sees who comes to the office with a browser: no account, no script, no cookie before she needs one."""

from fastapi import APIRouter

from api.intake_pages import around, back, back_files, back_words, joining, number, start, steps, times

routers: tuple[APIRouter, ...] = (
    start.router,
    steps.router,
    around.router,
    times.router,
    back.router,
    back_files.router,
    back_words.router,
    joining.router,
    number.router,
)
"""The pages of the intake, in the order in which addresses are matched."""
