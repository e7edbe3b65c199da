package io.tasklane.grpc.wire;

import io.tasklane.grpc.error.InvalidRequest;
import io.tasklane.grpc.error.Reason;

/** The collections whose resources have names such as "tasks/{task}". */
public enum WireName {
  /** "tasks/{task}". */
  TASK("tasks/"),
  /** "queues/{queue}". */
  QUEUE("queues/"),
  /** "artifacts/{sha256}". */
  ARTIFACT("artifacts/"),
  /** "deadLetters/{task}". */
  DEAD_LETTER("deadLetters/"),
  /** "resources/{resource}". */
  RESOURCE("resources/"),
  /** "schedules/{schedule}". */
  SCHEDULE("schedules/"),
  /** "calendars/{calendar}". */
  CALENDAR("calendars/"),
  /** "workflows/{workflow}". */
  WORKFLOW("workflows/"),
  /** "workflowTemplates/{template}". */
  WORKFLOW_TEMPLATE("workflowTemplates/"),
  /** "facts/{fact}". */
  FACT("facts/"),
  /** "triggers/{trigger}". */
  TRIGGER("triggers/"),
  /** "batchOperations/{batch}". */
  BATCH_OPERATION("batchOperations/"),
  /** "workers/{worker}". */
  WORKER("workers/");

  private final String prefix;

  WireName(String prefix) {
    this.prefix = prefix;
  }

  /** The name of the resource with this id. */
  public String of(String id) {
    return prefix + id;
  }

  /**
   * The id in a name.
   *
   * @param name as the request has it
   * @param field where it has it
   * @throws InvalidRequest where it is no such name
   */
  public String id(String name, String field) {
    if (!name.startsWith(prefix) || name.length() == prefix.length()) {
      throw InvalidRequest.field(
          Reason.INVALID_FIELD,
          field,
          "\"" + name + "\" is not allowed: a name that begins with \"" + prefix + "\"");
    }
    return name.substring(prefix.length());
  }
}
