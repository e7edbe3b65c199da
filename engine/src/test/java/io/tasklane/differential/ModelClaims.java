package io.tasklane.differential;

import io.tasklane.queue.QueueState;
import io.tasklane.task.state.Move;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which task a queue starts next. */
final class ModelClaims {
  private final Model model;

  ModelClaims(Model model) {
    this.model = model;
  }

  /** What a turn claims: the task, or why none. */
  String next(Command.Turn turn) {
    if (!turn.claim()) {
      return "";
    }
    ModelQueue queue = model.queues.get(turn.queue());
    Optional<String> forbidden = forbidden(queue, turn.node());
    if (forbidden.isPresent()) {
      return " " + forbidden.get();
    }
    if (running(queue) >= queue.spec.concurrency()) {
      return " NO_SLOT";
    }
    for (int i = 0; i < 2; i++) { // what is over ends first
      for (ModelTask task : model.ready(queue)) {
        if (isOver(task)) {
          ModelWaiting.expireAll(model);
          break;
        }
        if (unitsAreFree(task)) {
          return " " + claim(task, turn.node());
        }
      }
    }
    return " NOTHING_READY";
  }

  /** What a queue that is GROUPED claims ahead. */
  String ahead(Command.Group group) {
    ModelQueue queue = model.queues.get(group.queue());
    Optional<String> forbidden = forbidden(queue, group.node());
    if (forbidden.isPresent() || group.ahead() == 0) {
      return " " + forbidden.orElse("NOTHING_READY");
    }
    for (int tries = 0; tries < 2; tries++) {
      long room = Math.max(0, group.ahead() - running(queue));
      List<ModelTask> heads = model.ready(queue).stream().limit(room).toList();
      if (heads.isEmpty()) {
        return " NOTHING_READY";
      }
      List<String> claimed = new ArrayList<>();
      for (ModelTask task : heads) {
        if (isOver(task) || runsAlone(task)) {
          break;
        }
        claimed.add(claim(task, group.node()));
      }
      if (!claimed.isEmpty()) {
        return " " + String.join(",", claimed) + " MORE";
      }
      if (runsAlone(heads.get(0))) {
        return " HEAD_ALONE";
      }
      ModelWaiting.expireAll(model);
    }
    return " NOTHING_READY";
  }

  private static boolean runsAlone(ModelTask task) {
    return task.rank == 0
        || !task.spec.orderingKey().isEmpty()
        || !task.spec.units().isEmpty()
        || task.spec.preemptible();
  }

  private Optional<String> forbidden(ModelQueue queue, String node) {
    if (!queue.owner.equals(node)) {
      return Optional.of("NOT_OWNER");
    }
    return queue.state == QueueState.PAUSED ? Optional.of("NOT_ACTIVE") : Optional.empty();
  }

  private long running(ModelQueue queue) {
    return model.inQueue(queue.spec.name()).filter(ModelTask::isRunning).count();
  }

  private boolean unitsAreFree(ModelTask task) {
    return task.spec.units().entrySet().stream()
        .allMatch(need -> need.getValue() <= free(need.getKey()));
  }

  private int free(String resource) {
    int held =
        model.tasks.values().stream()
            .filter(ModelTask::isRunning)
            .mapToInt(task -> task.spec.units().getOrDefault(resource, 0))
            .sum();
    return Math.max(0, model.resources.get(resource) - held);
  }

  /** Whether the time in which it may start is over. */
  private boolean isOver(ModelTask task) {
    return ModelWaiting.over(model, task).isPresent();
  }

  private String claim(ModelTask task, String node) {
    task.attempt++;
    task.run++;
    task.node = node;
    task.nodeStart = model.queues.get(task.spec.queue()).ownerStart;
    model.move(task, Move.CLAIM, "nodes/" + node, "");
    Instant at = task.since;
    task.started = at;
    int total = task.spec.totalHours();
    if (task.totalDeadline == null && total > 0) {
      task.totalDeadline = at.plusSeconds(total * 3_600L);
    }
    return task.name() + "#" + task.attempt;
  }
}
