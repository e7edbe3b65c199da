package io.tasklane.workflow.state;

import io.tasklane.task.Actor;
import io.tasklane.task.Payload;
import io.tasklane.task.Priority;
import io.tasklane.task.Task;
import io.tasklane.workflow.template.TemplateReference;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A workflow as it is now.
 *
 * @param workflowId final part of the name "workflows/{workflow}"
 * @param status where it is; the result in it is not resolved
 * @param details what was given when it was started
 * @param result its result; empty before the end, and where it is too large to be shown
 * @param pauseActor who paused it, while it is paused
 * @param cancelActor who cancelled it
 * @param createTime when it was started
 * @param endTime when it ended; empty before
 * @param revision of its last event in the log
 * @param version grows with every change
 * @param nodes those that have started, in the order of the definition; empty where not asked for
 */
public record Workflow(
    String workflowId,
    WorkflowStatus status,
    Details details,
    Optional<Payload> result,
    Optional<Actor> pauseActor,
    Optional<Actor> cancelActor,
    Instant createTime,
    Optional<Instant> endTime,
    long revision,
    int version,
    List<WorkflowNode> nodes) {
  /**
   * What was given when it was started.
   *
   * @param document as the edge encoded it; empty where it was not asked for
   * @param displayName for people, may be empty
   * @param labels for filters
   * @param priority of its tasks, unless they say another
   * @param deadlineTime by when it should have ended
   * @param template the version of a template that it was started from; empty for a tree
   * @param inputs all of them, where it was started from a template: the document has only those of
   *     the template. Else empty, also where the document was not asked for
   * @param outerWorkflowId final part of the name of the workflow whose node has started it
   * @param creator principal of whoever has started it
   */
  public record Details(
      byte[] document,
      String displayName,
      Map<String, String> labels,
      Priority priority,
      Optional<Instant> deadlineTime,
      Optional<TemplateReference> template,
      Map<String, Payload> inputs,
      Optional<String> outerWorkflowId,
      String creator) {
    /** Id of the schedule that has started it. */
    public Optional<String> scheduleId() {
      return creator.startsWith(Task.SCHEDULE)
          ? Optional.of(creator.substring(Task.SCHEDULE.length()))
          : Optional.empty();
    }
  }

  /** "workflows/{workflow}". */
  public String name() {
    return "workflows/" + workflowId;
  }

  /** The entity tag of this version (RFC 9110 wants the quotes). */
  public String etag() {
    return "\"" + version + "\"";
  }

  /** The same with these nodes. */
  public Workflow with(List<WorkflowNode> shown) {
    return new Workflow(
        workflowId,
        status,
        details,
        result,
        pauseActor,
        cancelActor,
        createTime,
        endTime,
        revision,
        version,
        shown);
  }

  /** The same with this result. */
  public Workflow withResult(Optional<Payload> resolved) {
    return new Workflow(
        workflowId,
        status,
        details,
        resolved,
        pauseActor,
        cancelActor,
        createTime,
        endTime,
        revision,
        version,
        nodes);
  }
}
