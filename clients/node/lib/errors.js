// What calls throw, with the reasons that the contract names.
import grpc from '@grpc/grpc-js';
import { decode } from './contract.js';

/**
 * A call that was refused or that failed. `code` is the name of the gRPC code, `reason` the one that
 * the contract names at the method ('' where the server gave none), `violations` are the offending
 * fields as { field, description }, `metadata` is what ErrorInfo adds.
 */
export class TasklaneError extends Error {
  constructor(code, message, { reason = '', violations = [], metadata = {} } = {}) {
    super(`${code}${reason && ` ${reason}`}: ${message}`);
    this.name = 'TasklaneError';
    this.code = code;
    this.reason = reason;
    this.violations = violations;
    this.metadata = metadata;
  }

  /**
   * That of a call: a ServiceError of grpc-js. Errors of another kind stay what they are. The server
   * gives details with whatever it answers, so UNKNOWN without any is of a connection that broke, and
   * reads as UNAVAILABLE.
   */
  static ofCall(error) {
    if (grpc.status[error.code] === undefined || error.metadata === undefined) {
      return error;
    }
    const [details] = error.metadata.get('grpc-status-details-bin');
    if (details) {
      return TasklaneError.ofStatus(decode('google.rpc.Status', details));
    }
    const code = error.code === grpc.status.UNKNOWN ? 'UNAVAILABLE' : grpc.status[error.code];
    return new TasklaneError(code, error.details);
  }

  /** That of a google.rpc.Status, as the elements of a stream have it. */
  static ofStatus(status) {
    const found = {};
    for (const detail of status.details) {
      const type = detail.type_url.slice(detail.type_url.lastIndexOf('/') + 1);
      if (type === 'google.rpc.ErrorInfo') {
        const { reason, metadata } = decode(type, detail.value);
        Object.assign(found, { reason, metadata });
      } else if (type === 'google.rpc.BadRequest') {
        found.violations = decode(type, detail.value).fieldViolations.map(
          ({ field, description }) => ({ field, description }),
        );
      }
    }
    return new TasklaneError(grpc.status[status.code], status.message, found);
  }
}

/** The wait is over and what was waited for has not ended; it goes on. */
export class WaitTimeout extends Error {}

function sentence({ name, state, failure }) {
  const end = failure ? `${failure.code} ${failure.message}` : 'no failure';
  return `${name} ended ${state.replace('STATE_', '')}: ${end}`.trimEnd();
}

/** A task that was waited for ended otherwise than SUCCEEDED; `task` has its failure. */
export class TaskFailed extends Error {
  constructor(task) {
    super(sentence(task));
    this.task = task;
  }
}

/** A workflow that was waited for ended otherwise than SUCCEEDED; `workflow` has its failure. */
export class WorkflowFailed extends Error {
  constructor(workflow) {
    super(sentence(workflow));
    this.workflow = workflow;
  }
}
