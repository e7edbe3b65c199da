package io.tasklane.api;

/** Why the engine refuses a call. The names are the reasons of ErrorInfo on the wire. */
public enum RefusalReason {
  /** This principal has approved the node already; each approval needs another. */
  ALREADY_APPROVED,
  /** The stored bytes of an artifact are not those that it names. */
  ARTIFACT_CORRUPT,
  /** The uploaded bytes have another hash than was announced. */
  ARTIFACT_HASH_MISMATCH,
  /** A task names the artifact, so it is not deleted. */
  ARTIFACT_IN_USE,
  /** There is no such artifact. */
  ARTIFACT_NOT_FOUND,
  /** The upload has more bytes than allowed or announced. */
  ARTIFACT_TOO_LARGE,
  /** A task names an artifact that does not exist. */
  ARTIFACT_UNKNOWN,
  /** The calendar comes with the server, so it is not deleted. */
  CALENDAR_BUILT_IN,
  /** Another number of targets matches than the caller expects. */
  BATCH_COUNT_DIFFERS,
  /** The batch operation has ended. */
  BATCH_OPERATION_ENDED,
  /** There is no such batch operation. */
  BATCH_OPERATION_NOT_FOUND,
  /** More targets match than a batch operation may have. */
  BATCH_TOO_LARGE,
  /** A calendar of this name exists already. */
  CALENDAR_EXISTS,
  /** A schedule uses the calendar, so it is not deleted. */
  CALENDAR_IN_USE,
  /** There is no such calendar. */
  CALENDAR_NOT_FOUND,
  /** The calendar was asked about a date that it does not know. */
  CALENDAR_RANGE,
  /** A schedule names a calendar that does not exist. */
  CALENDAR_UNKNOWN,
  /** The disk of the database is full. */
  DATABASE_FULL,
  /** The database cannot be reached. */
  DATABASE_UNAVAILABLE,
  /** There is no such dead letter. */
  DEAD_LETTER_NOT_FOUND,
  /** Another unfinished task has the deduplication key that a copy takes over. */
  DEDUPLICATION_KEY_IN_USE,
  /** Tasks need each other in a circle. */
  DEPENDENCY_CYCLE,
  /** What a task needs did not end as needed, so it is not run again. */
  DEPENDENCY_NOT_MET,
  /** A task needs one that does not exist. */
  DEPENDENCY_UNKNOWN,
  /** Another run has intended the effect and has not said that it is done. */
  EFFECT_IN_PROGRESS,
  /** A run says that an effect is done which it has not intended. */
  EFFECT_NOT_INTENDED,
  /** The resource was changed since this etag was read. */
  ETAG_MISMATCH,
  /** There is no such fact, or it has expired. */
  FACT_NOT_FOUND,
  /** The input does not fit the schema of its task type. */
  INPUT_SCHEMA,
  /** A field breaks a rule of the contract. */
  INVALID_FIELD,
  /** The node is no approval that waits. */
  NODE_NOT_WAITING,
  /** Nothing of the workflow, or of the named nodes, has failed or was cancelled. */
  NOTHING_TO_RETRY,
  /** A part of a download begins after its end. */
  OFFSET_OUT_OF_RANGE,
  /** An inline payload is larger than allowed. */
  PAYLOAD_TOO_LARGE,
  /** The queue is part of the configuration, so it is not deleted. */
  QUEUE_CONFIGURED,
  /** The queue drains and takes no new tasks. */
  QUEUE_DRAINING,
  /** A queue of this name exists already. */
  QUEUE_EXISTS,
  /** As many tasks wait in the queue as it allows. */
  QUEUE_FULL,
  /** The queue has unfinished tasks, so it is not deleted. */
  QUEUE_NOT_EMPTY,
  /** There is no such queue. */
  QUEUE_NOT_FOUND,
  /** A task is for a queue that does not exist. */
  QUEUE_UNKNOWN,
  /** The request_id was used for another request. */
  REQUEST_ID_REUSED,
  /** A resource of this name exists already. */
  RESOURCE_EXISTS,
  /** Unfinished tasks need the resource, or more units of it than there would be. */
  RESOURCE_NEEDED,
  /** There is no such resource. */
  RESOURCE_NOT_FOUND,
  /** A task needs a resource that does not exist. */
  RESOURCE_UNKNOWN,
  /** The schedule has too many due times to decide that lie behind. */
  SCHEDULE_CATCHING_UP,
  /** A schedule of this name exists already. */
  SCHEDULE_EXISTS,
  /** There is no such schedule. */
  SCHEDULE_NOT_FOUND,
  /** The lease of the run is over; another one may run the task. */
  STALE_LEASE,
  /** The statistics are not known yet. */
  STATS_UNAVAILABLE,
  /** A step of this name does something else. */
  STEP_KIND,
  /** The task has as many steps as it may have. */
  STEP_LIMIT,
  /** The storage of artifacts cannot be reached. */
  STORAGE_UNAVAILABLE,
  /** The server stops, or wants a stream to be opened anew. */
  STREAM_CLOSED,
  /** The task has ended. */
  TASK_ENDED,
  /** A task of this name exists already. */
  TASK_EXISTS,
  /** The task has not ended yet, so it is not retried. */
  TASK_NOT_ENDED,
  /** There is no such task. */
  TASK_NOT_FOUND,
  /** The task has started, so it is not changed. */
  TASK_STARTED,
  /** The task has succeeded, so it is not retried. */
  TASK_SUCCEEDED,
  /** A handler of the server executes the task type, so it is not registered by others. */
  TASK_TYPE_BUILT_IN,
  /** The task type is registered with another definition, and this one is not newer. */
  TASK_TYPE_DIFFERS,
  /** Unfinished tasks have the task type, or a worker serves it, so it is not deleted. */
  TASK_TYPE_IN_USE,
  /** The queue does not accept tasks of this type. */
  TASK_TYPE_NOT_ACCEPTED,
  /** There is no such task type. */
  TASK_TYPE_NOT_FOUND,
  /** A task has a type that was never registered. */
  TASK_TYPE_UNKNOWN,
  /** A template of this name exists already. */
  TEMPLATE_EXISTS,
  /** There is no such template, or no such version of it. */
  TEMPLATE_NOT_FOUND,
  /** A workflow is to be started from a template that does not exist. */
  TEMPLATE_UNKNOWN,
  /** Events after the token are no longer kept. */
  TOKEN_COMPACTED,
  /** The token is of another database cluster. */
  TOKEN_UNKNOWN,
  /** A trigger of this name exists already. */
  TRIGGER_EXISTS,
  /** There is no such trigger. */
  TRIGGER_NOT_FOUND,
  /** Too many uploads are under way. */
  UPLOADS_BUSY,
  /** The worker has lost its leases, or has left. */
  WORKER_LOST,
  /** There is no such worker. */
  WORKER_NOT_FOUND,
  /** The worker has opened another stream. */
  WORKER_REPLACED,
  /** The workflow has ended. */
  WORKFLOW_ENDED,
  /** A workflow of this name exists already. */
  WORKFLOW_EXISTS,
  /** The workflow has not ended. */
  WORKFLOW_NOT_ENDED,
  /** There is no such workflow. */
  WORKFLOW_NOT_FOUND
}
