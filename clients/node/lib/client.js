// The client: everything that a program asks of a server.
import { randomUUID } from 'node:crypto';
import { Connection } from './connection.js';
import { CreateStream } from './creates.js';
import { TaskFailed, WaitTimeout, WorkflowFailed } from './errors.js';
import { Subscription } from './events.js';
import { Payloads, fields, ofValue, seconds, toJson, toValue } from './payloads.js';
import { taskOf, tree } from './workflows.js';

// A wait is asked for in parts, so that a broken connection is found within one.
const WAIT_PART = 60_000;
const ENDED = ['STATE_SUCCEEDED', 'STATE_FAILED', 'STATE_CANCELLED'];
const factName = (name) => (name.startsWith('facts/') ? name : `facts/${name}`);

/**
 * A connection to a server at "HOST:PORT". Each change carries a requestId of its own, so what answers
 * UNAVAILABLE is sent again without taking effect twice, for at most retryMillis (60,000); then a
 * TasklaneError is thrown. It keeps the process alive until it is closed.
 */
export class Client {
  #connection;
  #tasks;
  #workflows;
  #events;
  #facts;
  #creates;

  constructor(target, { retryMillis = 60_000 } = {}) {
    this.#connection = new Connection(target, retryMillis);
    this.#tasks = this.#connection.service('TaskService');
    this.#workflows = this.#connection.service('WorkflowService');
    this.#events = this.#connection.service('EventService');
    this.#facts = this.#connection.service('FactService');
    this.#creates = new CreateStream(this.#connection, this.#tasks);
    this.payloads = new Payloads(this.#connection);
  }

  /** Closes the connection; calls and subscriptions in progress fail. */
  close() {
    this.#creates.close();
    this.#connection.close();
  }

  /**
   * Creates a task, and returns { name, existing } when it is durable. The queue is given by its id or
   * its name. The input is JSON, bytes, or a Payload of upload(); above 256 KiB it is uploaded by
   * itself. Options are fields of Task, for example { priority: 8, orderingKey: 'A-100' }, and taskId.
   */
  async create(queue, taskType, input, { taskId, ...options } = {}) {
    const task = await taskOf(this.payloads, queue, taskType, input, options);
    const result = await this.#creates.submit({ requestId: randomUUID(), taskId, task });
    return { name: result.task, existing: result.existing };
  }

  /**
   * Creates many tasks, each for itself, and returns what create() returns for each, in their order.
   * The first error is thrown when all have been answered; those that were not refused exist then.
   */
  async createAll(tasks) {
    const created = await Promise.allSettled(
      tasks.map(({ queue, taskType, input, ...options }) =>
        this.create(queue, taskType, input, options),
      ),
    );
    const refused = created.find(({ status }) => status === 'rejected');
    if (refused) {
      throw refused.reason;
    }
    return created.map(({ value }) => value);
  }

  /** The Task as it is now. */
  async get(name) {
    return (await this.#connection.call(this.#tasks, 'GetTask', { name })).task;
  }

  /** Waits until a task has ended, and returns it; after `timeout` ms throws WaitTimeout. */
  async wait(name, { timeout = Infinity } = {}) {
    const end = Date.now() + timeout;
    for (;;) {
      const part = Math.max(1, Math.min(WAIT_PART, end - Date.now()));
      const request = { name, timeout: seconds(part / 1000) };
      const answer = await this.#connection.call(this.#tasks, 'WaitTask', request, part + 10_000);
      if (answer.reached) {
        return answer.task;
      }
      if (Date.now() >= end) {
        throw new WaitTimeout(`${name} is ${answer.task.state} after ${timeout} ms`);
      }
    }
  }

  /** Waits for a task, and returns its result; throws TaskFailed if it did not succeed. */
  async result(name, options) {
    const task = await this.wait(name, options);
    if (task.state !== 'STATE_SUCCEEDED') {
      throw new TaskFailed(task);
    }
    return this.payloads.value(task.result);
  }

  /** Creates a task, waits for it and returns its result: create() and result(). */
  async run(queue, taskType, input, { timeout, ...options } = {}) {
    const { name } = await this.create(queue, taskType, input, options);
    return this.result(name, { timeout });
  }

  /** Yields the Task now and after every change, until it has ended. */
  async *watch(name) {
    let last;
    const open = () => (last?.endTime ? undefined : this.#tasks.WatchTask({ name }));
    for await (const { task } of this.#connection.stream(open)) {
      if (task.etag !== last?.etag) {
        yield task;
      }
      last = task;
    }
  }

  /** Asks a task to stop, and returns it as it is then: CANCELLED, or CANCELLING if it runs. */
  async cancel(name, { reason, force } = {}) {
    const request = { requestId: randomUUID(), name, reason, force };
    return (await this.#connection.call(this.#tasks, 'CancelTask', request)).task;
  }

  /**
   * Starts a tree of chain(), group(), forEach() and taskNode(), or { template }, and returns its name.
   * `inputs` are JSON values by name, which expressions read as inputs.NAME; further options are
   * fields of Workflow, and workflowId.
   */
  async startWorkflow(root, { workflowId, template, inputs = {}, ...options } = {}) {
    const payload = ([name, value]) => [name, { inline: toJson(value) }];
    const workflow = {
      ...fields(options),
      root: root && (await tree(root, this.payloads)),
      inputs: Object.fromEntries(Object.entries(inputs).map(payload)),
    };
    const request = { requestId: randomUUID(), workflowId, template, workflow };
    const answer = await this.#connection.call(this.#workflows, 'StartWorkflow', request);
    return answer.workflow.name;
  }

  /** Yields { workflow, changedNodes } now and after every change, until it has ended. */
  async *watchWorkflow(name) {
    let state;
    const open = () => (ENDED.includes(state) ? undefined : this.#workflows.WatchWorkflow({ name }));
    for await (const { workflow, changedNodes } of this.#connection.stream(open)) {
      state = workflow.state;
      yield { workflow, changedNodes };
    }
  }

  /** Waits for a workflow, and returns its result; throws WorkflowFailed if it has none. */
  async workflowResult(name) {
    for await (const _ of this.watchWorkflow(name)); // to its end
    const { workflow } = await this.#connection.call(this.#workflows, 'GetWorkflow', { name });
    if (workflow.state !== 'STATE_SUCCEEDED') {
      throw new WorkflowFailed(workflow);
    }
    return this.payloads.value(workflow.result);
  }

  /** Cancels what is open of a workflow, and returns it. */
  async cancelWorkflow(name, { reason } = {}) {
    const request = { requestId: randomUUID(), name, reason };
    return (await this.#connection.call(this.#workflows, 'CancelWorkflow', request)).workflow;
  }

  /**
   * Publishes an event, whose data are a JSON object; returns its revision when it is durable. An
   * eventId makes it count once, whoever publishes it again.
   */
  async publish(eventType, subject, data = {}, { eventId } = {}) {
    const event = { eventType, subject, eventId, data: { inline: toJson(data) } };
    const request = { requestId: randomUUID(), events: [event] };
    const answer = await this.#connection.call(this.#events, 'PublishEvents', request);
    return answer.revisions[0];
  }

  /**
   * Follows the events that match, from now on, from { position } or from { startTime }. The promise
   * is kept when the server listens. The Subscription connects again whenever it has to.
   */
  subscribe(filter = '', options) {
    return Subscription.open(this.#connection, this.#events, filter, options);
  }

  /** Sets a fact to a JSON value, for ever or until { expireTime }, a Date. */
  async setFact(name, value, { expireTime, reason } = {}) {
    const fact = { name: factName(name), value: toValue(value), expireTime: fields(expireTime) };
    const request = { requestId: randomUUID(), fact, reason };
    await this.#connection.call(this.#facts, 'SetFact', request);
  }

  /** The value of a fact; TasklaneError, reason FACT_NOT_FOUND, where there is none. */
  async getFact(name) {
    const request = { name: factName(name) };
    return ofValue((await this.#connection.call(this.#facts, 'GetFact', request)).fact.value);
  }

  /** Deletes a fact; TasklaneError, reason FACT_NOT_FOUND, where there is none. */
  async deleteFact(name) {
    const request = { requestId: randomUUID(), name: factName(name) };
    await this.#connection.call(this.#facts, 'DeleteFact', request);
  }

  /** Uploads bytes as an artifact; the Payload that refers to it may be an input. */
  upload(bytes, contentType) {
    return this.payloads.upload(bytes, contentType);
  }

  /** The bytes of an artifact that a Payload refers to, checked against its hash. */
  download(payload) {
    return this.payloads.download(payload);
  }
}
