"""The product's own files, read as text and as syntax trees."""

import ast
import os
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("policies", "states", "structure", "records", "reports", "web", "actions", "api", "flows", "cli")
"""The folders of the product, lowest first; a later issue makes those that are not there yet."""
OURS = (*PACKAGES, "settings")
_NOT_KEPT = (".git", ".venv", "__pycache__", ".hypothesis", "*.egg-info", ".*_cache")
_NOT_KEPT_AT_THE_TOP = ("build", "data")


@dataclass(frozen=True)
class Source:
    """One Python file: where it is (from the root), its text and its syntax tree."""

    path: str
    text: str
    tree: ast.Module

    def at(self, node: ast.AST) -> str:
        return f"{self.path}:{getattr(node, 'lineno', 0)}"

    def walk(self) -> Iterator[ast.AST]:
        return iter(self._nodes)

    @cached_property
    def _nodes(self) -> tuple[ast.AST, ...]:
        """Kept: ten laws walk the same trees."""
        return tuple(ast.walk(self.tree))


def files() -> Iterator[Path]:
    """Every file that git would keep, relative to the root; caches, builds and data folders are not."""
    for folder, folders, names in os.walk(ROOT):
        left_out = (*_NOT_KEPT, *_NOT_KEPT_AT_THE_TOP) if Path(folder) == ROOT else _NOT_KEPT
        folders[:] = [name for name in folders if not any(fnmatch(name, pattern) for pattern in left_out)]
        yield from (Path(folder, name).relative_to(ROOT) for name in names)


@cache
def sources(*, tests: bool = False) -> tuple[Source, ...]:
    """Every Python file of the product; with `tests`, of tests and benchmarks too."""
    tops = {*PACKAGES, "settings.py", *(("tests", "bench") if tests else ())}
    paths = sorted(path for path in files() if path.suffix == ".py" and path.parts[0] in tops)
    texts = [(path.as_posix(), (ROOT / path).read_text(encoding="utf-8")) for path in paths]
    return tuple(Source(path, text, ast.parse(text, path)) for path, text in texts)


def dotted(node: ast.AST) -> str:
    """`datetime.datetime.now` of such an expression; empty for anything else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute) and (before := dotted(node.value)):
        return f"{before}.{node.attr}"
    return ""
