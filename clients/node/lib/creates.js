// Creates over one kept stream, many of which are in progress at once.
import grpc from '@grpc/grpc-js';
import { Backoff } from './connection.js';
import { TasklaneError } from './errors.js';

// As many as the server has in progress for one stream; more wait here.
const IN_PROGRESS = 1024;
const { UNAVAILABLE } = grpc.status;

/**
 * Sends creates and settles their promises with a StreamCreateTasksResult, or an error. The stream is
 * opened with the first element. When it breaks off it is opened again, and what was not acknowledged
 * is sent again under its requestId, for as long as calls are repeated.
 */
export class CreateStream {
  #connection;
  #tasks;
  #call;
  #backoff = new Backoff();
  #number = 0;
  #sent = new Map();
  #waiting = [];
  #closed = false;
  #timer;

  constructor(connection, tasks) {
    this.#connection = connection;
    this.#tasks = tasks;
  }

  /** Sends a CreateTaskRequest that has a requestId. */
  submit(request) {
    return new Promise((resolve, reject) => {
      if (this.#closed) {
        throw new TasklaneError('CANCELLED', 'the client is closed');
      }
      const end = Date.now() + this.#connection.retryMillis;
      this.#waiting.push({ request, end, resolve, reject });
      this.#send();
    });
  }

  /** Ends the stream; what is not acknowledged fails with CANCELLED. */
  close() {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#call?.cancel();
    this.#failWhere(() => true, new TasklaneError('CANCELLED', 'the client was closed'));
  }

  #send() {
    if (this.#timer !== undefined || this.#closed) {
      return;
    }
    if (this.#call === undefined && this.#waiting.length > 0) {
      this.#open();
    }
    while (this.#waiting.length > 0 && this.#sent.size < IN_PROGRESS) {
      const element = this.#waiting.shift();
      this.#sent.set(String(++this.#number), element);
      this.#call.write({ sequence: this.#number, request: element.request });
    }
  }

  #open() {
    const call = this.#tasks.StreamCreateTasks();
    this.#call = call;
    let failure;
    call.on('data', ({ results }) => this.#settle(results));
    call.on('error', (error) => (failure = error));
    call.on('close', () => this.#broken(failure));
    call.on('end', () => call.end());
  }

  #settle(results) {
    this.#backoff = new Backoff();
    for (const result of results) {
      const element = this.#sent.get(result.sequence);
      this.#sent.delete(result.sequence);
      const code = result.status?.code ?? 0;
      if (code === UNAVAILABLE && Date.now() < element.end) {
        this.#waiting.push(element);
      } else if (code !== 0) {
        element.reject(TasklaneError.ofStatus(result.status));
      } else {
        element.resolve(result);
      }
    }
    this.#send();
  }

  #broken(error) {
    this.#call = undefined;
    const reason = error
      ? TasklaneError.ofCall(error)
      : new TasklaneError('UNAVAILABLE', 'the server has ended the stream');
    const repeatable = reason.code === 'UNAVAILABLE';
    // What was sent first goes first again.
    this.#waiting.unshift(...this.#sent.values());
    this.#sent.clear();
    const now = Date.now();
    this.#failWhere((element) => !repeatable || now >= element.end, reason);
    if (this.#waiting.length > 0 && !this.#closed) {
      this.#timer = setTimeout(() => {
        this.#timer = undefined;
        this.#send();
      }, this.#backoff.next());
    }
  }

  #failWhere(condition, reason) {
    const all = [...this.#sent.values(), ...this.#waiting];
    this.#sent.clear();
    this.#waiting = all.filter((element) => !condition(element));
    all.filter(condition).forEach((element) => element.reject(reason));
  }
}
