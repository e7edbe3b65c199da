// The worker: runs handlers for the tasks that a server offers.
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker as Thread } from 'node:worker_threads';
import { Connection } from './connection.js';
import { TasklaneError } from './errors.js';
import { Payloads, fields, seconds, toJson } from './payloads.js';
import { Port, factOf } from './port.js';
import { Run, outcomeOf } from './run.js';
import { taskOf } from './workflows.js';

const VERSION = 'tasklane-node 0.1';
// What a handler has after it was told to stop at the end of a drain, in ms.
const LAST_WORDS = 2_000;
const DAY = 86_400_000;

/**
 * Takes tasks of its types, at most `slots` at a time, until it is told to stop. `handlers` has for each
 * type a function of the input and the Run, or { handle, ...fields of TaskType } such as queues,
 * description, inputSchema, defaultTimeouts and revision. `drainSeconds` is how long running tasks may
 * take at SIGTERM, before they are given back.
 *
 * Handlers run on the event loop: one that computes keeps the others waiting, and the process from
 * hearing signals, but not the worker from being heard of.
 */
export class Worker {
  #connection;
  #handlers = {};
  #held = new Map();
  #reports = new Map();
  #numbers = 0;
  #drainSeconds;
  #draining = false;
  #thread;
  #service;
  #payloads;
  #data;
  #ended;

  constructor(target, { handlers, slots = 1, queues = [], drainSeconds = 30, version = VERSION }) {
    const taskTypes = Object.entries(handlers).map(([taskType, handler]) => {
      const { handle, ...type } = typeof handler === 'function' ? { handle: handler } : handler;
      this.#handlers[taskType] = handle;
      return { taskType, ...fields(type) };
    });
    this.#connection = new Connection(target, 60_000);
    this.#drainSeconds = drainSeconds;
    this.#service = this.#connection.service('WorkerService');
    this.#payloads = new Payloads(this.#connection);
    const names = queues.map((queue) => (queue.startsWith('queues/') ? queue : `queues/${queue}`));
    const host = `${hostname()} pid ${process.pid}`;
    const hello = { worker: { name: '', host, version, queues: names, slots }, taskTypes, leaseIds: [] };
    this.#data = { target, hello, slots };
  }

  /** Runs until SIGTERM or SIGINT, then drains; a second one ends the process at once. */
  async run() {
    const stop = (name) => (this.#draining ? process.exit(1) : this.drain(name));
    process.on('SIGTERM', stop).on('SIGINT', stop);
    try {
      await this.start();
      await this.join();
    } finally {
      process.off('SIGTERM', stop).off('SIGINT', stop);
    }
  }

  /** Runs beside the caller; the promise is kept when the server knows the worker and its types. */
  async start() {
    this.#thread = new Thread(new URL('./line.js', import.meta.url), { workerData: this.#data });
    this.#ended = new Promise((resolve, reject) => {
      this.#thread.on('message', (message) => this.#hear(message, resolve, reject));
      this.#thread.on('error', reject);
    });
    this.#ended.catch(() => {}).finally(() => this.#connection.close());
    const welcome = new Promise((resolve) => {
      this.#thread.on('message', (message) => message.welcome && resolve());
    });
    await Promise.race([welcome, this.#ended]);
  }

  /** Waits until it has drained; rejects with TasklaneError where the server refused it. */
  join() {
    return this.#ended;
  }

  /** Takes no more tasks, and ends when those that run have ended, or were given back. */
  async drain(reason = '') {
    if (this.#draining) {
      return;
    }
    this.#draining = true;
    this.#thread.postMessage({ drain: true });
    this.#report({ leave: { reason } }).catch(() => {});
    await this.#emptied(this.#drainSeconds * 1000);
    for (const running of this.#held.values()) {
      this.#stop(running, 'DRAIN');
    }
    await this.#emptied(LAST_WORDS);
    for (const running of this.#held.values()) {
      this.#end(running, { kind: 'released' });
    }
    await this.#emptied(LAST_WORDS);
    this.#thread.postMessage({ close: true });
  }

  async #emptied(most) {
    const end = Date.now() + most;
    while ((this.#held.size > 0 || this.#reports.size > 0) && Date.now() < end) {
      await sleep(20);
    }
  }

  /** Sends a report; the promise is kept when it is durable. */
  #report(report, more) {
    const id = ++this.#numbers;
    this.#thread.postMessage({ report, id, ...more });
    return new Promise((resolve, reject) => this.#reports.set(id, { resolve, reject }));
  }

  #portOf(running) {
    return new Port(
      {
        payloads: this.#payloads,
        report: (report) => this.#report(report),
        sign: (leaseId, progress) => this.#thread.postMessage({ sign: { leaseId, progress } }),
        call: (method, request) => this.#connection.call(this.#service, method, request),
      },
      running,
    );
  }

  #hear(message, resolve, reject) {
    if (message.offer) {
      this.#offered(message.offer);
    } else if (message.settled) {
      const report = this.#reports.get(message.settled);
      this.#reports.delete(message.settled);
      const { error } = message;
      error ? report?.reject(new TasklaneError(error.code, error.message, error)) : report?.resolve();
    } else if (message.stop) {
      this.#stop(this.#held.get(message.stop), message.kind);
    } else if (message.lost) {
      this.#lost(message.lost);
    } else if (message.drain) {
      this.drain(message.drain);
    } else if (message.fatal) {
      const { code, message: text, reason } = message.fatal;
      reject(new TasklaneError(code, text, { reason }));
    } else if (message.closed) {
      resolve();
    }
  }

  async #offered(lease) {
    const { leaseId, task } = lease;
    const handler = this.#handlers[task.taskType];
    if (this.#draining || !handler) {
      const reason = this.#draining ? 'the worker drains' : `it has no handler of ${task.taskType}`;
      this.#report({ reject: { leaseId, reason } }, { freed: leaseId }).catch(() => {});
      return;
    }
    const flag = new SharedArrayBuffer(4);
    const running = { lease, leaseId, flag: new Int32Array(flag), abort: new AbortController() };
    this.#held.set(leaseId, running);
    try {
      await this.#report({ accept: { leaseId } }, { flag });
    } catch {
      this.#forget(running);
      return;
    }
    running.begun = true;
    await this.#execute(running, handler);
  }

  async #execute(running, handler) {
    let run;
    let outcome;
    try {
      const { task, fencingToken, checkpoint, timeLimit, leaseId } = running.lease;
      const limit = timeLimit ? Number(timeLimit.seconds) * 1000 + timeLimit.nanos / 1e6 : DAY;
      run = new Run(this.#portOf(running), {
        name: task.name, taskType: task.taskType, attempt: task.attempt, labels: task.labels,
        fencingToken, leaseId, saved: await this.#payloads.value(checkpoint),
        deadline: new Date(Date.now() + limit),
      });
      outcome = await outcomeOf(handler, (await this.#payloads.value(task.input)) ?? {}, run);
    } catch (error) {
      // The input or the checkpoint could not be read.
      outcome = await outcomeOf(() => Promise.reject(error), undefined, { stop: undefined });
    }
    await this.#end(running, outcome, run);
  }

  async #end(running, outcome, run) {
    if (running.ended) {
      this.#thread.postMessage({ freed: running.leaseId });
      return;
    }
    running.ended = true;
    if (outcome.kind === 'lost' || running.lost) {
      this.#forget(running);
      return;
    }
    let message;
    try {
      message = await this.#message(running, outcome, run);
    } catch (error) {
      message = this.#failure(running, this.#undeliverable(error));
    }
    await this.#sendEnd(running, message);
  }

  async #sendEnd(running, message) {
    try {
      await this.#report(message);
    } catch (error) {
      // STALE_LEASE: another run has the task. Anything else is a result that nobody will take.
      if (error.reason !== 'STALE_LEASE' && !message.failure) {
        await this.#sendEnd(running, this.#failure(running, this.#undeliverable(error)));
        return;
      }
    }
    this.#forget(running);
  }

  #undeliverable(error) {
    const tooLarge = ['ARTIFACT_TOO_LARGE', 'PAYLOAD_TOO_LARGE'].includes(error.reason);
    const other = error instanceof TasklaneError ? error.reason || error.code : 'RESULT_INVALID';
    const kind = error.code === 'UNAVAILABLE' ? 'KIND_RETRYABLE' : 'KIND_PERMANENT';
    return { kind, code: tooLarge ? 'RESULT_TOO_LARGE' : other, message: error.message };
  }

  async #message(running, outcome, run) {
    const { leaseId } = running;
    const ids = { leaseId, fencingToken: running.lease.fencingToken };
    switch (outcome.kind) {
      case 'suspended': {
        const { step, rest } = outcome.suspended;
        return { suspend: { leaseId, step, rest: seconds(rest) } };
      }
      case 'released':
        return { release: { ...ids, reason: running.why ?? '' } };
      case 'failed':
        return this.#failure(running, outcome.failure, outcome.retryAfter);
      default:
        return { completion: await this.#completion(ids, outcome.value, run.atSuccess) };
    }
  }

  async #completion(ids, value, { children, events, facts }) {
    const childOf = async ({ taskId, queue, taskType, input, options }) => ({
      taskId,
      task: await taskOf(this.#payloads, queue, taskType, input, options),
    });
    return {
      ...ids,
      result: await this.#payloads.of(value === undefined ? null : value),
      children: await Promise.all(children.map(childOf)),
      events: events.map(({ data, ...event }) => ({ ...event, data: { inline: toJson(data) } })),
      facts: facts.map(factOf),
    };
  }

  #failure(running, failure, retryAfter) {
    const ids = { leaseId: running.leaseId, fencingToken: running.lease.fencingToken };
    const retryDelay = retryAfter === undefined ? undefined : seconds(retryAfter);
    return { failure: { ...ids, failure, retryDelay } };
  }

  #stop(running, kind) {
    if (running && !running.lost) {
      running.why = kind;
      running.abort.abort(kind);
    }
  }

  #lost(leaseId) {
    const running = this.#held.get(leaseId);
    if (running) {
      this.#stop(running, 'LOST');
      running.lost = true;
      running.wakeReports?.();
      if (!running.begun) this.#forget(running);
    }
  }

  #forget(running) {
    this.#held.delete(running.leaseId);
    this.#thread.postMessage({ freed: running.leaseId });
  }
}
