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
