// The stream between a worker and the server: offers, reports, heartbeats, and new connections. It runs
// in a thread of its own, so that a handler that computes does not keep the worker from being heard of.
import { cpus } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { Backoff, Connection } from './connection.js';
import { TasklaneError } from './errors.js';

// What leaves the stream useless: the worker itself is wrong, or the server cannot serve it.
const FATAL = ['INVALID_ARGUMENT', 'UNIMPLEMENTED', 'FAILED_PRECONDITION', 'ABORTED', 'PERMISSION_DENIED'];
const ENDS = ['completion', 'failure', 'release', 'suspend'];
const STOPS = { CANCEL: 1, TIMEOUT: 2, PREEMPT: 3, DRAIN: 4, LOST: 5 };
const millis = ({ seconds, nanos }) => Number(seconds) * 1000 + nanos / 1e6;

const connection = new Connection(workerData.target, 60_000);
const service = connection.service('WorkerService');
const hello = workerData.hello;
const flags = new Map(); // of accepted leases: what tells their runs to stop
const busy = new Set(); // leases that have a slot
let waiting = [];
let unacknowledged = new Map();
let sequence = 0;
let credits = 0;
let call; // while it is welcomed, connected too
let connected = false;
let draining = false;
let closing = false;
let interval = 5_000;
let lease = 15_000;
let heard = Date.now();
let opened = heard;
let signs = new Map();

parentPort.on('message', ({ report, id, flag, freed, sign, drain, close }) => {
  if (flag) {
    flags.set(report.accept.leaseId, new Int32Array(flag));
  }
  if (freed) {
    busy.delete(freed);
  }
  if (sign) {
    signs.set(sign.leaseId, sign);
  }
  draining ||= Boolean(drain);
  if (report) {
    send({ report, id });
  }
  if (close) {
    closing = true;
    if (connected) call.end();
    // How long the server has to end the stream after that.
    setTimeout(() => call.cancel(), 10_000);
  }
  topUp();
});

function send(item) {
  if (!connected) {
    waiting.push(item);
    return;
  }
  const [kind] = Object.keys(item.report);
  if (ENDS.includes(kind)) {
    const { leaseId } = item.report[kind];
    busy.delete(leaseId);
    if (kind !== 'suspend' && free() > credits) {
      credits += 1;
      item.report[kind].credit = 1;
    }
  }
  unacknowledged.set(put(item.report), item);
}

function put(message) {
  sequence += 1;
  call.write({ sequence, ...message });
  return sequence;
}

const free = () => (draining ? 0 : workerData.slots - busy.size);

function topUp() {
  const more = free() - credits;
  if (connected && more > 0) {
    credits += more;
    put({ credit: { offers: more } });
  }
}

function lost(leaseId, reason) {
  stop(leaseId, 'LOST', 0);
  parentPort.postMessage({ lost: leaseId, reason });
  flags.delete(leaseId);
}

function stop(leaseId, kind, grace) {
  const flag = flags.get(leaseId);
  if (flag) {
    Atomics.store(flag, 0, STOPS[kind]);
    parentPort.postMessage({ stop: leaseId, kind, grace });
  }
}

function settle(item, error) {
  const [kind] = Object.keys(item.report);
  if (ENDS.includes(kind) || (kind === 'accept' && error)) {
    const gone = !error || error.reason === 'STALE_LEASE' || kind === 'failure' || kind === 'accept';
    if (gone) flags.delete(item.report[kind].leaseId);
  }
  parentPort.postMessage({ settled: item.id, error });
}

const handlers = {
  welcome({ worker, heartbeatInterval, leaseDuration, keptLeaseIds }) {
    hello.worker.name = worker;
    interval = (heartbeatInterval && millis(heartbeatInterval)) || interval;
    lease = (leaseDuration && millis(leaseDuration)) || lease;
    connected = true;
    credits = 0;
    const gone = hello.leaseIds.filter((id) => !keptLeaseIds.includes(id));
    const again = waiting;
    waiting = [];
    // An end is sent again also for a lease that is gone: it may have been what ended it.
    const ended = new Set(again.flatMap(({ report }) => ENDS.map((kind) => report[kind]?.leaseId)));
    for (const item of again) {
      const refused = gone.includes(item.report.accept?.leaseId);
      refused ? settle(item, { code: 'ABORTED', reason: 'STALE_LEASE' }) : send(item);
    }
    gone.filter((id) => !ended.has(id)).forEach((id) => lost(id, 'not kept after the break'));
    topUp();
    parentPort.postMessage({ welcome: true });
    // A new connection begins with a heartbeat, and may have told another interval.
    clearTimeout(timer);
    watch();
    if (closing) call.end();
  },
  offer(offer) {
    credits -= 1;
    busy.add(offer.leaseId);
    parentPort.postMessage({ offer });
  },
  acknowledgement({ sequence: upTo }) {
    for (const [number, item] of unacknowledged) {
      if (number <= Number(upTo)) {
        unacknowledged.delete(number);
        settle(item);
      }
    }
  },
  refused({ sequence: number, status }) {
    const item = unacknowledged.get(Number(number));
    if (!item) return;
    unacknowledged.delete(Number(number));
    const [body] = Object.values(item.report);
    // Credits that a refused message carried were not given.
    credits -= body.credit ?? 0;
    body.credit = undefined;
    const { code, message, reason } = TasklaneError.ofStatus(status);
    if (code === 'UNAVAILABLE') {
      setTimeout(send, 200, item);
    } else {
      settle(item, { code, message, reason });
    }
  },
  stop({ leaseId, kind, grace }) {
    stop(leaseId, kind.replace('KIND_', ''), grace ? millis(grace) : 0);
  },
  leaseLost: ({ leaseId, reason }) => lost(leaseId, reason),
  drain: ({ actor }) => parentPort.postMessage({ drain: actor?.reason || 'the server asked for it' }),
  ping() {},
};

let before = { time: process.hrtime.bigint(), usage: process.cpuUsage() };
function beat() {
  const now = process.hrtime.bigint();
  const used = process.cpuUsage(before.usage);
  const share = (used.user + used.system) / (Number(now - before.time) / 1e3) / cpus().length;
  before = { time: now, usage: process.cpuUsage() };
  const leases = [...signs.values()];
  signs = new Map();
  put({
    heartbeat: {
      leases,
      cpuLoad: Math.max(0, Math.min(1, share)),
      memoryBytes: process.memoryUsage.rss(),
    },
  });
}

function watch() {
  if (connected) beat();
  if (Date.now() - heard > lease) {
    [...flags.keys()].forEach((id) => lost(id, `nothing was heard of the server for ${lease} ms`));
  }
  if (Date.now() - Math.max(heard, opened) > 3 * interval) call?.cancel();
  timer = setTimeout(watch, interval);
}
let timer = setTimeout(watch, interval);

function once() {
  return new Promise((resolve, reject) => {
    hello.leaseIds = [...flags.keys()];
    sequence = 0;
    opened = Date.now();
    call = service.Work();
    call.on('data', (response) => {
      heard = Date.now();
      handlers[response.message]?.(response[response.message]);
      topUp();
    });
    call.on('error', reject);
    call.on('end', resolve);
    put({ hello });
  });
}

const backoff = { waits: new Backoff() };
while (!closing) {
  const wasHeard = heard;
  try {
    await once();
  } catch (failed) {
    const error = TasklaneError.ofCall(failed);
    if (error.reason === 'WORKER_LOST') {
      hello.worker.name = '';
      [...flags.keys()].forEach((id) => lost(id, 'the worker was lost'));
    } else if (FATAL.includes(error.code) && !closing) {
      const { code, message, reason } = error;
      parentPort.postMessage({ fatal: { code, message, reason } });
      break;
    }
  }
  call.cancel();
  connected = false;
  // A new stream begins without credits, and gives its own.
  waiting = [...unacknowledged.values(), ...waiting];
  waiting.forEach(({ report }) => (Object.values(report)[0].credit = undefined));
  unacknowledged = new Map();
  if (heard !== wasHeard) backoff.waits = new Backoff();
  if (!closing) await sleep(backoff.waits.next());
}
parentPort.postMessage({ closed: true });
process.exit();
