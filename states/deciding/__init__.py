"""How a body decides: counting, voting, agreeing without a vote, what delegations state, what must wait, and which text it is."""
