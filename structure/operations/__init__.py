"""One file an operation (with its inverse, where that is another). Add one: its file, and its class in OPERATIONS."""

from collections.abc import Mapping
from typing import Any, ClassVar

from policies.refusal import Refusal
from structure.operation import Operation
from structure.operations.abolish_post import AbolishPost, RestorePost
from structure.operations.add_coordination import AddCoordination, EndCoordination
from structure.operations.assign_function import AssignFunction
from structure.operations.create_function import CreateFunction
from structure.operations.create_post import CreatePost
from structure.operations.create_unit import CreateUnit
from structure.operations.discontinue_function import DiscontinueFunction, RestoreFunction
from structure.operations.eliminate_unit import EliminateUnit, RestoreUnit
from structure.operations.heads import Head
from structure.operations.merge_functions import MergeFunctions
from structure.operations.merge_units import MergeUnits
from structure.operations.move_function import MoveFunction
from structure.operations.move_post import AssignPost, MovePost
from structure.operations.move_unit import MoveUnit
from structure.operations.rename_function import RenameFunction
from structure.operations.rename_unit import RenameUnit
from structure.operations.replace_unit import ReplaceUnit
from structure.operations.set_body_report import SetBodyReport
from structure.operations.set_heads import SetHeads
from structure.operations.set_rank import SetRank
from structure.operations.set_type import SetType
from structure.operations.split_function import Part, SplitFunction
from structure.operations.split_unit import SplitUnit
from structure.operations.suspend_unit import ResumeUnit, SuspendUnit

OPERATIONS: tuple[type[Operation], ...] = (
    CreateUnit,
    EliminateUnit,
    RestoreUnit,
    RenameUnit,
    ReplaceUnit,
    MergeUnits,
    SplitUnit,
    MoveUnit,
    SetHeads,
    AddCoordination,
    EndCoordination,
    SuspendUnit,
    ResumeUnit,
    SetRank,
    SetType,
    SetBodyReport,
    CreateFunction,
    AssignFunction,
    MoveFunction,
    SplitFunction,
    MergeFunctions,
    RenameFunction,
    DiscontinueFunction,
    RestoreFunction,
    CreatePost,
    MovePost,
    AssignPost,
    AbolishPost,
    RestorePost,
)
_CLASSES: dict[str, type[Operation]] = {operation.model_fields["kind"].default: operation for operation in OPERATIONS}


class NoSuchOperation(Refusal):
    """A kind of operation that there is not. Names those there are."""

    code: ClassVar[str] = "no_such_operation"
    status: ClassVar[int] = 422


def read_operation(data: Mapping[str, Any]) -> Operation:
    """An operation from what JSON or YAML held.

    Raises NoSuchOperation, or pydantic's ValidationError, which names the key and never the value.
    """
    operation = _CLASSES.get(str(data.get("kind")))
    if operation is None:
        raise NoSuchOperation(kinds=", ".join(sorted(_CLASSES)))
    return operation.model_validate(data)


__all__ = [
    "OPERATIONS",
    "AbolishPost",
    "AddCoordination",
    "AssignFunction",
    "AssignPost",
    "CreateFunction",
    "CreatePost",
    "CreateUnit",
    "DiscontinueFunction",
    "EliminateUnit",
    "EndCoordination",
    "Head",
    "MergeFunctions",
    "MergeUnits",
    "MoveFunction",
    "MovePost",
    "MoveUnit",
    "NoSuchOperation",
    "Part",
    "RenameFunction",
    "RenameUnit",
    "ReplaceUnit",
    "RestoreFunction",
    "RestorePost",
    "RestoreUnit",
    "ResumeUnit",
    "SetBodyReport",
    "SetHeads",
    "SetRank",
    "SetType",
    "SplitFunction",
    "SplitUnit",
    "SuspendUnit",
    "read_operation",
]
