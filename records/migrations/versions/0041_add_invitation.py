"""Add invitations: somebody sets up their own key in a browser, and a holder signs it after comparing a fingerprint.

The desk adds nobody by itself: `admit` takes over a person from an invitation, once, and only under the signature of a key that
may enrol. Whether that signature is genuine only the chain tells; a row that it does not bear out is sealed to by nobody.
At the desk nobody is admitted to an office that reads reports before they are out: that is done with the papers.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None

TABLE = "invitation"
DESK = "ombuds_desk"
CALL = "admit(uuid, integer, bytea, bytea)"
ADMIT = """
CREATE FUNCTION admit(asked uuid, new_serial integer, signer bytea, signed bytea) RETURNS void LANGUAGE plpgsql
  SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  one invitation;
  at timestamptz := (SELECT coalesce(instant, now()) FROM office_clock);
BEGIN
  SELECT * INTO one FROM invitation WHERE id = asked AND box IS NOT NULL FOR UPDATE;
  IF one.id IS NULL OR NOT EXISTS (SELECT FROM signed_key WHERE verify = signer AND enrols)
     OR session_user = 'ombuds_desk' AND (one.enrols
        OR EXISTS (SELECT FROM report WHERE readers ?| ARRAY(SELECT jsonb_array_elements_text(one.roles))))
  THEN
    RAISE EXCEPTION 'not to be admitted';
  END IF;
  INSERT INTO person (id, name, mail, language, made_at)
  VALUES (one.person_id, one.name, one.mail, one.language, at) ON CONFLICT (id) DO NOTHING;
  INSERT INTO signed_key (person_id, serial, box, verify, enrols, signed_by, signature, made_at)
  VALUES (one.person_id, new_serial, one.box, one.verify, one.enrols, signer, signed, at);
  INSERT INTO staff_key (person_id, login, key_wrapped, totp_sealed, last_totp_step)
  VALUES (one.person_id, one.login, one.key_wrapped, one.totp_sealed, one.last_totp_step)
  ON CONFLICT (person_id) DO UPDATE
     SET login = excluded.login, key_wrapped = excluded.key_wrapped, totp_sealed = excluded.totp_sealed,
         last_totp_step = excluded.last_totp_step, failures = 0, not_before = NULL;
  DELETE FROM session WHERE person_id = one.person_id;
  INSERT INTO appointment (id, person_id, role, from_on, until_on)
  SELECT gen_random_uuid(), one.person_id, r.role, one.from_on, one.until_on FROM jsonb_array_elements_text(one.roles) r (role)
   WHERE NOT EXISTS (SELECT FROM appointment a WHERE a.person_id = one.person_id AND a.role = r.role
                        AND a.from_on <= one.from_on AND (a.until_on IS NULL OR a.until_on > one.from_on));
  DELETE FROM invitation WHERE id = one.id;
END $$;
"""


def _is_here() -> bool:
    """Only a role that may connect to this database."""
    may = sa.text("SELECT has_database_privilege(:role, current_database(), 'CONNECT')")
    return bool(op.get_bind().execute(may, {"role": DESK}).scalar_one())


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_table(
        TABLE,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code_hash", sa.LargeBinary(), nullable=False, comment="keyed with the desk's key; the code is kept nowhere"),
        sa.Column("person_id", sa.Uuid(), nullable=False, comment="no foreign key: who is new is a person once admitted"),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("login", sa.String(), nullable=False),
        sa.Column("mail", sa.String(), nullable=True),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("roles", JSONB(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True, comment="first day no longer in office"),
        sa.Column("enrols", sa.Boolean(), nullable=False, comment="may sign others; only with the papers"),
        sa.Column("renew", sa.Boolean(), nullable=False, comment="a new key for somebody who lost theirs"),
        sa.Column("invited_by", sa.Uuid(), nullable=True, comment="null: whoever brought two of the papers"),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False, comment="wall time"),
        sa.Column(
            "totp_sealed", sa.LargeBinary(), nullable=True, comment="TOTP secret under the desk's server key; null: not begun"
        ),
        sa.Column("last_totp_step", sa.Integer(), nullable=True, comment="30 s step used to confirm it: a code works once"),
        sa.Column("failures", sa.Integer(), server_default="0", nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=True, comment="wall time: next try allowed (growing delay)"),
        sa.Column("key_wrapped", sa.LargeBinary(), nullable=True, comment="the new key under its passphrase; null: not set up"),
        sa.Column(
            "box", sa.LargeBinary(), nullable=True, comment="X25519 public key; nothing is sealed to it until it is signed"
        ),
        sa.Column("verify", sa.LargeBinary(), nullable=True, comment="Ed25519 public key"),
        sa.CheckConstraint(
            "(box IS NULL) = (verify IS NULL) AND (box IS NULL) = (key_wrapped IS NULL)", name=op.f("ck_invitation_set_up")
        ),
        sa.ForeignKeyConstraint(["invited_by"], ["person.id"], name=op.f("fk_invitation_invited_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_invitation_code_hash")),
        sa.UniqueConstraint("login", name=op.f("uq_invitation_login")),
    )
    op.execute(ADMIT)
    op.execute(f"REVOKE ALL ON FUNCTION {CALL} FROM PUBLIC")
    if _is_here():
        op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {TABLE} TO {DESK}")
        op.execute(f"GRANT EXECUTE ON FUNCTION {CALL} TO {DESK}")


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute(f"DROP FUNCTION {CALL}")
    op.drop_table(TABLE)
