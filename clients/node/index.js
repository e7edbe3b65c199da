/** Tasklane for Node: the client, and the worker that runs handlers. */
export { Client } from './lib/client.js';
export { TaskFailed, TasklaneError, WaitTimeout, WorkflowFailed } from './lib/errors.js';
export { Subscription } from './lib/events.js';
export { Kit } from './lib/testing.js';
export { Run, Stopped, TaskError } from './lib/run.js';
export { Worker } from './lib/worker.js';
export { seconds } from './lib/payloads.js';
export { chain, forEach, group, groupOf, taskNode } from './lib/workflows.js';
