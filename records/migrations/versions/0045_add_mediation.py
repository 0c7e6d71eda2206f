"""Add mediations: two sides talk with somebody's help, if both agree. Keys and texts are where they are always.

What she answers is sealed in her own case, in a slot of its own, only until the round is over: then the database itself destroys
it, and with it all that was written in a mediation that nobody agreed to. Nobody decides that, so nobody can leave it undone, and
no key opens afterwards who said no. Whether somebody mediated in a case is told by a function: it must hold of whoever has no seat
in the mediation any more.
"""

from collections.abc import Iterable, Iterator

import sqlalchemy as sa
from alembic import op

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None

OWNER = "amparo_owner"
TABLE = "mediation"
TIE = "complaint.propose_mediation"
GRANTS = {"ombuds_desk": "SELECT, INSERT, UPDATE"}
MAY_ASK = ("ombuds_intake", "ombuds_desk", "ombuds_flows")
HERE = "SET search_path = public, pg_temp"
# as `states/mediation.py` and `actions/queue_rules.py` have it; a law compares the two
RULES = (
    ("mediation", "stage", "proposed", "her"),
    ("mediation", "stage", "asking", "them"),
    ("mediation", "stage", "not_taken_up", "end"),
    ("mediation", "stage", "not_settled", "end"),
    ("mediation", "stage", "stopped", "end"),
    ("mediation", "stage", "kept", "end"),
    ("mediation", "stage", "not_kept", "end"),
    ("mediation", "stage", "closed", "end"),
    ("mediation", "clock", "first_answer", "her"),
)
# only of one's own case: that of the words at the door, or one in which the person at the desk has a seat
MEDIATIONS_OF = f"""
CREATE FUNCTION mediations_of(asked uuid) RETURNS TABLE (id uuid, state varchar, mediated boolean)
  LANGUAGE sql STABLE SECURITY DEFINER {HERE} AS $$
  SELECT m.id, m.state, EXISTS (SELECT FROM event e WHERE e.matter_id = m.id AND e.trigger = 'choose_mediator'
                                  AND e.facts ->> 'mediator' = nullif(current_setting('amparo.person', true), ''))
    FROM matter m JOIN link l ON l.from_id = m.id AND l.type = '{TIE}'
   WHERE l.to_id = asked AND (asked = own_matter() OR is_seated(asked))
   ORDER BY m.opened_at, m.id
$$;
REVOKE ALL ON FUNCTION mediations_of(uuid) FROM PUBLIC;
"""
ROUND = "('proposed', 'answered', 'asking')"
FORGET = f"""
CREATE FUNCTION forget_answers() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER {HERE} AS $$
BEGIN
  DELETE FROM sealed_text WHERE slot = 'choice' AND matter_id IN (SELECT to_id FROM link WHERE from_id = NEW.id AND type = '{TIE}');
  IF NEW.state <> 'agreed' THEN
    DELETE FROM sealed_text WHERE matter_id = NEW.id AND slot <> 'must_not_see';
    DELETE FROM sealed_file WHERE matter_id = NEW.id;
    DELETE FROM sealed_draft WHERE matter_id = NEW.id;
  END IF;
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION forget_answers() FROM PUBLIC;
CREATE TRIGGER forget_answers AFTER UPDATE ON matter FOR EACH ROW
  WHEN (NEW.kind = 'mediation' AND OLD.state IN {ROUND} AND NEW.state NOT IN {ROUND}) EXECUTE FUNCTION forget_answers();
"""


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_table(
        TABLE,
        sa.Column("matter_id", sa.Uuid(), nullable=False),
        sa.Column("mediator_id", sa.Uuid(), nullable=True, comment="of the office; null: nobody yet, or somebody from outside"),
        sa.Column(
            "outside",
            sa.Boolean(),
            server_default=sa.text("false"),
            nullable=False,
            comment="somebody from outside mediates: who, is sealed",
        ),
        sa.CheckConstraint("NOT (outside AND mediator_id IS NOT NULL)", name=op.f("ck_mediation_one_mediator")),
        sa.ForeignKeyConstraint(["matter_id"], ["matter.id"], name=op.f("fk_mediation_matter_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["mediator_id"], ["person.id"], name=op.f("fk_mediation_mediator_id")),
        sa.PrimaryKeyConstraint("matter_id", name=op.f("pk_mediation")),
    )
    op.execute(f"ALTER TABLE {TABLE} ENABLE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE {TABLE} FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY {OWNER}_all ON {TABLE} TO {OWNER} USING (true) WITH CHECK (true)")
    op.execute(f"CREATE POLICY desk_seated ON {TABLE} TO ombuds_desk USING (is_seated(matter_id))")
    op.execute(MEDIATIONS_OF)
    op.execute(FORGET)
    for role in _here(GRANTS):
        op.execute(f"GRANT {GRANTS[role]} ON {TABLE} TO {role}")
    for role in _here(MAY_ASK):
        op.execute(f"GRANT EXECUTE ON FUNCTION mediations_of(uuid) TO {role}")
    _rule([*_rules(), *RULES])


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    _rule(one for one in _rules() if one not in RULES)
    op.execute("DROP TRIGGER forget_answers ON matter")
    op.execute("DROP FUNCTION forget_answers()")
    op.execute("DROP FUNCTION mediations_of(uuid)")
    op.drop_table(TABLE)


def _here(roles: Iterable[str]) -> Iterator[str]:
    """Only roles that may connect to this database."""
    may = sa.text("SELECT has_database_privilege(:role, current_database(), 'CONNECT')")
    return (role for role in roles if op.get_bind().execute(may, {"role": role}).scalar_one())


def _rules() -> list[tuple[str, ...]]:
    """What the queue goes by today."""
    return [tuple(row) for row in op.get_bind().execute(sa.text("SELECT kind, what, name, means FROM queue_rule")).all()]


def _rule(rules: Iterable[tuple[str, ...]]) -> None:
    """Let the queue go by these rules, and no others."""
    rows = ", ".join("(" + ", ".join(f"'{part}'" for part in rule) + ")" for rule in rules)
    op.execute(f"CREATE OR REPLACE VIEW queue_rule (kind, what, name, means) AS VALUES {rows}")
