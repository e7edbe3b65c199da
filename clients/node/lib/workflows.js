// Builders of workflow trees. What they lack is written as a Node of the contract, in any place.
import { fieldsOf } from './contract.js';
import { fields } from './payloads.js';

const TASK_FIELDS = fieldsOf('Task');

/** A node that becomes a message when the workflow is started; large inputs are uploaded then. */
class TreeNode {
  constructor({ id, onFailure }, content) {
    this.id = id;
    this.onFailure = onFailure;
    this.content = content;
  }

  /** The Node; those without an id get "node-1", "node-2" and so on, from the root down. */
  async message(payloads, numbers) {
    const nodeId = this.id ?? `node-${++numbers.last}`;
    const node = { nodeId, ...(await this.content((inner) => build(inner, payloads, numbers), payloads)) };
    return this.onFailure ? { ...node, onFailure: await build(this.onFailure, payloads, numbers) } : node;
  }
}

/**
 * A task, with the options of Client.create; its output is the task's result. `expressions` are keys
 * of the input to CEL, for example { symbol: 'item' }; without any, a chain passes the output of the
 * node before under the key "input". `onFailure` runs if this node fails.
 */
export function taskNode(queue, taskType, input, { id, onFailure, expressions, ...options } = {}) {
  return new TreeNode({ id, onFailure }, async (_, payloads) => ({
    task: await taskOf(payloads, queue, taskType, input, options),
    taskExpressions: expressions && { input: expressions },
  }));
}

/** One after the other: it stops at the first that fails; its output is that of the last. */
export function chain(...nodes) {
  return new TreeNode({}, async (make) => ({ chain: { nodes: await all(nodes, make) } }));
}

/** Side by side; its output is the list of outputs. */
export function group(...nodes) {
  return groupOf({}, ...nodes);
}

/** The same with { id, onFailure, maximumParallel, failurePolicy: 'FAIL_FAST' or 'IGNORE' }. */
export function groupOf({ id, onFailure, maximumParallel, failurePolicy }, ...nodes) {
  return new TreeNode({ id, onFailure }, async (make) => ({
    group: { nodes: await all(nodes, make), maximumParallel, failurePolicy: policy(failurePolicy) },
  }));
}

/**
 * A copy of the node for each element of items, which is CEL such as 'inputs.symbols'. Expressions in
 * the copies read item and index. Its output is the list of their outputs.
 */
export function forEach(items, node, { id, onFailure, batchSize, maximumParallel, failurePolicy } = {}) {
  return new TreeNode({ id, onFailure }, async (make) => ({
    forEach: {
      items,
      node: await make(node),
      batchSize,
      maximumParallel,
      failurePolicy: policy(failurePolicy),
    },
  }));
}

/** The message of a whole tree. */
export function tree(root, payloads) {
  return build(root, payloads, { last: 0 });
}

/** A Task: the queue by its id or its name, and options that are fields of it. */
export async function taskOf(payloads, queue, taskType, input, options) {
  for (const name of Object.keys(options)) {
    if (!TASK_FIELDS.includes(name)) {
      throw new TypeError(`${name} is no field of Task: see task.proto`);
    }
  }
  return {
    ...fields(options),
    queue: queue.startsWith('queues/') ? queue : `queues/${queue}`,
    taskType,
    input: input === undefined ? undefined : await payloads.of(input),
  };
}

function build(node, payloads, numbers) {
  return node instanceof TreeNode ? node.message(payloads, numbers) : node;
}

// In their order, because each takes the next number.
async function all(nodes, make) {
  const built = [];
  for (const node of nodes) {
    built.push(await make(node));
  }
  return built;
}

function policy(name) {
  return name && `FAILURE_POLICY_${name}`;
}
