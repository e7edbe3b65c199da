// Creates a task and watches it to its end: node client.mjs HOST:PORT QUEUE INPUT
// Prints one JSON object: the task's name, the states that were seen, and its result.
import grpc from '@grpc/grpc-js';
import { servicesAround } from './reflection.mjs';

const [address, queue, input] = process.argv.slice(2);
const { tasklane } = await servicesAround(address, 'tasklane.v1.TaskService');
const tasks = new tasklane.v1.TaskService(address, grpc.credentials.createInsecure());

const created = await new Promise((resolve, reject) => {
  const request = {
    request_id: `node-${process.pid}`,
    task: { queue, task_type: 'system.echo', priority: 7, input: { inline: Buffer.from(input) } },
  };
  tasks.CreateTask(request, (error, answer) => (error ? reject(error) : resolve(answer.task)));
});

const seen = [];
const last = await new Promise((resolve, reject) => {
  let task;
  const changes = tasks.WatchTask({ name: created.name });
  changes.on('data', (change) => {
    task = change.task;
    if (seen[seen.length - 1] !== task.state) {
      seen.push(task.state);
    }
  });
  changes.on('error', reject);
  changes.on('end', () => resolve(task));
});
tasks.close();

const result = JSON.parse(last.result.inline.toString('utf8'));
console.log(JSON.stringify({ name: last.name, created: created.state, seen, result }));
