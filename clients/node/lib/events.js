// Following the event log: every event once, also over broken connections and restarts.
import { fields } from './payloads.js';

/**
 * An endless async iterator of events { type, subject, data, revision, position, message }; close()
 * ends it. `position` is where the log goes on after an event: a subscription from there repeats no
 * event up to this one, and misses none after it. Keep it with what the event has led to.
 *
 * A position is a resume token of the server, or one with "#" and how many matching events after it
 * are handled: the server gives a token for each batch only.
 */
export class Subscription {
  #messages;
  #events = [];
  #token;
  #skip;
  #call;
  #closed = false;

  /** Opens it; the promise is kept when the server listens, so that nothing from then on is missed. */
  static async open(connection, service, filter, { position = '', startTime } = {}) {
    const subscription = new Subscription();
    const [token, handled] = position.split('#');
    subscription.#token = token;
    subscription.#skip = Number(handled ?? 0);
    const open = () => {
      if (subscription.#closed) {
        return undefined;
      }
      const start = subscription.#token ? undefined : fields(startTime);
      const request = { filter, resumeToken: subscription.#token, startTime: start };
      return (subscription.#call = service.SubscribeEvents(request));
    };
    subscription.#messages = connection.stream(open, { forever: true });
    await subscription.#take();
    return subscription;
  }

  [Symbol.asyncIterator]() {
    return this;
  }

  /** The next event. */
  async next() {
    while (this.#events.length === 0) {
      if (this.#closed || !(await this.#take())) {
        return { done: true, value: undefined };
      }
    }
    return { done: false, value: this.#events.shift() };
  }

  /** Ends the iteration, as a loop does that is left. */
  async return() {
    this.close();
    return { done: true, value: undefined };
  }

  /** Ends the iteration, also while something waits in it. */
  close() {
    this.#closed = true;
    this.#call?.cancel();
  }

  async #take() {
    let message;
    try {
      message = await this.#messages.next();
    } catch (error) {
      if (!this.#closed) {
        throw error;
      }
      return false;
    }
    if (message.done) {
      return false;
    }
    const { batch, resumeToken } = message.value;
    const before = this.#token;
    const skip = this.#skip;
    const events = batch?.events ?? [];
    this.#token = resumeToken;
    this.#skip = Math.max(0, skip - events.length);
    const position = (i) => (i === events.length - 1 ? resumeToken : `${before}#${i + 1}`);
    this.#events.push(...events.map((e, i) => eventOf(e, position(i))).slice(skip));
    return true;
  }
}

function eventOf(message, position) {
  const bytes = message.data?.inline;
  return {
    type: message.eventType,
    subject: message.subject,
    data: bytes?.length ? JSON.parse(bytes.toString('utf8')) : {},
    revision: message.revision,
    position,
    message,
  };
}
