// The checks of workers, runs and the test kit, for conformance.mjs.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { Kit, TaskError, TasklaneError, Worker, seconds } from 'tasklane';

// Seconds without a sign of life after which the server takes a lease back.
const LEASE = Number(process.env.TASKLANE_LEASE ?? 15);
const onceMore = { retryPolicy: { initialBackoff: seconds(0.01) } };
const FAR = new Date('2199-01-01');
let queue;

/** Does something with a worker of these handlers; the server keeps their types, so they are few. */
async function working(home, handlers, use, options) {
  queue ??= await home.ask('QUEUE node');
  const types = [handlers].flat().map((handler, i) => [`conformance.node.${i}`, handler]);
  const worker = new Worker(home.address, { handlers: Object.fromEntries(types), ...options });
  await worker.start();
  try {
    return await use(...types.map(([type]) => type));
  } finally {
    worker.drain('checked');
    await worker.join();
  }
}

async function until(condition, most = 15) {
  const end = Date.now() + most * 1000;
  while (!(await condition())) {
    assert.ok(Date.now() < end, 'it has not come');
    await sleep(20);
  }
}

const runs = (client, name) => async () => (await client.get(name)).state === 'STATE_RUNNING';
const create = async (client, type, input, options) =>
  (await client.create(queue, type, input, options)).name;

function start(home, type, drainSeconds) {
  const script = new URL('conformance.mjs', import.meta.url).pathname;
  const words = [script, home.address, '--worker', type, drainSeconds];
  const child = spawn(process.execPath, words, { stdio: ['ignore', 'inherit', 'inherit'] });
  child.exit = once(child, 'exit').then(([code, signal]) => code ?? signal);
  return child;
}

function compute(count, run) {
  const end = Date.now() + count * 1000;
  while (Date.now() < end && !run.cancelled) Math.sqrt(Math.random());
  return run.cancelled;
}

/** The worker that the checks of SIGTERM start. */
export async function serve(address, type, drainSeconds) {
  const handle = async (input, run) => {
    if (input.computing) return compute(input.computing, run);
    if (run.saved === undefined) {
      await run.checkpoint({ reached: 1 });
      for (let i = 0; i < input.seconds * 50; i++) await run.pause(0.02);
    }
    return { saved: run.saved ?? null, attempt: run.attempt };
  };
  const handlers = { [type]: handle };
  await new Worker(address, { handlers, drainSeconds: Number(drainSeconds) }).run();
}

async function served(home, client, drainSeconds, use) {
  queue ??= await home.ask('QUEUE node');
  const type = 'conformance.node.signals';
  const worker = start(home, type, drainSeconds);
  try {
    await until(async () => {
      try {
        await client.cancel(await create(client, type, {}, { runAfterTime: FAR }));
        return true;
      } catch (error) {
        assert.ok(error instanceof TasklaneError && error.reason === 'TASK_TYPE_UNKNOWN', error);
        return false;
      }
    });
    await use(worker, type);
  } finally {
    worker.kill('SIGKILL');
    await worker.exit;
  }
}

async function running(client, type, count) {
  const name = await create(client, type, { seconds: count });
  await until(runs(client, name));
  await sleep(200);
  return name;
}

const within = (promise, millis) =>
  Promise.race([promise, sleep(millis).then(() => assert.fail(`not within ${millis} ms`))]);

export const checks = {
  'worker.result': (home, client) =>
    working(home, (input) => ({ twice: input.n * 2 }), async (type) => {
      assert.deepEqual(await client.run(queue, type, { n: 21 }), { twice: 42 });
    }),

  'worker.large': (home, client) =>
    working(home, () => 'x'.repeat(300_000), async (type) => {
      assert.equal(await client.run(queue, type), 'x'.repeat(300_000));
    }),

  'worker.invalid': (home, client) =>
    working(home, () => ({ price: NaN }), async (type) => {
      const task = await client.wait(await create(client, type));
      assert.deepEqual([task.failure.code, task.attempt], ['RESULT_INVALID', 1]);
    }),

  'worker.failure'(home, client) {
    const handler = () => {
      throw new TaskError('NO_SUCH_SYMBOL', 'no AAPL', { permanent: true });
    };
    return working(home, handler, async (type) => {
      const { state, attempt, failure } = await client.wait(await create(client, type));
      assert.deepEqual([state, attempt], ['STATE_FAILED', 1]);
      assert.deepEqual([failure.code, failure.message], ['NO_SUCH_SYMBOL', 'no AAPL']);
    });
  },

  'worker.unexpected'(home, client) {
    const handler = (input, run) => {
      if (run.attempt < 3) throw new RangeError('AAPL');
      return run.attempt;
    };
    return working(home, handler, async (type) => {
      assert.equal(await client.result(await create(client, type, {}, onceMore)), 3);
      const onlyOnce = { retryPolicy: { maximumAttempts: 1 } };
      const { failure } = await client.wait(await create(client, type, {}, onlyOnce));
      assert.equal(failure.code, 'UNEXPECTED');
      assert.match(failure.message, /RangeError: AAPL/);
      assert.match(failure.stackTrace, /conformance-workers.mjs/);
    });
  },

  async 'worker.slots'(home, client) {
    let now = 0;
    let most = 0;
    const handler = async () => {
      most = Math.max(most, ++now);
      await sleep(200);
      now -= 1;
    };
    await working(home, handler, async (taskType) => {
      const created = await client.createAll(Array(20).fill({ queue, taskType }));
      for (const { name } of created) await client.wait(name);
    }, { slots: 4 });
    assert.equal(most, 4);
  },

  async 'worker.computing'(home, client) {
    // In a process of its own, because this one is to look from outside.
    await served(home, client, 30, async (worker, type) => {
      let name = await create(client, type, { computing: 3 * LEASE });
      assert.equal(await client.result(name), false);
      const task = await client.get(name);
      assert.deepEqual([task.attempt, task.lostCount], [1, 0]);
      name = await create(client, type, { computing: 60 });
      await until(runs(client, name));
      await client.cancel(name);
      assert.equal(await client.result(name), true);
    });
  },

  async 'worker.cut'(home, client) {
    const starts = [];
    const handler = async (input, run) => {
      starts.push(run.attempt);
      await sleep(1000);
      return starts.length;
    };
    await working(home, handler, async (type) => {
      const name = await create(client, type);
      await until(() => starts.length);
      await home.ask('CUT');
      assert.equal(await client.result(name), 1);
      const task = await client.get(name);
      assert.deepEqual([task.attempt, task.lostCount, starts], [1, 0, [1]]);
    });
  },

  'worker.cut.end': (home, client) =>
    working(home, (input) => sleep(20, input.n), async (taskType) => {
      const inputs = Array.from({ length: 100 }, (_, n) => ({ queue, taskType, input: { n } }));
      const created = await client.createAll(inputs);
      for (let i = 0; i < 6; i++) {
        await home.ask('CUT');
        await sleep(100);
      }
      for (const [n, { name }] of created.entries()) {
        assert.equal(await client.result(name, { timeout: 30_000 }), n);
        assert.equal((await client.get(name)).attempt, 1);
      }
    }, { slots: 4 }),

  async 'worker.lost'(home, client) {
    const stops = [];
    const handler = async (input, run) => {
      if (stops.length === 0) {
        stops.push(undefined);
        await until(() => run.stop, 3 * LEASE + 10);
        stops[0] = run.stop;
        run.check();
      }
      return stops[0];
    };
    await working(home, handler, async (type) => {
      const name = await create(client, type);
      await until(() => stops.length);
      await home.ask('DOWN');
      await sleep((LEASE + 2) * 1000);
      await home.ask('UP');
      assert.equal(await client.result(name), 'LOST');
      assert.equal((await client.get(name)).attempt, 1);
    });
  },

  'worker.drain': (home, client) =>
    served(home, client, 30, async (worker, type) => {
      const first = await running(client, type, 1);
      const second = await create(client, type, { seconds: 0 });
      worker.kill('SIGTERM');
      assert.equal(await within(worker.exit, 15_000), 0);
      assert.equal((await client.wait(first, { timeout: 5_000 })).attempt, 1);
      assert.equal((await client.get(second)).startTime, null);
      await client.cancel(second);
    }),

  'worker.release': (home, client) =>
    served(home, client, 0.3, async (worker, type) => {
      const name = await running(client, type, 60);
      worker.kill('SIGTERM');
      assert.equal(await within(worker.exit, 15_000), 0);
      assert.equal((await client.get(name)).state, 'STATE_QUEUED');
      const again = start(home, type, 30);
      try {
        const result = await client.result(name, { timeout: 20_000 });
        assert.deepEqual(result, { saved: { reached: 1 }, attempt: 1 });
      } finally {
        again.kill('SIGKILL');
      }
    }),

  'worker.interrupt': (home, client) =>
    served(home, client, 30, async (worker, type) => {
      const name = await running(client, type, 60);
      worker.kill('SIGTERM');
      await sleep(500);
      worker.kill('SIGTERM');
      assert.notEqual(await within(worker.exit, 5_000), 0);
      await client.cancel(name);
    }),

  'run.facts'(home, client) {
    let seen;
    const handler = (input, run) => {
      seen = run;
      const left = (run.deadline - run.now()) / 1000;
      return [run.name, run.taskType, run.attempt, run.labels, left > 0 && left <= 86_400];
    };
    return working(home, handler, async (type) => {
      const name = await create(client, type, {}, { labels: { desk: 'rates' } });
      assert.deepEqual(await client.result(name), [name, type, 1, { desk: 'rates' }, true]);
      assert.equal(seen.saved, undefined);
      assert.equal(seen.leaseId, `${name}/leases/${seen.fencingToken}`);
    });
  },

  async 'run.retry'(home, client) {
    const times = [];
    const handler = (input, run) => {
      times.push(Date.now());
      if (run.attempt === 1) throw run.retry(0.7, 'the market is shut');
      return run.attempt;
    };
    await working(home, handler, async (type) => assert.equal(await client.run(queue, type), 2));
    assert.ok(times[1] - times[0] > 600 && times[1] - times[0] < 4_000, times);
  },

  'run.cancelled'(home, client) {
    const handler = async (input, run) => {
      await run.partialResult({ done: 3 });
      while (!run.cancelled) await sleep(20);
      assert.ok(run.signal.aborted);
      run.check();
    };
    return working(home, handler, async (type) => {
      const name = await create(client, type);
      await until(runs(client, name));
      await sleep(300);
      await client.cancel(name);
      const task = await client.wait(name);
      assert.deepEqual([task.state, task.resultPartial], ['STATE_CANCELLED', true]);
      assert.deepEqual(await client.payloads.value(task.result), { done: 3 });
    });
  },

  'run.pause': (home, client) =>
    working(home, (input, run) => run.pause(60), async (type) => {
      const name = await create(client, type);
      await until(runs(client, name));
      const begun = Date.now();
      await client.cancel(name);
      assert.equal((await client.wait(name)).state, 'STATE_CANCELLED');
      assert.ok(Date.now() - begun < 5_000);
    }),

  'run.progress'(home, client) {
    let go;
    const gone = new Promise((resolve) => (go = resolve));
    const handler = async (input, run) => {
      run.progress(3, { total: 7, unit: 'AAPL', message: 'reading' });
      await gone;
    };
    return working(home, handler, async (type) => {
      const name = await create(client, type);
      await until(async () => (await client.get(name)).progress?.completedUnits === '3');
      go();
      const { totalUnits, currentUnit, message } = (await client.wait(name)).progress;
      assert.deepEqual([totalUnits, currentUnit, message], ['7', 'AAPL', 'reading']);
    });
  },

  'run.checkpoint'(home, client) {
    const handler = async (input, run) => {
      if (run.saved === undefined) {
        await run.checkpoint({ n: 1 });
        await run.checkpoint({ n: 2 });
        await home.raised(RangeError, () => run.checkpoint('x'.repeat(300_000)));
        throw new TaskError('NOT_YET');
      }
      return run.saved;
    };
    return working(home, handler, async (type) => {
      assert.deepEqual(await client.run(queue, type, {}, onceMore), { n: 2 });
    });
  },

  'run.log': (home, client) =>
    working(home, (input, run) => run.log('opened', 'closed'), async (type) => {
      const name = await create(client, type);
      await client.wait(name);
      assert.match(await home.ask(`LOG ${name}`), /opened.*closed/);
    }),

  'run.create_task'(home, client) {
    const parent = (input, run) => run.createTask(queue, input.child, { n: 5 });
    return working(home, [parent, (input) => input.n + 1], async (type, child) => {
      assert.equal(await client.result(await client.run(queue, type, { child })), 6);
    }, { slots: 2 });
  },

  async 'run.publish'(home, client) {
    const subject = `conformance/${randomUUID()}`;
    const handler = (input, run) => {
      run.publish('conformance.event', subject, { attempt: run.attempt });
      if (run.attempt === 1) throw new TaskError('NOT_YET');
    };
    const events = await client.subscribe(`subject = "${subject}"`);
    await working(home, handler, (type) => client.run(queue, type, {}, onceMore));
    assert.deepEqual((await events.next()).value.data, { attempt: 2 });
    events.close();
  },

  async 'run.set_fact'(home, client) {
    const fact = `conformance_${randomUUID().replaceAll('-', '')}`;
    const handler = (input, run) => run.setFact(fact, { open: true });
    await working(home, handler, (type) => client.run(queue, type));
    assert.deepEqual(await client.getFact(fact), { open: true });
  },

  async 'run.set_fact_now'(home, client) {
    const fact = `conformance_${randomUUID().replaceAll('-', '')}`;
    const handler = async (input, run) => {
      await run.setFactNow(fact, 7);
      throw new TaskError('NO', '', { permanent: true });
    };
    await working(home, handler, async (type) => client.wait(await create(client, type)));
    assert.equal(await client.getFact(fact), 7);
  },

  async 'run.once'(home, client) {
    const key = randomUUID();
    const calls = [];
    const effect = (begun) => {
      if (calls.push(begun) === 1) throw new TaskError('BROKEN_OFF');
      return { order: 4711 };
    };
    const handler = async (input, run) => {
      const outcome = await run.once(key, effect);
      if (run.attempt === 2) throw new TaskError('LATER');
      return outcome;
    };
    await working(home, handler, async (type) => {
      assert.deepEqual(await client.run(queue, type, {}, onceMore), { order: 4711 });
    });
    assert.deepEqual(calls, [false, true]);
  },

  async 'run.step'(home, client) {
    let calls = 0;
    const handler = async (input, run) => {
      const first = await run.step('first', () => ({ rows: 2 + ++calls }));
      if (run.attempt === 1) throw new TaskError('NOT_YET');
      return first;
    };
    await working(home, handler, async (type) => {
      assert.deepEqual(await client.run(queue, type, {}, onceMore), { rows: 3 });
    });
    assert.equal(calls, 1);
  },

  async 'run.sleep'(home, client) {
    const starts = [];
    let other;
    const handler = async (input, run) => {
      if (input.other) {
        other = Date.now();
        return 0;
      }
      starts.push(Date.now());
      await run.sleep('a while', 1);
      return run.attempt;
    };
    await working(home, handler, async (type) => {
      const name = await create(client, type);
      await until(() => starts.length);
      await client.run(queue, type, { other: true });
      assert.equal(await client.result(name), 1);
    });
    assert.ok(other < starts[1] && starts[1] - starts[0] > 900, [starts, other]);
  },

  'run.await_event'(home, client) {
    const subject = `conformance/${randomUUID()}`;
    const wait = { timeout: 60, condition: `event.subject == "${subject}"` };
    const handler = async (input, run) =>
      (await run.awaitEvent('the event', 'conformance.waited', wait)).data;
    return working(home, handler, async (type) => {
      const name = await create(client, type);
      await until(async () => (await client.get(name)).state === 'STATE_SCHEDULED');
      await client.publish('conformance.waited', subject, { n: 9 });
      assert.deepEqual(await client.result(name), { n: 9 });
    });
  },

  async 'kit.outcome'() {
    const handler = async (input, run) => {
      run.log('begun');
      if (run.saved === undefined) {
        await run.checkpoint({ n: input.n });
        throw run.retry(30, 'later');
      }
      run.publish('market.news', 'symbols/AAPL', { n: 1 });
      run.setFact('ready', true);
      run.createTask('DATA_FETCHER', 'system.echo', { a: 1 });
      await run.once('order', () => 4711);
      return run.step('sum', () => run.saved.n + 1);
    };
    const kit = new Kit(handler);
    const first = await kit.run({ n: 1 });
    const { code, permanent } = first.failure;
    assert.deepEqual([code, first.retryAfter, permanent], ['RETRY', 30, false]);
    const second = await kit.run({ n: 1 });
    assert.deepEqual([second.attempt, second.result, kit.saved], [2, 2, { n: 1 }]);
    assert.deepEqual(second.log, ['begun']);
    assert.deepEqual(second.events.map(({ subject }) => subject), ['symbols/AAPL']);
    assert.deepEqual(second.facts, { ready: true });
    assert.deepEqual(second.children.map(({ taskType }) => taskType), ['system.echo']);
    const third = await new Kit(() => undefined.x).run();
    assert.equal(third.failure.code, 'UNEXPECTED');
  },

  async 'kit.time'() {
    const handler = async (input, run) => {
      const start = await run.step('start', () => run.now().toISOString());
      await run.sleep('a day', 86_400);
      await run.pause(10);
      return (run.now() - new Date(start)) / 1000;
    };
    const real = Date.now();
    const kit = new Kit(handler);
    assert.equal((await kit.run()).result, 86_410);
    kit.advance(5);
    assert.equal(kit.time - kit.start, 86_415_000);
    assert.ok(Date.now() - real < 1_000);
  },

  async 'kit.cancel'() {
    const handler = async (input, run) => {
      await run.partialResult('half');
      for (let i = 0; i < 10; i++) await run.pause(60);
    };
    const outcome = await new Kit(handler).stopAfter(150, 'CANCEL').run();
    assert.deepEqual([outcome.stopped, outcome.partialResult], ['CANCEL', 'half']);
    assert.equal(outcome.time - outcome.start, 150_000);
  },
};
