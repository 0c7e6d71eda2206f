"""What must be shown where several people are one matter, or one came for another (`docs/decisions/0072-several-people.md`)."""

from states.complaint_claims import ComplaintFacts


def nobody_else_is_in_it(facts: ComplaintFacts) -> bool:
    """It ends, or goes on without them, by the act of the last one; or of the person it is about, whoever else is there."""
    return facts.alone


def others_stay_in_it(facts: ComplaintFacts) -> bool:
    """Somebody can leave: the others go on."""
    return facts.others_stay


def she_came_alone(facts: ComplaintFacts) -> bool:
    """What is between two sides is not asked of a group, nor of somebody who came for another."""
    return facts.came_alone


def the_person_concerned_agrees(facts: ComplaintFacts) -> bool:
    """Whoever it is about is in it with words of their own, or nobody came for them."""
    return facts.person_concerned_agrees


def she_may_bring_others(facts: ComplaintFacts) -> bool:
    """The first of those who came brings the others, and in this house several can come."""
    return facts.may_bring_others


def there_is_room_for_one_more(facts: ComplaintFacts) -> bool:
    """Not as many people, with the codes that were given and not used, as the policy allows."""
    return facts.room_for_one_more


def a_code_was_brought(facts: ComplaintFacts) -> bool:
    """Whoever joins was given a code, and it leads here."""
    return facts.code_brought


def a_code_is_unused(facts: ComplaintFacts) -> bool:
    """There is a code to take back."""
    return facts.code_unused


def everybody_else_agreed(facts: ComplaintFacts) -> bool:
    """Hers is the last yes: with it the consent stands."""
    return facts.others_agreed


def somebody_else_is_still_asked(facts: ComplaintFacts) -> bool:
    """Hers is not the last yes."""
    return facts.others_still_asked


def she_has_not_agreed_yet(facts: ComplaintFacts) -> bool:
    """Nobody says yes twice to one text."""
    return facts.own_yes_missing


def somebody_came_for_her(facts: ComplaintFacts) -> bool:
    """She is the one it is about, and somebody else came for her."""
    return facts.represented
