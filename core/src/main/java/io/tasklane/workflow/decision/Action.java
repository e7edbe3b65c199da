package io.tasklane.workflow.decision;

import io.tasklane.workflow.NodeKey;
import io.tasklane.workflow.definition.EventWait;
import io.tasklane.workflow.state.Cause;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/** Something to do outside of the workflow. What comes of it is reported with the same run. */
public sealed interface Action {
  /**
   * Create a task; report {@link WorkflowEvent.NodeCompleted}.
   *
   * @param key of the node
   * @param run of the node
   * @param task what to create
   */
  record StartTask(NodeKey key, int run, TaskStart task) implements Action {}

  /**
   * Start a workflow from a template; report {@link WorkflowEvent.NodeCompleted}.
   *
   * @param key of the node
   * @param run of the node
   * @param template id of the template
   * @param version empty for the one that was the newest when the outer workflow started
   * @param inputs of the workflow
   */
  record StartWorkflow(
      NodeKey key, int run, String template, OptionalInt version, Map<String, Object> inputs)
      implements Action {}

  /**
   * Report {@link WorkflowEvent.TimerFired} at this time.
   *
   * @param key of the node
   * @param run of the node
   * @param time when
   */
  record SetTimer(NodeKey key, int run, Instant time) implements Action {}

  /**
   * Report {@link WorkflowEvent.EventReceived} for every event of the type that stands in the log
   * after the commit of this decision; for an approval, {@link WorkflowEvent.ApprovalDecided}.
   *
   * @param key of the node
   * @param run of the node
   * @param awaited what for
   */
  record AwaitEvent(NodeKey key, int run, EventWait awaited) implements Action {}

  /**
   * Take what waits in a queue; report {@link WorkflowEvent.QueueTaken} and the end of each.
   *
   * @param key of the node
   * @param run of the node
   * @param queue id of the queue
   * @param again whether to retry those of the earlier run that did not succeed, and nothing else
   */
  record TakeQueue(NodeKey key, int run, String queue, boolean again) implements Action {}

  /**
   * Cancel the task, the sub-workflow, or the taken tasks of a node; its end is reported as ever.
   *
   * @param key of the node
   * @param run of the node
   * @param cause who and why
   */
  record Cancel(NodeKey key, int run, Cause cause) implements Action {}

  /**
   * Start no waiting task of these queues, except those of this workflow, until they are released
   * or the workflow has ended.
   *
   * @param queues their ids
   */
  record HoldQueues(Set<String> queues) implements Action {}

  /**
   * Hold this queue no longer.
   *
   * @param queue its id
   */
  record ReleaseQueue(String queue) implements Action {}
}
