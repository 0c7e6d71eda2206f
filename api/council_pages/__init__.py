"""What missions, the chair, the council's secretary and the secretariat see in a browser. The JSON routes say the same."""

from fastapi import APIRouter

from api.council_pages import (
    calendar,
    documents,
    letters,
    mandates,
    meetings,
    monday,
    officers,
    operator,
    proposals,
    proposals_findings,
    proposals_text,
    registers,
    registers_texts,
    reports,
    structure,
    structure_compare,
    structure_lists,
    structure_merging,
    structure_plans,
    structure_record,
    structure_things,
    votes,
)

routers: tuple[APIRouter, ...] = (
    monday.router,
    *registers.routers,
    mandates.router,
    proposals.router,
    proposals_text.router,
    proposals_findings.router,
    votes.router,
    meetings.router,
    registers_texts.router,
    operator.router,
    letters.router,
    reports.router,
    officers.router,
    documents.router,
    calendar.router,
    structure.router,
    structure_compare.router,
    structure_things.router,
    structure_record.router,
    structure_plans.router,
    structure_merging.router,
    structure_lists.router,
)
"""The pages of the council's door, in the order in which addresses are matched."""
