package io.tasklane.workflow.decision;

import io.tasklane.task.Actor;
import io.tasklane.workflow.NodeKey;
import io.tasklane.workflow.state.Cause;
import io.tasklane.workflow.state.NodeState;
import java.util.Optional;
import java.util.Set;

/** Something that happened to a workflow, or is asked of it. */
public sealed interface WorkflowEvent {
  /** It concerns one run of one node; one of an earlier run is ignored. */
  sealed interface OfNode extends WorkflowEvent {
    /** The node. */
    NodeKey key();

    /** The run of it. */
    int run();
  }

  /** The workflow starts. */
  record WorkflowStarted() implements WorkflowEvent {}

  /**
   * The task or the sub-workflow of a node ended.
   *
   * @param key the node
   * @param run the run of it
   * @param state SUCCEEDED, FAILED or CANCELLED; a task that was skipped because of its own
   *     dependencies, or has expired, has FAILED
   * @param cause why it did not succeed
   */
  record NodeCompleted(NodeKey key, int run, NodeState state, Optional<Cause> cause)
      implements OfNode {}

  /**
   * So many tasks of a queue belong to a run of it.
   *
   * @param key the node
   * @param run the run of it
   * @param count how many; 0 if the queue was empty
   */
  record QueueTaken(NodeKey key, int run, int count) implements OfNode {}

  /**
   * One of the tasks of a queue run ended.
   *
   * @param key the node
   * @param run the run of it
   * @param state SUCCEEDED, FAILED or CANCELLED
   * @param cause why it did not succeed
   */
  record QueueTaskCompleted(NodeKey key, int run, NodeState state, Optional<Cause> cause)
      implements OfNode {}

  /**
   * The time of a {@link Action.SetTimer} has come.
   *
   * @param key the node
   * @param run the run of it
   */
  record TimerFired(NodeKey key, int run) implements OfNode {}

  /**
   * An event of the type that a node waits for.
   *
   * @param key the node
   * @param run the run of it
   * @param event as the variable {@code event} of expressions
   */
  record EventReceived(NodeKey key, int run, Object event) implements OfNode {}

  /**
   * Somebody decided about an approval.
   *
   * @param key the node
   * @param actor who, and why
   * @param approved whether it was approved
   */
  record ApprovalDecided(NodeKey key, Actor actor, boolean approved) implements WorkflowEvent {}

  /** Somebody pauses the workflow: nothing more is to start. */
  record PauseRequested() implements WorkflowEvent {}

  /** What was paused may start. */
  record ResumeRequested() implements WorkflowEvent {}

  /**
   * Somebody cancels the workflow.
   *
   * @param actor who, and why
   */
  record CancelRequested(Actor actor) implements WorkflowEvent {}

  /** The time limit of the workflow is reached. */
  record TimeLimitReached() implements WorkflowEvent {}

  /**
   * What did not succeed is to run again.
   *
   * @param nodes these, with all below them that did not succeed; empty means all
   * @param freshSteps whether the steps of their tasks run anew, also those that have succeeded
   */
  record RetryRequested(Set<NodeKey> nodes, boolean freshSteps) implements WorkflowEvent {
    /** Steps that have succeeded are kept. */
    public RetryRequested(Set<NodeKey> nodes) {
      this(nodes, false);
    }
  }
}
