// The connection to a server: calls that are repeated while it cannot be reached.
import { setTimeout as sleep } from 'node:timers/promises';
import grpc from '@grpc/grpc-js';
import { v1 } from './contract.js';
import { TasklaneError } from './errors.js';

// Pings find a connection that is dead or a server that is frozen; the server allows one in 10 s.
const OPTIONS = {
  'grpc.keepalive_time_ms': 20_000,
  'grpc.keepalive_timeout_ms': 10_000,
  'grpc.keepalive_permit_without_calls': 1,
  'grpc.initial_reconnect_backoff_ms': 100,
  'grpc.max_reconnect_backoff_ms': 2_000,
  // Each failed attempt asks for the address again; by default it may do so every 30 s.
  'grpc.dns_min_time_between_resolutions_ms': 500,
  'grpc.max_receive_message_length': 16 * 1024 * 1024,
};

/** Waits between attempts, from 50 ms doubling to 2 s, of which up to half is left to chance. */
export class Backoff {
  #failures = 0;

  /** Milliseconds to wait before the next attempt. */
  next() {
    const ceiling = Math.min(2_000, 50 * 2 ** this.#failures++);
    return ceiling * (0.5 + Math.random() / 2);
  }
}

/** One channel, which connects again by itself; retryMillis bounds how long a call tries. */
export class Connection {
  #channel;
  #credentials = grpc.credentials.createInsecure();

  constructor(target, retryMillis) {
    this.target = target;
    this.retryMillis = retryMillis;
    this.#channel = new grpc.Channel(target, this.#credentials, OPTIONS);
  }

  /** The client of a service, such as 'TaskService'. */
  service(name) {
    const options = { channelOverride: this.#channel };
    return new v1[name](this.target, this.#credentials, options);
  }

  close() {
    this.#channel.close();
  }

  /**
   * Makes a call of one request, again while it answers UNAVAILABLE, for retryMillis. The request
   * must be safe to repeat: a change carries its requestId. `timeout` bounds one attempt, in ms,
   * where the server itself may take long to answer.
   */
  async call(service, method, request, timeout) {
    return this.repeat(
      (left) =>
        new Promise((resolve, reject) => {
          const deadline = Date.now() + (timeout ?? left);
          service[method](request, { deadline }, (error, answer) =>
            error ? reject(error) : resolve(answer),
          );
        }),
    );
  }

  /** Makes attempts until one does not end UNAVAILABLE; each is told how many ms are left. */
  async repeat(attempt) {
    const backoff = new Backoff();
    const end = Date.now() + this.retryMillis;
    for (;;) {
      try {
        return await attempt(Math.max(1, end - Date.now()));
      } catch (failed) {
        const error = TasklaneError.ofCall(failed);
        const wait = backoff.next();
        if (error.code !== 'UNAVAILABLE' || Date.now() + wait > end) {
          throw error;
        }
        await sleep(wait);
      }
    }
  }

  /**
   * Yields the messages of a stream, and opens it again when it breaks off, or ends with OK. `open`
   * makes the call of each opening, from where the messages so far have come to, or returns
   * undefined where nothing more is wanted. Without a message for retryMillis it fails; with
   * `forever` only before the first one.
   */
  async *stream(open, { forever = false } = {}) {
    let backoff = new Backoff();
    let end = Date.now() + this.retryMillis;
    for (let call = open(); call !== undefined; call = open()) {
      call.on('error', () => {});
      try {
        for await (const message of call) {
          backoff = new Backoff();
          end = forever ? Infinity : Date.now() + this.retryMillis;
          yield message;
        }
      } catch (failed) {
        const error = TasklaneError.ofCall(failed);
        if (error.code !== 'UNAVAILABLE' || Date.now() > end) {
          throw error;
        }
        await sleep(backoff.next());
      } finally {
        call.cancel();
      }
    }
  }
}
