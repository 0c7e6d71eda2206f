"""Why the supervisor cannot start or go on: each is a sentence, `refusal.<code>` of supervisor.po, and an exit of 1."""

from policies.refusal import Refusal


class CannotRun(Refusal):
    """Something on this machine stands in the way; the sentence says what, and what to do."""

    code = "cannot_run"
    status = 503


class ProgramsMissing(CannotRun):
    """The wheel that holds PostgreSQL's programs is not installed."""

    code = "postgres_programs_missing"


class NoAccountForPostgres(CannotRun):
    """We are root, and this machine has neither `postgres` nor `nobody`."""

    code = "no_account_for_postgres"


class RootRunsNoRealData(CannotRun):
    """Real data was asked for as root, where a mistake of ours could reach the whole machine."""

    code = "root_runs_no_real_data"


class PostgresDidNotStart(CannotRun):
    """PostgreSQL ended, or did not answer, before it was ready."""

    code = "postgres_did_not_start"


class PostgresOfAnother(CannotRun):
    """A PostgreSQL that we cannot stop uses this data folder."""

    code = "postgres_of_another"


class SecretsMissing(CannotRun):
    """The data is there but the password that opens it is not, or is another one."""

    code = "secrets_missing"


class ChildDidNotStart(CannotRun):
    """A door, the worker or Prefect's server ended again and again, or did not answer, before it was ready."""

    code = "child_did_not_start"


class PortTaken(CannotRun):
    """Another program listens where we were told to."""

    code = "port_taken"


class PortNotAllowed(CannotRun):
    """This host or port is not ours to listen on: a name of no address here, or a port below 1024."""

    code = "port_not_allowed"


class DiskFull(CannotRun):
    """There is too little room to start or to go on."""

    code = "disk_full"


class FolderInUse(CannotRun):
    """Another supervisor works in this data folder."""

    code = "folder_in_use"


class FolderNotOurs(CannotRun):
    """The data folder belongs to another account."""

    code = "folder_not_ours"


class FolderOfOthers(CannotRun):
    """The folder is not empty and was not made by us."""

    code = "folder_of_others"


class FolderNotWritable(CannotRun):
    """The data folder cannot be made, or not be written to."""

    code = "folder_not_writable"


class SettingUnreadable(CannotRun):
    """A variable of the environment holds what no setting can be."""

    code = "setting_unreadable"


class FolderOfAnotherEnvironment(CannotRun):
    """The folder holds demo data and real was asked for, or the reverse."""

    code = "folder_of_another_environment"
