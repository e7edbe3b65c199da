/** Tasklane for Node. What the messages mean is said in the proto files of the contract. */

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
/** What the contract has as int64, written as digits. */
export type Int64 = string;
export interface Timestamp { seconds: Int64; nanos: number }
export interface Duration { seconds: number | Int64; nanos: number }
export interface Reference { uri: string; sizeBytes: Int64; sha256: string }
export interface Payload { contentType: string; inline?: Buffer; reference?: Reference | null; body?: 'inline' | 'reference' }
/** JSON, bytes, or a Payload of upload(); above 256 KiB it is uploaded by itself. */
export type Input = Json | Uint8Array | { contentType: string; reference: Reference } | undefined;

export interface RetryPolicy {
  maximumAttempts?: number; initialBackoff?: Duration; backoffMultiplier?: number;
  maximumBackoff?: Duration; jitter?: number; permanentErrorCodes?: string[];
}
export interface Timeouts {
  queueTimeout?: Duration; attemptTimeout?: Duration; totalTimeout?: Duration;
  heartbeatTimeout?: Duration; cancelGrace?: Duration;
}
export interface Failure { kind: string; code: string; message: string; stackTrace: string; failTime: Timestamp | null }
export interface Actor { principal: string; reason: string }
export interface Progress { completedUnits: Int64; totalUnits: Int64; currentUnit: string; message: string }
export interface Dependency { task: string; policy?: string; inputKey?: string }

/** Fields of a task to create; the contract says what each means, and its default. */
export interface TaskOptions {
  priority?: number; orderingKey?: string; dependencies?: Dependency[]; runAfterTime?: Date;
  expireTime?: Date; retryPolicy?: RetryPolicy; timeouts?: Timeouts; resultTtl?: Duration;
  preemptible?: boolean; deduplicationKey?: string; labels?: Record<string, string>;
  resourceUnits?: Record<string, number>;
}
export interface Task {
  name: string; queue: string; taskType: string; input: Payload | null; priority: number;
  state: string; attempt: number; progress: Progress | null; result: Payload | null;
  resultPartial: boolean; failure: Failure | null; cancelActor: Actor | null;
  labels: Record<string, string>; createTime: Timestamp | null; startTime: Timestamp | null;
  endTime: Timestamp | null; etag: string; revision: Int64; [field: string]: unknown;
}
export interface Workflow {
  name: string; state: string; result: Payload | null; failure: Failure | null; paused: boolean;
  revision: Int64; [field: string]: unknown;
}
export interface NodeStatus { nodeId: string; index: number[]; state: string; task: string; failure: Failure | null }
export interface Created { name: string; existing: boolean }
export interface NewTask extends TaskOptions { queue: string; taskType: string; input?: Input; taskId?: string }

/** A connection to a server at "HOST:PORT"; each call is repeated while it answers UNAVAILABLE. */
export class Client {
  constructor(target: string, options?: { retryMillis?: number });
  close(): void;
  create(queue: string, taskType: string, input?: Input, options?: TaskOptions & { taskId?: string }): Promise<Created>;
  createAll(tasks: NewTask[]): Promise<Created[]>;
  get(name: string): Promise<Task>;
  wait(name: string, options?: { timeout?: number }): Promise<Task>;
  result<T = Json>(name: string, options?: { timeout?: number }): Promise<T>;
  run<T = Json>(queue: string, taskType: string, input?: Input, options?: TaskOptions & { taskId?: string; timeout?: number }): Promise<T>;
  watch(name: string): AsyncGenerator<Task, void>;
  cancel(name: string, options?: { reason?: string; force?: boolean }): Promise<Task>;
  startWorkflow(root?: TreeNode | object, options?: {
    workflowId?: string; template?: string; inputs?: Record<string, Json>; [field: string]: unknown;
  }): Promise<string>;
  watchWorkflow(name: string): AsyncGenerator<{ workflow: Workflow; changedNodes: NodeStatus[] }, void>;
  workflowResult<T = Json>(name: string): Promise<T>;
  cancelWorkflow(name: string, options?: { reason?: string }): Promise<Workflow>;
  publish(eventType: string, subject: string, data?: { [key: string]: Json }, options?: { eventId?: string }): Promise<Int64>;
  subscribe(filter?: string, options?: { position?: string; startTime?: Date }): Promise<Subscription>;
  setFact(name: string, value: Json, options?: { expireTime?: Date; reason?: string }): Promise<void>;
  getFact(name: string): Promise<Json>;
  deleteFact(name: string): Promise<void>;
  upload(bytes: Uint8Array, contentType?: string): Promise<{ contentType: string; reference: Reference }>;
  download(payload: { reference: Reference }): Promise<Buffer>;
}

export interface Event {
  type: string; subject: string; data: { [key: string]: Json }; revision: Int64;
  /** A subscription from here goes on after this event: it repeats none, and misses none. */
  position: string;
  message: object;
}
/** An endless iterator of events; close() ends it. */
export class Subscription implements AsyncIterableIterator<Event> {
  [Symbol.asyncIterator](): AsyncIterableIterator<Event>;
  next(): Promise<IteratorResult<Event, undefined>>;
  return(): Promise<IteratorResult<Event, undefined>>;
  close(): void;
}

export interface Violation { field: string; description: string }
/** A call that was refused or that failed: the name of the gRPC code, and the contract's reason. */
export class TasklaneError extends Error {
  constructor(code: string, message: string, details?: { reason?: string; violations?: Violation[]; metadata?: Record<string, string> });
  code: string; reason: string; violations: Violation[]; metadata: Record<string, string>;
}
export class WaitTimeout extends Error {}
export class TaskFailed extends Error { task: Task }
export class WorkflowFailed extends Error { workflow: Workflow }

/** A node of a workflow that is being built. */
export interface TreeNode { readonly id?: string }
type FailurePolicy = 'WAIT_ALL' | 'FAIL_FAST' | 'IGNORE';
interface NodeOptions { id?: string; onFailure?: TreeNode | object }
export function taskNode(queue: string, taskType: string, input?: Input, options?: TaskOptions & NodeOptions & { expressions?: Record<string, string> }): TreeNode;
export function chain(...nodes: (TreeNode | object)[]): TreeNode;
export function group(...nodes: (TreeNode | object)[]): TreeNode;
export function groupOf(options: NodeOptions & { maximumParallel?: number; failurePolicy?: FailurePolicy }, ...nodes: (TreeNode | object)[]): TreeNode;
export function forEach(items: string, node: TreeNode | object, options?: NodeOptions & { batchSize?: number; maximumParallel?: number; failurePolicy?: FailurePolicy }): TreeNode;
/** A Duration of seconds, which may have a fraction. */
export function seconds(count: number): Duration;

/** Fails a run: with a code in UPPER_SNAKE_CASE, permanently or to be tried again after so many seconds. */
export class TaskError extends Error {
  constructor(code: string, message?: string, options?: { permanent?: boolean; retryAfter?: number });
  code: string; permanent: boolean; retryAfter?: number;
}
/** The run was asked to stop. Let it pass: what was done before is kept by the checkpoint. */
export class Stopped extends Error {}

export type StopReason = 'CANCEL' | 'TIMEOUT' | 'PREEMPT' | 'DRAIN' | 'LOST';
/** One run of a task. */
export class Run {
  readonly name: string; readonly taskType: string; readonly attempt: number;
  readonly fencingToken: Int64; readonly leaseId: string; readonly labels: Record<string, string>;
  /** The last checkpoint of an earlier run; undefined if there is none. */
  readonly saved: any;
  readonly deadline: Date;
  /** Aborted when it should stop. */
  readonly signal: AbortSignal;
  /** Why it should stop; undefined if not. */
  readonly stop: StopReason | undefined;
  /** Whether the work is not wanted any more. */
  readonly cancelled: boolean;
  now(): Date;
  check(): void;
  progress(completed: number, options?: { total?: number; unit?: string; message?: string }): void;
  checkpoint(state: Json | Uint8Array): Promise<void>;
  partialResult(value: Json | Uint8Array): Promise<void>;
  log(...lines: unknown[]): void;
  createTask(queue: string, taskType: string, input?: Input, options?: TaskOptions & { taskId?: string }): string;
  publish(eventType: string, subject: string, data?: { [key: string]: Json }): void;
  setFact(name: string, value: Json, options?: { expireTime?: Date }): void;
  setFactNow(name: string, value: Json, options?: { expireTime?: Date }): Promise<void>;
  once<T>(effectKey: string, action: (begunBefore: boolean) => T | Promise<T>): Promise<T>;
  step<T>(name: string, action: () => T | Promise<T>): Promise<T>;
  sleep(name: string, seconds: number): Promise<void>;
  awaitEvent(name: string, eventType: string, options: { timeout: number; condition?: string }): Promise<any>;
  pause(seconds: number): Promise<void>;
  retry(after: number, message?: string, code?: string): TaskError;
}

export type Handler = (input: any, run: Run) => unknown;
export interface TypeOptions {
  handle: Handler; queues?: string[]; description?: string; inputSchema?: string;
  defaultRetryPolicy?: RetryPolicy; defaultTimeouts?: Timeouts; [field: string]: unknown;
}
/** Runs handlers for the tasks that a server offers. */
export class Worker {
  constructor(target: string, options: {
    handlers: Record<string, Handler | TypeOptions>; slots?: number; queues?: string[];
    drainSeconds?: number; version?: string;
  });
  /** Runs until SIGTERM or SIGINT, then drains; a second one ends the process at once. */
  run(): Promise<void>;
  /** Runs beside the caller; kept when the server knows the worker and its types. */
  start(): Promise<void>;
  join(): Promise<void>;
  drain(reason?: string): Promise<void>;
}

/** What a run under the test kit did. */
export interface RunOutcome {
  attempt: number; start: Date; time: Date; result?: any; retryAfter?: number; stopped?: StopReason;
  failure?: { code: string; message: string; permanent: boolean };
  log: string[]; progress?: Progress; partialResult?: unknown; factsNow: Record<string, Json>;
  events?: { eventType: string; subject: string; data: object }[]; facts?: Record<string, Json>;
  children?: { taskId: string; queue: string; taskType: string; input: unknown; options: object }[];
}
/** Runs a handler without a server, with time that passes only as it is told. */
export class Kit {
  constructor(handler: Handler, options?: { start?: Date; labels?: Record<string, string>; events?: Record<string, unknown> });
  start: Date; time: Date; saved: any; steps: Map<string, any>; effects: Map<string, any>;
  readonly stopTime: Date | undefined;
  advance(seconds: number): this;
  stopAfter(seconds: number, kind?: StopReason): this;
  stopAt(time: Date): StopReason | undefined;
  run(input?: Json): Promise<RunOutcome>;
}
