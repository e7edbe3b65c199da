// What a Run does with the server, over the line and by calls.
import { setTimeout as sleep } from 'node:timers/promises';
import { Payloads, fields, seconds, toValue } from './payloads.js';
import { Stopped } from './run.js';

const INLINE_LIMIT = 256 * 1024;
const STOPS = [undefined, 'CANCEL', 'TIMEOUT', 'PREEMPT', 'DRAIN', 'LOST'];

/** A Fact of the contract. */
export function factOf({ name, value, expireTime }) {
  const whole = name.startsWith('facts/') ? name : `facts/${name}`;
  return { name: whole, value: toValue(value), expireTime: fields(expireTime) };
}

/** The payload of a value that has to travel inline; a RangeError where it is too large. */
export function inlineOf(what, value) {
  const payload = Payloads.inline(value);
  if (payload.inline.length > INLINE_LIMIT) {
    const size = payload.inline.length;
    throw new RangeError(`${what} has ${size} bytes; at most ${INLINE_LIMIT} fit`);
  }
  return payload;
}

/** That of one run of a worker. */
export class Port {
  #worker;
  #running;
  #leaseId;
  #ids;

  constructor(worker, running) {
    this.#worker = worker;
    this.#running = running;
    this.#leaseId = running.leaseId;
    this.#ids = { leaseId: running.leaseId, fencingToken: running.lease.fencingToken };
  }

  now() {
    return new Date();
  }

  /** Also while this thread computes: the flag is set by that of the line. */
  stop() {
    return STOPS[Atomics.load(this.#running.flag, 0)] ?? this.#running.why;
  }

  get signal() {
    return this.#running.abort.signal;
  }

  async pause(count) {
    try {
      await sleep(count * 1000, undefined, { signal: this.signal });
    } catch {
      // It should stop, which the run says.
    }
  }

  progress(progress) {
    this.#worker.sign(this.#leaseId, progress);
  }

  async checkpoint(state) {
    const checkpoint = inlineOf('a checkpoint', state);
    await this.#report({ checkpoint: { leaseId: this.#leaseId, checkpoint } });
  }

  async partialResult(value) {
    const partialResult = inlineOf('a partial result', value);
    await this.#report({ partialResult: { leaseId: this.#leaseId, partialResult } });
  }

  log(lines) {
    for (let start = 0; start < lines.length; start += 1000) {
      const part = lines.slice(start, start + 1000);
      this.#worker.report({ log: { leaseId: this.#leaseId, lines: part } }).catch(() => {});
    }
  }

  async setFactNow(fact) {
    await this.#report({ fact: { leaseId: this.#leaseId, fact: factOf(fact) } });
  }

  async intend(effectKey) {
    const answer = await this.#effect(effectKey, 'EFFECT_STATE_INTENDED');
    return {
      done: answer.previousState === 'EFFECT_STATE_DONE',
      begun: answer.previousState === 'EFFECT_STATE_INTENDED',
      outcome: await this.#worker.payloads.value(answer.outcome),
    };
  }

  async effectDone(effectKey, value) {
    const outcome = value === undefined ? undefined : inlineOf('an outcome', value);
    await this.#effect(effectKey, 'EFFECT_STATE_DONE', outcome);
  }

  #effect(effectKey, state, outcome) {
    return this.#worker.call('RecordEffect', { ...this.#ids, effectKey, state, outcome });
  }

  beginStep(name) {
    return this.#step(name, { begin: {} });
  }

  async stepDone(name, value, millis) {
    const result = await this.#worker.payloads.of(value);
    await this.#step(name, { success: { result, runTime: seconds(millis / 1000) } });
  }

  async stepFailed(name, failure, millis) {
    const runTime = seconds(millis / 1000);
    await this.#step(name, { failure: { failure, failedTries: 1, runTime } });
  }

  sleepStep(name, count) {
    return this.#step(name, { sleep: { duration: seconds(count) } });
  }

  awaitEventStep(name, eventType, timeout, condition) {
    return this.#step(name, { awaitEvent: { eventType, condition, timeout: seconds(timeout) } });
  }

  async #step(name, action) {
    const answer = await this.#worker.call('RecordStep', { ...this.#ids, name, ...action });
    const { step, rest, result } = answer;
    return {
      done: step?.state === 'STATE_SUCCEEDED',
      result: await this.#worker.payloads.value(result),
      rest: rest ? Number(rest.seconds) + rest.nanos / 1e9 : 0,
    };
  }

  // A report of a lease that is lost may never be answered.
  #report(message) {
    const lost = new Promise((_, reject) => {
      this.#running.wakeReports = () => reject(new Stopped('LOST'));
    });
    lost.catch(() => {});
    return Promise.race([this.#worker.report(message), lost]);
  }
}
