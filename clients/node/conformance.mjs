// Checks the behaviours of clients/conformance/behaviours.txt: conformance.mjs HOST:PORT [NAME..]
//
// The address is that of a proxy, which the caller breaks when a line of standard output asks for it:
// CUT, DOWN, UP, or COUNT and a label. It answers each with a line on standard input.
import assert from 'node:assert/strict';
import { randomBytes, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import * as exports from 'tasklane';
import * as workers from './conformance-workers.mjs';

const {
  Client, TaskFailed, TasklaneError, WaitTimeout, WorkflowFailed,
  chain, forEach, group, seconds, taskNode,
} = exports;

const FETCHER = 'DATA_FETCHER';
const [address, ...chosen] = process.argv.slice(2);
if (chosen[0] === '--worker') {
  await workers.serve(address, ...chosen.slice(1));
  process.exit();
}
const answers = createInterface({ input: process.stdin })[Symbol.asyncIterator]();

async function ask(command) {
  console.log(command);
  return (await answers.next()).value;
}

async function raised(kind, action) {
  let value;
  try {
    value = await action();
  } catch (error) {
    assert.ok(error instanceof kind, error);
    return error;
  }
  throw new assert.AssertionError({ message: `no ${kind.name}, but ${JSON.stringify(value)}` });
}

async function take(events, count) {
  const taken = [];
  while (taken.length < count) {
    taken.push((await events.next()).value);
  }
  return taken;
}

const tomorrow = () => new Date(Date.now() + 86_400_000);
const later = (client, options) =>
  client.create(FETCHER, 'system.noop', undefined, { runAfterTime: tomorrow(), ...options });
const newSubject = () => `conformance/${randomUUID()}`;
const count = (n) => Array.from({ length: n }, (_, i) => i);

const checks = {
  async 'create.wait'(client) {
    const result = await client.run(FETCHER, 'system.echo', { symbol: 'AAPL' });
    assert.deepEqual(result, { symbol: 'AAPL' });
  },

  async 'create.failure'(client) {
    const input = { code: 'NO_SUCH_SYMBOL', retryable: false };
    const error = await raised(TaskFailed, () => client.run(FETCHER, 'system.fail', input));
    const { code, kind } = error.task.failure;
    assert.deepEqual([code, kind], ['NO_SUCH_SYMBOL', 'KIND_PERMANENT']);
    assert.match(error.message, /NO_SUCH_SYMBOL/);
  },

  async 'create.options'(client) {
    const time = new Date('2199-01-02T03:04:05.678Z');
    const orderingKey = newSubject();
    const { name } = await client.create(FETCHER, 'system.noop', undefined, {
      priority: 8,
      orderingKey,
      labels: { desk: 'rates' },
      runAfterTime: time,
      retryPolicy: { maximumAttempts: 3, initialBackoff: seconds(1.5) },
    });
    const task = await client.get(name);
    await client.cancel(name);
    assert.deepEqual([task.priority, task.labels.desk], [8, 'rates']);
    assert.equal(task.orderingKey, orderingKey);
    const { seconds: whole, nanos } = task.runAfterTime;
    assert.equal(Number(whole) * 1000 + nanos / 1e6, time.getTime());
    assert.deepEqual(task.retryPolicy.initialBackoff, { seconds: '1', nanos: 500_000_000 });
    await raised(TypeError, () => client.create(FETCHER, 'system.noop', {}, { priorty: 8 }));
  },

  async 'create.existing'(client) {
    const deduplicationKey = newSubject();
    const first = await later(client, { deduplicationKey });
    const second = await later(client, { deduplicationKey });
    await client.cancel(first.name);
    assert.deepEqual([first.existing, second.existing], [false, true]);
    assert.equal(second.name, first.name);
  },

  async 'create.many'(client) {
    const run = randomUUID();
    const ids = count(1000).map((i) => `${run}.${i}`);
    const created = await client.createAll(
      ids.map((taskId) => ({ queue: FETCHER, taskType: 'system.noop', taskId })),
    );
    assert.deepEqual(created.map(({ name }) => name), ids.map((id) => `tasks/${id}`));
  },

  async 'create.refused'(client) {
    const run = randomUUID();
    const tasks = [FETCHER, 'NO_SUCH_QUEUE', FETCHER].map((queue) => ({
      queue, taskType: 'system.noop', labels: { run },
    }));
    const error = await raised(TasklaneError, () => client.createAll(tasks));
    assert.deepEqual([error.code, error.reason], ['INVALID_ARGUMENT', 'QUEUE_UNKNOWN']);
    assert.deepEqual(error.violations.map(({ field }) => field), ['request.task.queue']);
    assert.match(error.violations[0].description, /NO_SUCH_QUEUE/);
    assert.equal(await ask(`COUNT ${run}`), '2');
  },

  async 'create.large'(client) {
    const large = { text: '\u00e9'.repeat(200_000) };
    const { name } = await client.create(FETCHER, 'system.echo', large);
    assert.equal((await client.get(name)).input.reference.sizeBytes, '400011');
    assert.deepEqual(await client.result(name), large);
  },

  async 'create.bytes'(client) {
    const bytes = Buffer.from(count(256));
    assert.deepEqual(await client.run(FETCHER, 'system.echo', bytes), bytes);
  },

  async 'create.nan'(client) {
    await raised(TypeError, () => client.create(FETCHER, 'system.echo', { price: NaN }));
  },

  async 'create.cut'(client) {
    const run = randomUUID();
    const task = { queue: FETCHER, taskType: 'system.noop', labels: { run } };
    const creating = client.createAll(Array(1500).fill(task));
    for (const _ of count(5)) {
      await ask('CUT');
      await sleep(100);
    }
    const created = await creating;
    assert.equal(new Set(created.map(({ name }) => name)).size, 1500);
    assert.equal(await ask(`COUNT ${run}`), '1500');
  },

  async 'create.bounded'() {
    const client = new Client(address, { retryMillis: 1_000 });
    await client.run(FETCHER, 'system.noop');
    await ask('DOWN');
    try {
      const start = Date.now();
      const error = await raised(TasklaneError, () => client.create(FETCHER, 'system.noop'));
      const took = Date.now() - start;
      assert.equal(error.code, 'UNAVAILABLE');
      assert.ok(took >= 900 && took < 4_000, `${took} ms`);
    } finally {
      await ask('UP');
      client.close();
    }
  },

  async 'create.back'(client) {
    await ask('DOWN');
    const back = sleep(1_500).then(() => ask('UP'));
    const { name } = await client.create(FETCHER, 'system.noop');
    await back;
    await client.wait(name);
  },

  async 'wait.timeout'(client) {
    const { name } = await later(client);
    const start = Date.now();
    await raised(WaitTimeout, () => client.wait(name, { timeout: 500 }));
    assert.ok(Date.now() - start > 400 && Date.now() - start < 5_000);
    assert.equal((await client.get(name)).endTime, null);
    await client.cancel(name);
  },

  async 'wait.cut'(client) {
    const { name } = await client.create(FETCHER, 'system.sleep', { millis: 800 });
    const cut = sleep(300).then(() => ask('CUT'));
    assert.equal((await client.wait(name)).state, 'STATE_SUCCEEDED');
    await cut;
  },

  async 'watch.task'(client) {
    const { name } = await client.create(FETCHER, 'system.sleep', { millis: 300 });
    const states = [];
    for await (const { state } of client.watch(name)) {
      if (state !== states.at(-1)) states.push(state);
    }
    assert.deepEqual(states.slice(-2), ['STATE_RUNNING', 'STATE_SUCCEEDED']);
  },

  async 'cancel.task'(client) {
    const { name } = await later(client);
    const task = await client.cancel(name, { reason: 'not needed' });
    assert.deepEqual([task.state, task.cancelActor.reason], ['STATE_CANCELLED', 'not needed']);
  },

  async 'workflow.tree'(client) {
    const expressions = { symbol: 'item', at: 'index' };
    const symbols = ['AAPL', 'MSFT', 'NVDA'];
    const name = await client.startWorkflow(
      chain(
        group(
          taskNode(FETCHER, 'system.echo', { day: 1 }, { id: 'first' }),
          taskNode(FETCHER, 'system.echo', { day: 2 }),
        ),
        forEach('inputs.symbols', taskNode(FETCHER, 'system.echo', undefined, { expressions }), {
          maximumParallel: 2,
        }),
      ),
      { inputs: { symbols } },
    );
    const expected = symbols.map((symbol, at) => ({ symbol, at }));
    assert.deepEqual(await client.workflowResult(name), expected);
  },

  async 'workflow.failure'(client) {
    const input = { code: 'MARKET_SHUT', retryable: false };
    const name = await client.startWorkflow(chain(taskNode(FETCHER, 'system.fail', input)));
    const error = await raised(WorkflowFailed, () => client.workflowResult(name));
    assert.equal(error.workflow.state, 'STATE_FAILED');
    assert.match(error.message, /MARKET_SHUT/);
  },

  async 'workflow.watch'(client) {
    const sleeping = taskNode(FETCHER, 'system.sleep', { millis: 400 }, { id: 'sleep' });
    const last = taskNode(FETCHER, 'system.noop', undefined, { id: 'last' });
    const name = await client.startWorkflow(chain(sleeping, last));
    const cut = sleep(200).then(() => ask('CUT'));
    const nodes = new Set();
    let state;
    for await (const { workflow, changedNodes } of client.watchWorkflow(name)) {
      state = workflow.state;
      changedNodes.forEach(({ nodeId }) => nodes.add(nodeId));
    }
    await cut;
    assert.equal(state, 'STATE_SUCCEEDED');
    assert.ok(nodes.has('sleep') && nodes.has('last'));
  },

  async 'workflow.cancel'(client) {
    const node = taskNode(FETCHER, 'system.noop', undefined, { runAfterTime: tomorrow() });
    const name = await client.startWorkflow(group(node));
    await client.cancelWorkflow(name, { reason: 'not needed' });
    const error = await raised(WorkflowFailed, () => client.workflowResult(name));
    assert.equal(error.workflow.state, 'STATE_CANCELLED');
  },

  async 'event.once'(client) {
    const event = ['conformance.event', newSubject(), { n: 1 }, { eventId: randomUUID() }];
    assert.equal(await client.publish(...event), await client.publish(...event));
  },

  async 'event.listen'(client) {
    const subject = newSubject();
    const events = await client.subscribe(`subject = "${subject}"`);
    await client.publish('conformance.event', subject, { symbol: 'AAPL', price: 1.5 });
    const { value: event } = await events.next();
    events.close();
    assert.deepEqual([event.type, event.subject], ['conformance.event', subject]);
    assert.deepEqual(event.data, { symbol: 'AAPL', price: 1.5 });
  },

  async 'event.cut'(client) {
    const subject = newSubject();
    const events = await client.subscribe(`subject = "${subject}"`);
    const seen = [];
    for (const n of count(60)) {
      await client.publish('conformance.event', subject, { n });
      if (n % 15 === 7) await ask('CUT');
      if (n % 20 === 19) seen.push(...(await take(events, 20)).map(({ data }) => data.n));
    }
    events.close();
    assert.deepEqual(seen, count(60));
  },

  async 'event.position'(client) {
    const subject = newSubject();
    const filter = `subject = "${subject}"`;
    const events = await client.subscribe(filter);
    for (const n of count(8)) await client.publish('conformance.event', subject, { n });
    const seen = await take(events, 8);
    events.close();
    // From the beginning all of them are one batch, whose events have no token of their own.
    const startTime = new Date(Date.now() - 600_000);
    const again = await client.subscribe(filter, { startTime });
    seen.push(...(await take(again, 8)));
    again.close();
    for (const { position, data } of seen.filter((event) => event.data.n < 7)) {
      const rest = await client.subscribe(filter, { position });
      const expected = count(8).slice(data.n + 1);
      const events = await take(rest, expected.length);
      rest.close();
      assert.deepEqual(events.map((event) => event.data.n), expected);
    }
  },

  async 'event.refused'(client) {
    const error = await raised(TasklaneError, () => client.subscribe('colour = red'));
    assert.deepEqual([error.code, error.reason], ['INVALID_ARGUMENT', 'FILTER']);
  },

  async 'event.close'(client) {
    const events = await client.subscribe(`subject = "${newSubject()}"`);
    setTimeout(() => events.close(), 300);
    for await (const event of events) assert.fail(event);
  },

  async 'fact.value'(client) {
    const name = `conformance_${randomUUID().replaceAll('-', '')}`;
    const value = { open: true, symbols: ['AAPL', null], price: 1.5 };
    await client.setFact(name, value);
    assert.deepEqual(await client.getFact(name), value);
    await client.deleteFact(name);
    const error = await raised(TasklaneError, () => client.getFact(name));
    assert.equal(error.reason, 'FACT_NOT_FOUND');
  },

  async 'artifact.bytes'(client) {
    const bytes = randomBytes(640_000);
    const payload = await client.upload(bytes);
    assert.deepEqual(await client.download(payload), bytes);
    assert.deepEqual(await client.run(FETCHER, 'system.echo', payload), bytes);
  },
};

// The types name what there is: every public method and export, and nothing else.
const types = readFileSync(new URL('index.d.ts', import.meta.url), 'utf8');
for (const [name, value] of Object.entries(exports)) {
  assert.ok(new RegExp(`^export (class|function) ${name}\\b`, 'm').test(types), `${name} has no type`);
  const body = types.split(`export class ${name} `)[1]?.split(/^}/m)[0];
  for (const method of Object.getOwnPropertyNames(value.prototype ?? {})) {
    const known = method === 'constructor' || new RegExp(`^  (readonly )?${method}[<(:?]`, 'm').test(body);
    assert.ok(known || /Error$|Failed$/.test(name), `${name}.${method} has no type`);
  }
}
for (const [, name] of types.matchAll(/^export (?:class|function) (\w+)/gm)) {
  assert.ok(exports[name], `${name} has a type and is not there`);
}

const list = readFileSync(new URL('../conformance/behaviours.txt', import.meta.url), 'utf8');
const names = list.split('\n').filter((line) => line && !line.startsWith('#'));
const client = new Client(address);
for (const name of chosen.length ? chosen : names.map((line) => line.split(/\s/)[0])) {
  const start = Date.now();
  try {
    await (checks[name] ? checks[name](client) : workers.checks[name]({ address, ask, raised }, client));
    console.log(`PASS ${name} ${(Date.now() - start) / 1000}`);
  } catch (error) {
    console.error(error);
    console.log(`FAIL ${name} ${error}`.replaceAll('\n', ' '));
  }
}
client.close();
process.exit();
