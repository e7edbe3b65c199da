// What a handler sees of the run it is in, and what it may throw.
import { randomUUID } from 'node:crypto';

const MESSAGE_LIMIT = 16 * 1024;
const TRACE_LIMIT = 64 * 1024;

/**
 * Fails the run: with a code in UPPER_SNAKE_CASE, permanently or to be tried again. `retryAfter` is the
 * wait before the next attempt, in seconds, instead of that of the policy.
 */
export class TaskError extends Error {
  constructor(code, message = '', { permanent = false, retryAfter } = {}) {
    super(message || code);
    this.name = 'TaskError';
    this.code = code;
    this.permanent = permanent;
    this.retryAfter = retryAfter;
  }
}

/** The run was asked to stop. Let it pass: what was done before is kept by the checkpoint. */
export class Stopped extends Error {
  constructor(why) {
    super(why);
    this.name = 'Stopped';
  }
}

/** The run gives its slot back until a step is due. Let it pass. */
export class Suspended extends Error {
  constructor(step, rest) {
    super(step);
    this.step = step;
    this.rest = rest;
  }
}

/**
 * One run of a task. `name`, `taskType`, `attempt` (from 1), `fencingToken`, `leaseId` and `labels` are
 * those of the task; `saved` is the last checkpoint of an earlier run; `deadline` is when its time is up;
 * `signal` is aborted when it should stop.
 */
export class Run {
  #port;

  constructor(port, facts) {
    this.#port = port;
    Object.assign(this, facts);
    this.atSuccess = { children: [], events: [], facts: [] };
  }

  /** The time to use inside a handler, a Date. */
  now() {
    return this.#port.now();
  }

  /** Why it should stop: 'CANCEL', 'TIMEOUT', 'PREEMPT', 'DRAIN' or 'LOST'; undefined if not. */
  get stop() {
    return this.#port.stop();
  }

  get signal() {
    return this.#port.signal;
  }

  /** Whether the work is not wanted any more; long loops should look, also those that compute. */
  get cancelled() {
    return ['CANCEL', 'TIMEOUT', 'LOST'].includes(this.stop);
  }

  /** Throws Stopped if it should stop, for whatever reason; a checkpoint lets it go on later. */
  check() {
    if (this.stop) {
      throw new Stopped(this.stop);
    }
  }

  /** Reports how far it is, in units of its choice; the last report counts. */
  progress(completed, { total = 0, unit = '', message = '' } = {}) {
    this.#port.progress({
      completedUnits: completed, totalUnits: total, currentUnit: unit, message: message.slice(0, 1024),
    });
  }

  /** Keeps a state (JSON or bytes, at most 256 KiB) for the next run; it is durable then. */
  async checkpoint(state) {
    await this.#port.checkpoint(state);
  }

  /** What is kept as the result if a cancel or a time limit ends it (at most 256 KiB). */
  async partialResult(value) {
    await this.#port.partialResult(value);
  }

  /** Adds lines to the log of the attempt. */
  log(...lines) {
    this.#port.log(lines.map((line) => String(line).slice(0, 8192)));
  }

  /** Creates a task if and when this run succeeds; returns its name. Options as in Client. */
  createTask(queue, taskType, input, { taskId = randomUUID(), ...options } = {}) {
    this.atSuccess.children.push({ taskId, queue, taskType, input, options });
    return `tasks/${taskId}`;
  }

  /** Publishes an event if and when this run succeeds. */
  publish(eventType, subject, data = {}) {
    this.atSuccess.events.push({ eventType, subject, data });
  }

  /** Sets a fact if and when this run succeeds. */
  setFact(name, value, { expireTime } = {}) {
    this.atSuccess.facts.push({ name, value, expireTime });
  }

  /** Sets a fact at once, whatever ends this run; it is durable then. */
  async setFactNow(name, value, { expireTime } = {}) {
    await this.#port.setFactNow({ name, value, expireTime });
  }

  /**
   * Causes an external effect once, whatever fails in between, and returns its outcome. The action gets
   * true where an earlier run may have begun the effect, and must then ask the target by the key first.
   */
  async once(effectKey, action) {
    const { done, begun, outcome: kept } = await this.#port.intend(effectKey);
    if (done) {
      return kept;
    }
    const outcome = await action(begun);
    await this.#port.effectDone(effectKey, outcome);
    return outcome;
  }

  /**
   * Runs an action once for all runs of the task, and returns its kept result. The name is unique in the
   * task. An action that throws is run again by the next attempt.
   */
  async step(name, action) {
    const known = await this.#port.beginStep(name);
    if (known.done) {
      return known.result;
    }
    const start = this.now();
    try {
      const result = await action();
      await this.#port.stepDone(name, result, this.now() - start);
      return result;
    } catch (error) {
      await this.#port.stepFailed(name, described(error), this.now() - start);
      throw error;
    }
  }

  /**
   * Sleeps as a step: the slot is free meanwhile, and no restart begins it anew. The handler is run again
   * from its beginning when the time has come, and gets past this.
   */
  async sleep(name, seconds) {
    const { done, rest } = await this.#port.sleepStep(name, seconds);
    if (!done) {
      throw new Suspended(name, rest);
    }
  }

  /** Waits as a step for an event, and returns it; undefined after { timeout } seconds. */
  async awaitEvent(name, eventType, { timeout, condition = '' }) {
    const { done, result, rest } = await this.#port.awaitEventStep(name, eventType, timeout, condition);
    if (!done) {
      throw new Suspended(name, rest);
    }
    return result;
  }

  /** Waits a moment in this slot; throws Stopped as soon as it should stop. */
  async pause(seconds) {
    await this.#port.pause(seconds);
    this.check();
  }

  /** The error to throw to be tried again after so many seconds: throw run.retry(30). */
  retry(after, message, code = 'RETRY') {
    return new TaskError(code, message, { retryAfter: after });
  }
}

/** Runs a handler, and says how it ended: { kind, value, failure, retryAfter, suspended }. */
export async function outcomeOf(handler, input, run) {
  try {
    return { kind: 'completed', value: await handler(input, run) };
  } catch (error) {
    if (error instanceof Suspended) {
      return { kind: 'suspended', suspended: error };
    }
    const { stop } = run;
    if (stop === 'LOST') {
      return { kind: 'lost', error };
    }
    if (error instanceof Stopped && (stop === 'PREEMPT' || stop === 'DRAIN')) {
      return { kind: 'released', error };
    }
    return { kind: 'failed', failure: described(error), retryAfter: error?.retryAfter, error };
  }
}

/** A Failure of an error, cut to its limits. */
export function described(error) {
  const code = error instanceof TaskError ? error.code : error instanceof Stopped ? 'STOPPED' : undefined;
  return {
    kind: error?.permanent ? 'KIND_PERMANENT' : 'KIND_RETRYABLE',
    code: code ?? 'UNEXPECTED',
    message: cut(code ? error.message : String(error), MESSAGE_LIMIT),
    stackTrace: cut(String(error?.stack ?? ''), TRACE_LIMIT),
  };
}

// A character that is cut through reads as a replacement character, which is left out.
function cut(text, limit) {
  return Buffer.from(text).subarray(0, limit).toString('utf8').replace(/\uFFFD$/, '');
}
