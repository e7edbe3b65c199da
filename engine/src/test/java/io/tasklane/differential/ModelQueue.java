package io.tasklane.differential;

import io.tasklane.queue.QueueState;

/** A queue of the model. */
final class ModelQueue {
  final QueueSpec spec;
  QueueState state = QueueState.ACTIVE;
  String owner = "";
  long ownerStart;
  int version = 1;
  String paused = "";

  ModelQueue(QueueSpec spec) {
    this.spec = spec;
  }

  /** The place of a task among those that wait: the smallest goes first. */
  long orderKey(ModelTask task) {
    return spec.agingMinutes() == 0
        ? -task.priority
        : task.created.toEpochMilli() - (task.priority - 1) * spec.agingMinutes() * 60_000L;
  }
}
