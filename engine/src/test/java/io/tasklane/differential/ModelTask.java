package io.tasklane.differential;

import io.tasklane.task.state.TaskState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A task of the model: plain fields that the rules change. */
final class ModelTask {
  /** Why an attempt or a task failed. */
  record Fault(String kind, String code, String message, String trace, Instant time) {}

  final int id;
  final TaskSpec spec;
  final List<Facts> attempts = new ArrayList<>();
  TaskState state;
  int priority;
  int rank = 1;
  int unmet;
  int attempt;
  int lost;
  boolean lostAlone;
  int judgedRun;
  long nodeStart;
  int run;
  int version;
  int endStep;
  int runAfterHour;
  int expireHour;
  boolean keyWaits;
  boolean partial;
  String node = "";
  String progress = "";
  String result = "";
  String canceller = "";
  boolean forced;
  String retryOf = "";
  Map<String, String> labels;
  Fault fault;
  Instant created;
  Instant since;
  Instant started;
  Instant ended;
  Instant nextAttempt;
  Instant totalDeadline;

  ModelTask(int id, TaskSpec spec) {
    this.id = id;
    this.spec = spec;
    this.priority = spec.priority();
    this.runAfterHour = spec.runAfterHour();
    this.expireHour = spec.expireHour();
    this.labels = spec.labels();
  }

  String name() {
    return spec.name();
  }

  int id() {
    return id;
  }

  boolean isWaiting() {
    return !state.isFinal() && !isRunning();
  }

  boolean isRunning() {
    return state == TaskState.RUNNING || state == TaskState.CANCELLING;
  }

  boolean needs(ModelTask other) {
    return spec.needs().stream().anyMatch(need -> need.task().equals(other.name()));
  }
}
