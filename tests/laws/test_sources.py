"""What the program's text may not hold: each law with the places where it is allowed, and why."""

import ast
import io
import re
import tokenize
from collections.abc import Callable, Iterator

import pytest

from tests.laws.tree import ROOT, Source, dotted, files, sources

WALL_CLOCK = {"actions/office.py": "the one place that reads the world's clock, once a transaction"}
ENVIRONMENT = {"settings.py": "the one reader of the environment"}
TRANSACTIONS = {
    "actions/office.py": "open() is the one transaction of an action",
    "actions/begin.py": "fixes a database's environment before there can be an office",
    "actions/director.py": "moves the instant that open() reads",
}
SQL_CLOCK = {
    "records/tables/matter.py": "made_at of a row is the world's instant, for operators; no rule reads it",
    "records/tables/ledger.py": "as in matter.py",
}
COMMAND_LINE = {"cli/": "speaks to the operator"}
GENERATED = {"requirements.lock", "requirements-dev.lock", "docs/case-file.md"}
LINES = {"product": 320, "tests": 400}
"""The house's measure is about 300; tests with a table typed by hand may be longer."""

Law = Callable[[ast.AST], bool]
WALL = re.compile(r"(.*\.)?(datetime|date)\.(now|today|utcnow)|time\.(time|time_ns|localtime|gmtime|ctime|strftime)")
SQL = re.compile(r"\bnow\(\)|current_(date|timestamp|time\b)|(clock|statement|transaction)_timestamp\(", re.IGNORECASE)


def names_from(node: ast.AST, *modules: str) -> set[str]:
    """What `from module import ...` brings in, for a module of these or one inside them."""
    inside = isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in modules
    return {alias.name for alias in node.names} if inside and isinstance(node, ast.ImportFrom) else set()


def is_clock(node: ast.AST) -> bool:
    """Asking the machine for the date or the hour; its monotonic clock, which only measures, is free."""
    if names_from(node, "time") & {"time", "time_ns", "localtime", "gmtime"}:
        return True
    return isinstance(node, ast.Attribute) and WALL.fullmatch(dotted(node)) is not None


def is_sql_clock(node: ast.AST) -> bool:
    """Asking the database for the time: a second clock, which no simulation moves."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return SQL.search(node.value) is not None
    asked = r"(sa\.)?func\.(now|current_\w+|localtime\w*|\w+_timestamp)"
    return isinstance(node, ast.Attribute) and re.fullmatch(asked, dotted(node)) is not None


def is_environment(node: ast.AST) -> bool:
    """Any way to the process's environment."""
    names = {"environ", "environb", "getenv", "putenv"}
    return bool(names_from(node, "os") & names) or dotted(node) in {f"os.{name}" for name in names}


def is_transaction(node: ast.AST) -> bool:
    """`commit()`, and `begin()` of an engine or connection, which ends in one. A savepoint is no transaction."""
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
        return False
    of = dotted(node.func.value).rpartition(".")[2]
    return node.func.attr == "commit" or (node.func.attr == "begin" and of in {"engine", "connection", "session"})


def is_guessable(node: ast.AST) -> bool:
    """`random` can be foretold, and `uuid1` tells when and on which machine it was made."""
    if isinstance(node, ast.Import):
        return any(alias.name.split(".")[0] == "random" for alias in node.names)
    return bool(names_from(node, "random")) or "uuid1" in names_from(node, "uuid") or dotted(node) == "uuid.uuid1"


def is_spooling(node: ast.AST) -> bool:
    """Starlette's form parser writes files over 1 MB to disk in clear; FastAPI's Form, File and UploadFile use it.

    Of the parser below it, only what tells where parts begin and end may be used.
    """
    if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "python_multipart":
        return not {alias.name for alias in node.names} <= {"MultipartParser", "parse_options_header", "FormParserError"}
    if isinstance(node, ast.Attribute):
        return re.fullmatch(r"(.*\.)?request\.form", dotted(node)) is not None
    if names_from(node, "fastapi", "starlette") & {"Form", "File", "UploadFile", "FormParser", "MultiPartParser"}:
        return True
    brought_in = ast.unparse(node) if isinstance(node, ast.Import | ast.ImportFrom) else ""
    return re.search(r"multipart|formparsers", brought_in) is not None


def is_print(node: ast.AST) -> bool:
    """Printing."""
    return isinstance(node, ast.Call) and dotted(node.func) == "print"


LAWS: dict[str, tuple[Law, dict[str, str]]] = {
    "the world's clock is read in one place": (is_clock, WALL_CLOCK),
    "the database is never asked what time it is": (is_sql_clock, SQL_CLOCK),
    "the environment is read in one place": (is_environment, ENVIRONMENT),
    "an action's transaction is the office's": (is_transaction, TRANSACTIONS),
    "chance cannot be foretold (S08)": (is_guessable, {}),
    "no upload is spooled to disk in clear": (is_spooling, {}),
    "only the command line prints": (is_print, COMMAND_LINE),
}
BROKEN = {
    "the world's clock is read in one place": [
        "datetime.datetime.now(datetime.UTC)",
        "datetime.now(UTC)",
        "date.today()",
        "time.time()",
        "from time import time_ns",
    ],
    "the database is never asked what time it is": ["func.now()", "go('SELECT now()')", "go('x < CURRENT_DATE')"],
    "the environment is read in one place": ["os.environ['A']", "from os import getenv", "os.getenv('A')"],
    "an action's transaction is the office's": ["books.connection.commit()", "engine.begin()", "self.engine.begin()"],
    "chance cannot be foretold (S08)": ["import random", "from random import choice", "uuid.uuid1()"],
    "no upload is spooled to disk in clear": [
        "await request.form()",
        "from fastapi import UploadFile",
        "from starlette.datastructures import UploadFile as U",
        "import multipart",
        "import python_multipart",
        "from python_multipart import FormParser",
        "from python_multipart.multipart import MultipartParser, File",
    ],
    "only the command line prints": ["print(1)", "[print(x) for x in y]"],
}
"""How each law is broken, a line each: a law that cannot fail proves nothing."""
FREE = """
books.now
office.now()
time.monotonic()
self.today
books.connection.begin_nested()
sweeps.begin(books)
secrets.token_bytes()
uuid.uuid4()
request.stream()
from python_multipart.multipart import MultipartParser
"""
"""What none of the laws minds."""


def found(law: Law, source: Source) -> list[str]:
    return [source.at(node) for node in source.walk() if law(node)]


def allows(exception: str, path: str) -> bool:
    """An exception names a file, or a folder with a slash at its end."""
    return path == exception or (exception.endswith("/") and path.startswith(exception))


@pytest.mark.parametrize("law", LAWS)
def test_the_law_holds(law: str):
    is_it, exceptions = LAWS[law]
    places = {source.path: found(is_it, source) for source in sources() if "/migrations/versions/" not in source.path}
    broken = {path: where for path, where in places.items() if where}
    assert {path: where for path, where in broken.items() if not any(allows(one, path) for one in exceptions)} == {}
    assert [one for one in exceptions if not any(allows(one, path) for path in broken)] == [], "no longer needed"


@pytest.mark.parametrize("law", LAWS)
def test_the_law_can_fail(law: str):
    is_it, _ = LAWS[law]
    text = "\n".join(BROKEN[law])
    assert len(set(found(is_it, Source("planted.py", text, ast.parse(text))))) == len(BROKEN[law])
    assert found(is_it, Source("planted.py", FREE, ast.parse(FREE))) == []


def unsafe_handlers(source: Source) -> Iterator[str]:
    """A raise that carries the old exception with it, or a text made of one."""
    for handler in (node for node in source.walk() if isinstance(node, ast.ExceptHandler)):
        for node in ast.walk(handler):
            if isinstance(node, ast.Raise) and not (isinstance(node.cause, ast.Constant) and node.cause.value is None):
                yield f"{source.at(node)} raises, but not `from None`"
            if handler.name and _writes(node, handler.name):
                yield f"{source.at(node)} makes a text of the exception"


def _writes(node: ast.AST, name: str) -> bool:
    """`f"{error}"`, `str(error)`, `repr(error)`, `error.args`, `exc_info=error`, `log.exception(...)`."""

    def is_it(part: ast.AST) -> bool:
        return isinstance(part, ast.Name) and part.id == name

    if isinstance(node, ast.FormattedValue):
        return is_it(node.value)
    if isinstance(node, ast.Attribute):
        telling = {"args", "__traceback__", "__cause__", "__context__", "with_traceback"}
        return (is_it(node.value) and node.attr in telling) or node.attr == "exception"
    if isinstance(node, ast.keyword):
        return node.arg == "exc_info"
    made = {"str", "repr", "format", "traceback.format_exception"}
    return isinstance(node, ast.Call) and dotted(node.func) in made and any(map(is_it, node.args))


def test_flows_let_no_exception_text_out():
    """Prefect keeps the text of exceptions in clear, and of those they were raised from."""
    found = [where for source in sources() if source.path.startswith("flows/") for where in unsafe_handlers(source)]
    assert found == []


LEAKS = ["raise", "raise Safe()", "raise Safe() from e", "f'{e}'", "str(e)", "e.args", "log.error('x', exc_info=True)"]


@pytest.mark.parametrize("body", LEAKS)
def test_a_flow_that_lets_text_out_is_found(body: str):
    text = f"try:\n    go()\nexcept Exception as e:\n    {body}\n"
    assert [*unsafe_handlers(Source("flows/planted.py", text, ast.parse(text)))] != []


WAVED = re.compile(
    r"#\s*(?:noqa|type:\s*ignore|pragma|nosec)\b(?:\[[\w, -]+\]|:\s*[A-Z]+\d+(?:,\s*[A-Z]+\d+)*)?(?P<reason>.*)"
)


def unsaid(comment: str) -> bool:
    """Whether a comment waves something through without at least two words that say why."""
    waved = WAVED.match(comment)
    return waved is not None and len(re.findall(r"[a-z]{2,}", waved["reason"])) < 2


def may_be_unsaid(text: str) -> bool:
    """Whether such a comment may be in a file. It may be a text like one: to tell the two apart takes a hundred times longer."""
    return any(unsaid(text[sign.start() :].partition("\n")[0]) for sign in re.finditer("#", text))


def test_what_is_waved_through_says_why():
    found = []
    for source in (source for source in sources(tests=True) if may_be_unsaid(source.text)):
        tokens = tokenize.generate_tokens(io.StringIO(source.text).readline)
        comments = (token for token in tokens if token.type == tokenize.COMMENT)
        found += [f"{source.path}:{comment.start[0]}" for comment in comments if unsaid(comment.string)]
    assert found == []


@pytest.mark.parametrize(
    ("comment", "expected"),
    [
        ("# noqa: B007  # the last number is the count", False),
        ("# noqa: S108  (short on purpose)", False),
        ("# a noqa is rare", False),
        ("# type: ignore[arg-type]  the stub is wrong", False),
        ("# noqa", True),
        ("# noqa: S104", True),
        ("# type: ignore[arg-type]", True),
    ],
)
def test_a_reason_is_told_from_none(comment: str, expected: bool):
    assert unsaid(comment) is expected


def test_no_file_is_too_long_to_read():
    long = {}
    for path in files():
        if path.suffix not in {".py", ".md", ".mako"} and path.name != "Makefile":
            continue
        most = LINES["tests" if path.parts[0] == "tests" else "product"]
        lines = (ROOT / path).read_text(encoding="utf-8").count("\n")
        if lines > most and path.as_posix() not in GENERATED and path.parts[:2] != ("docs", "states"):
            long[path.as_posix()] = lines
    assert long == {}


def test_every_file_says_what_it_is_for():
    written = [source for source in sources(tests=True) if source.text.strip()]
    assert [source.path for source in written if not ast.get_docstring(source.tree)] == []


ADDRESSES = re.compile(
    rb"https?://[^\s\"'<>]*(pypi|pythonhosted|npmjs|registry\.|crates\.io)"
    rb"|--(extra-)?index-url|--find-links|--trusted-host"
)


def test_no_file_names_a_place_to_fetch_libraries_from():
    """Whoever installs decides that: an address of ours would override theirs."""
    ours = [path for path in files() if path.parts[:2] != ("tests", "laws")]
    assert [path.as_posix() for path in ours if ADDRESSES.search((ROOT / path).read_bytes())] == []
