package io.tasklane.workflow.store;

import io.tasklane.key.TaskKey;
import io.tasklane.workflow.state.NodeInstance;
import io.tasklane.workflow.state.NodeState;
import java.time.Instant;
import java.util.Optional;

/**
 * An instance as its row has it.
 *
 * @param instance what core decides about
 * @param startTime when it last started
 * @param endTime when it ended; empty before
 * @param pausedSeq in which order it was paused, 0 while it is not
 * @param task key of its latest task, {@link TaskKey#NONE} for none
 * @param taskId final part of the name of that task, empty for none
 * @param subWorkflow key of the latest workflow that it has started, 0 for none
 * @param subWorkflowId final part of the name of that workflow, empty for none
 */
public record NodeRecord(
    NodeInstance instance,
    Instant startTime,
    Optional<Instant> endTime,
    long pausedSeq,
    TaskKey task,
    String taskId,
    long subWorkflow,
    String subWorkflowId) {
  /** An instance that has just come to be. */
  static NodeRecord fresh(NodeInstance instance, Instant now, long pausedSeq) {
    return new NodeRecord(instance, now, Optional.empty(), 0, TaskKey.NONE, "", 0, "")
        .after(instance, now, pausedSeq);
  }

  /** The row after a decision has changed the instance. */
  NodeRecord after(NodeInstance changed, Instant now, long nextPaused) {
    NodeState before = instance.state();
    NodeState state = changed.state();
    boolean starts = state == NodeState.RUNNING && before != NodeState.RUNNING;
    Optional<Instant> end = Optional.empty();
    if (state.isEnded()) {
      end = before == state && endTime.isPresent() ? endTime : Optional.of(now);
    }
    long paused = 0;
    if (state == NodeState.PAUSED) {
      paused = pausedSeq == 0 ? nextPaused : pausedSeq;
    }
    return new NodeRecord(
        changed, starts ? now : startTime, end, paused, task, taskId, subWorkflow, subWorkflowId);
  }

  /** The same with another latest task. */
  NodeRecord with(TaskKey key, String name) {
    return new NodeRecord(
        instance, startTime, endTime, pausedSeq, key, name, subWorkflow, subWorkflowId);
  }

  /** The same with another latest workflow. */
  NodeRecord with(long workflow, String name) {
    return new NodeRecord(instance, startTime, endTime, pausedSeq, task, taskId, workflow, name);
  }
}
