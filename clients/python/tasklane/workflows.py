"""Builders of workflow trees. What they lack is written as a Node of the contract, in any place."""

import itertools

from tasklane.payloads import fields
from tasklane.v1 import workflow_service_pb2 as service


class TreeNode:
    """A node that becomes a message when the workflow is started; large inputs are uploaded then."""

    def __init__(self, id, on_failure, fill):
        self._id = id
        self._on_failure = on_failure
        self._fill = fill

    def message(self, payloads, numbers):
        """The Node; those without an id get "node-1", "node-2" and so on, from the root down."""
        node = service.Node(node_id=self._id or f"node-{next(numbers)}")
        self._fill(node, lambda inner: _message(inner, payloads, numbers), payloads)
        if self._on_failure is not None:
            node.on_failure.CopyFrom(_message(self._on_failure, payloads, numbers))
        return node


def task_node(queue, task_type, input=None, *, id="", expressions=None, on_failure=None, **options):
    """A task, with the options of Client.create; its output is the task's result.

    expressions are keys of the input to CEL, for example {"symbol": "item"}; without any, a chain
    passes the output of the node before under the key "input". on_failure runs if this node fails.
    """

    def fill(node, _, payloads):
        fill_task(node.task, payloads, queue, task_type, input, options)
        for key, expression in (expressions or {}).items():
            node.task_expressions.input[key] = expression

    return TreeNode(id, on_failure, fill)


def chain(*nodes, id="", on_failure=None):
    """One after the other: it stops at the first that fails; its output is that of the last."""

    def fill(node, build, _):
        node.chain.nodes.extend(build(inner) for inner in nodes)

    return TreeNode(id, on_failure, fill)


def group(*nodes, id="", on_failure=None, maximum_parallel=0, failure_policy="WAIT_ALL"):
    """Side by side; its output is the list of outputs. The policy may be FAIL_FAST or IGNORE."""

    def fill(node, build, _):
        node.group.nodes.extend(build(inner) for inner in nodes)
        node.group.maximum_parallel = maximum_parallel
        node.group.failure_policy = _policy(failure_policy)

    return TreeNode(id, on_failure, fill)


def for_each(
    items,
    node,
    *,
    id="",
    on_failure=None,
    batch_size=0,
    maximum_parallel=0,
    failure_policy="WAIT_ALL",
):
    """A copy of the node for each element of items, which is CEL such as "inputs.symbols".

    Expressions in the copies read item and index. Its output is the list of their outputs.
    """

    def fill(outer, build, _):
        outer.for_each.items = items
        outer.for_each.node.CopyFrom(build(node))
        outer.for_each.batch_size = batch_size
        outer.for_each.maximum_parallel = maximum_parallel
        outer.for_each.failure_policy = _policy(failure_policy)

    return TreeNode(id, on_failure, fill)


def tree(root, payloads):
    """The message of a whole tree."""
    return _message(root, payloads, itertools.count(1))


def fill_task(task, payloads, queue, task_type, input, options):
    """Sets what a Task says: the queue by its id or its name, and the options by their names."""
    for name in options:
        if name not in task.DESCRIPTOR.fields_by_name:
            raise TypeError(f"{name!r} is no field of Task: see task.proto")
    task.MergeFrom(type(task)(**fields(options)))
    task.queue = queue if queue.startswith("queues/") else f"queues/{queue}"
    task.task_type = task_type
    if input is not None:
        task.input.CopyFrom(payloads.of(input))


def _message(node, payloads, numbers):
    return node.message(payloads, numbers) if isinstance(node, TreeNode) else node


def _policy(name):
    return service.FailurePolicy.Value(f"FAILURE_POLICY_{name}")
