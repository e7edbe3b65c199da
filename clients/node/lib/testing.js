// The test kit: runs a handler without a server, with time that passes only as it is told.
import { toJson } from './payloads.js';
import { inlineOf } from './port.js';
import { Run, Stopped, outcomeOf } from './run.js';

const START = new Date('2026-01-05T09:30:00Z');
const later = (date, count) => new Date(date.getTime() + count * 1000);

/**
 * One task and its handler. Each run() is the next run; what a server would keep is kept: `saved` is the
 * last checkpoint, `steps` and `effects` are those that are known; `time` is the stepped clock, from
 * `start` on. An event that is in `events`, by its type, is what awaitEvent yields.
 */
export class Kit {
  steps = new Map();
  effects = new Map();
  saved;
  #handler;
  #attempt = 0;
  #stop;

  constructor(handler, { start = START, labels = {}, events = {} } = {}) {
    this.#handler = handler;
    this.start = start;
    this.time = start;
    this.labels = labels;
    this.events = events;
  }

  /** Lets time pass, in seconds. */
  advance(count) {
    this.time = later(this.time, count);
    return this;
  }

  /** Asks the handler to stop when so many seconds have passed, for a reason of Run.stop. */
  stopAfter(count, kind = 'CANCEL') {
    this.#stop = { at: later(this.time, count), kind };
    return this;
  }

  /** The reason to stop that is due at a time; undefined if none is. */
  stopAt(time) {
    return this.#stop && time >= this.#stop.at ? this.#stop.kind : undefined;
  }

  /** When it should stop; undefined if never. */
  get stopTime() {
    return this.#stop?.at;
  }

  /**
   * Runs the handler once, over all its sleeps, and returns what it did: result, or failure with
   * retryAfter, or stopped (why it let itself be stopped); log, progress, partialResult; events, facts and
   * children (of a success only); factsNow; attempt; start and time, when it began and ended.
   */
  async run(input = {}) {
    this.#attempt += 1;
    this.outcome = { attempt: this.#attempt, start: this.time, log: [], factsNow: {} };
    let run;
    let end;
    do {
      run = new Run(new KitPort(this), {
        name: 'tasks/test', taskType: 'test', attempt: this.#attempt, labels: this.labels,
        fencingToken: String(this.#attempt), leaseId: `tasks/test/leases/${this.#attempt}`,
        saved: this.saved, deadline: later(this.time, 3600),
      });
      end = await outcomeOf(this.#handler, JSON.parse(toJson(input)), run);
      this.advance(end.kind === 'suspended' ? end.suspended.rest : 0);
    } while (end.kind === 'suspended');
    this.#settle(end, run);
    return this.outcome;
  }

  #settle(end, run) {
    this.outcome.time = this.time;
    if (end.error instanceof Stopped || end.kind === 'lost') {
      this.outcome.stopped = run.stop;
      // What was given back uses no attempt.
      this.#attempt -= end.kind === 'released' ? 1 : 0;
    } else if (end.kind === 'failed') {
      const { code, message, kind } = end.failure;
      this.outcome.failure = { code, message, permanent: kind === 'KIND_PERMANENT' };
      this.outcome.retryAfter = end.retryAfter;
    } else {
      this.#succeed(end.value, run.atSuccess);
    }
  }

  #succeed(value, { events, facts, children }) {
    try {
      this.outcome.result = value instanceof Uint8Array ? value : JSON.parse(toJson(value ?? null));
    } catch (error) {
      this.outcome.failure = { code: 'RESULT_INVALID', message: error.message, permanent: true };
      return;
    }
    this.outcome.events = events;
    this.outcome.facts = Object.fromEntries(facts.map(({ name, value }) => [name, value]));
    this.outcome.children = children;
  }
}

class KitPort {
  #kit;

  constructor(kit) {
    this.#kit = kit;
  }

  now() {
    return this.#kit.time;
  }

  stop() {
    return this.#kit.stopAt(this.#kit.time);
  }

  get signal() {
    return this.stop() ? AbortSignal.abort(this.stop()) : new AbortController().signal;
  }

  async pause(count) {
    const until = later(this.#kit.time, count);
    const stop = this.#kit.stopTime;
    this.#kit.time = stop && stop < until && stop > this.#kit.time ? stop : until;
  }

  progress(progress) {
    this.#kit.outcome.progress = progress;
  }

  async checkpoint(state) {
    inlineOf('a checkpoint', state);
    this.#kit.saved = state instanceof Uint8Array ? state : JSON.parse(toJson(state));
  }

  async partialResult(value) {
    inlineOf('a partial result', value);
    this.#kit.outcome.partialResult = value;
  }

  log(lines) {
    this.#kit.outcome.log.push(...lines);
  }

  async setFactNow({ name, value }) {
    this.#kit.outcome.factsNow[name] = value;
  }

  async intend(key) {
    const known = this.#kit.effects.get(key);
    this.#kit.effects.set(key, known ?? { state: 'INTENDED' });
    return { done: known?.state === 'DONE', begun: known?.state === 'INTENDED', outcome: known?.outcome };
  }

  async effectDone(key, outcome) {
    this.#kit.effects.set(key, { state: 'DONE', outcome });
  }

  async beginStep(name) {
    return { done: this.#kit.steps.has(name), result: this.#kit.steps.get(name) };
  }

  async stepDone(name, result) {
    this.#kit.steps.set(name, result);
  }

  async stepFailed() {
    // The next run does it again.
  }

  async sleepStep(name, count) {
    const due = this.#kit.steps.get(name) ?? later(this.#kit.time, count);
    this.#kit.steps.set(name, due);
    const rest = (due - this.#kit.time) / 1000;
    return { done: rest <= 0, rest };
  }

  async awaitEventStep(name, eventType, timeout) {
    const result = this.#kit.events[eventType];
    return result ? { done: true, result } : this.sleepStep(name, timeout);
  }
}
