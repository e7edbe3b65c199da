package io.tasklane.differential;

import io.tasklane.deadletter.Fingerprint;
import io.tasklane.task.Failure;
import io.tasklane.task.state.Move;
import io.tasklane.task.state.MoveTable;
import io.tasklane.task.state.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How runs report, end, and lose their leases. */
final class ModelRuns {
  private static final int MOST_LOSSES = 3;
  private final Model model;
  private final Map<String, Long> starts = new HashMap<>();
  private final Set<String> dead = new HashSet<>();

  ModelRuns(Model model) {
    this.model = model;
  }

  /** Ends these runs in one command; says of each what became of it. */
  List<String> settleAll(List<Optional<Command.Ended>> all) {
    List<String> answers = new ArrayList<>();
    List<ModelTask> ended = new ArrayList<>();
    for (Optional<Command.Ended> one : all) {
      answers.add(one.isPresent() ? settle(one.get(), ended) : "NOTHING");
    }
    model.ends.ended(ended);
    return answers;
  }

  private String settle(Command.Ended end, List<ModelTask> ended) {
    ModelTask task = model.tasks.get(end.run().task());
    RunOutcome outcome = end.outcome();
    end.progress().ifPresent(units -> report(end.run(), units));
    Move ifRunning = ifRunning(task, outcome);
    Move ifCancelling = outcome == RunOutcome.SUCCEEDED ? Move.SUCCEED : Move.CANCEL;
    if (task.run != end.run().number() || !task.isRunning()) {
      return isRepeated(task, end, ifRunning, ifCancelling) ? "DONE" : "STALE";
    }
    apply(task, outcome, task.state == TaskState.RUNNING ? ifRunning : ifCancelling);
    if (task.state.isFinal()) {
      ended.add(task);
    } else if (task.state == TaskState.RETRY_WAIT
        && !task.spec.orderingKey().isEmpty()
        && model.queues.get(task.spec.queue()).spec.passes()) {
      model.ends.rest(task);
    }
    return "DONE";
  }

  private Move ifRunning(ModelTask task, RunOutcome outcome) {
    return switch (outcome) {
      case SUCCEEDED -> Move.SUCCEED;
      case PREEMPTED -> Move.PREEMPT;
      case STOPPED, HANDED_BACK -> Move.HAND_BACK;
      case FAILED, FAILED_PARTLY, FAILED_UNWANTED, FAILED_FOR_GOOD, TIMED_OUT -> {
        boolean again =
            outcome.isRetryable()
                && task.attempt < task.spec.attempts()
                && !outcome.code().equals(TaskSpec.NO_RETRY);
        yield again ? Move.RETRY_LATER : Move.FAIL;
      }
    };
  }

  /** A completion that comes again with the same token and result is a success. */
  private static boolean isRepeated(
      ModelTask task, Command.Ended end, Move ifRunning, Move ifCancelling) {
    TaskState first = MoveTable.STANDARD.require(TaskState.RUNNING, ifRunning);
    TaskState second = MoveTable.STANDARD.require(TaskState.CANCELLING, ifCancelling);
    return task.run == end.run().number()
        && (task.state == first || task.state == second)
        && task.result.equals(end.outcome().result());
  }

  private void apply(ModelTask task, RunOutcome outcome, Move move) {
    int number = task.attempt;
    boolean isBack = move == Move.HAND_BACK || move == Move.PREEMPT;
    task.attempt -= isBack ? 1 : 0;
    String detail = move == Move.PREEMPT ? "tasks/urgent" : outcome.code();
    model.move(task, move, "nodes/" + task.node, detail);
    Instant at = task.since;
    if (task.totalDeadline != null && !task.totalDeadline.isAfter(at) && !task.state.isFinal()) {
      model.doubts.add(task.name() + " waits behind its total deadline");
    }
    ModelTask.Fault fault = fault(outcome, at);
    task.fault = move == Move.CANCEL ? null : fault;
    attempted(task, number, at, fault, outcome.log());
    if (task.state.isFinal()) {
      task.result = outcome.result();
      task.partial = outcome.isPartial();
    }
    task.nextAttempt = task.state == TaskState.RETRY_WAIT ? at.plus(backoff(task, number)) : null;
    task.rank = move == Move.HAND_BACK ? 0 : 1;
    if (task.state == TaskState.FAILED) {
      bury(model, task, fault.message(), fault.trace());
    }
  }

  private static Duration backoff(ModelTask task, int number) {
    long minutes = (long) task.spec.backoffMinutes() << (number - 1);
    return Duration.ofMinutes(Math.min(minutes, 240));
  }

  private static ModelTask.Fault fault(RunOutcome outcome, Instant at) {
    if (outcome.code().isEmpty()) {
      return null;
    }
    String kind =
        outcome == RunOutcome.TIMED_OUT
            ? "TIMEOUT"
            : outcome.isRetryable() ? "RETRYABLE" : "PERMANENT";
    return new ModelTask.Fault(kind, outcome.code(), outcome.message(), outcome.trace(), at);
  }

  private static void attempted(
      ModelTask task, int number, Instant at, ModelTask.Fault fault, String log) {
    Facts attempt = new Facts().put("number", number).put("node", task.node);
    attempt.put("start", task.started).put("end", at);
    ModelView.putFault(attempt, fault);
    task.attempts.add(attempt.put("log", log));
  }

  /** The task has failed for good: it is kept as a dead letter. */
  static void bury(Model model, ModelTask task, String message, String trace) {
    Failure.Kind kind = Failure.Kind.valueOf(task.fault.kind());
    Failure cause = new Failure(kind, task.fault.code(), message, trace, task.ended);
    Facts letter = new Facts().put("created", task.ended);
    letter.put("fingerprint", Fingerprint.of(cause)).put("attempts", task.attempt);
    model.deadLetters.put(task.name(), letter);
  }

  /** Whether the run may still report. */
  boolean report(Command.RunRef run, int units) {
    ModelTask task = model.tasks.get(run.task());
    if (task.run != run.number() || !task.isRunning()) {
      return false;
    }
    task.progress = ModelView.progress(units);
    task.version++;
    model.log(task, null, null, "nodes/" + task.node, ModelView.progressDetail(units));
    return true;
  }

  /** A node that is dead loses its runs, and another one owns the queue. */
  String takeOver(Command.TakeOver take) {
    ModelQueue queue = model.queues.get(take.queue());
    dead.add(take.from());
    dead.remove(take.to());
    queue.owner = take.to();
    queue.ownerStart = starts.merge(take.to(), 1L, Long::sum);
    judge();
    List<ModelTask> ended = new ArrayList<>();
    List<ModelTask> running = model.inQueue(take.queue()).filter(ModelTask::isRunning).toList();
    for (ModelTask task : running) {
      lose(task);
      if (task.state.isFinal()) {
        ended.add(task);
      }
    }
    model.ends.ended(ended);
    return "owned by " + take.to();
  }

  /** All runs of dead nodes, of whatever queue: which of them had their node for themselves. */
  private void judge() {
    List<ModelTask> lost = model.tasks.values().stream().filter(this::isLost).toList();
    for (ModelTask task : lost) {
      if (task.judgedRun != task.run) {
        task.judgedRun = task.run;
        task.lostAlone =
            lost.stream()
                    .filter(other -> other.node.equals(task.node))
                    .filter(other -> other.nodeStart == task.nodeStart)
                    .count()
                == 1;
      }
    }
  }

  private boolean isLost(ModelTask task) {
    return task.isRunning()
        && (dead.contains(task.node) || starts.get(task.node) != task.nodeStart);
  }

  private void lose(ModelTask task) {
    boolean cancelled = task.state == TaskState.CANCELLING;
    int number = task.attempt;
    task.lost++;
    boolean tooOften = task.lostAlone && task.lost >= MOST_LOSSES;
    Move move = cancelled ? Move.CANCEL : tooOften ? Move.FAIL : Move.LOSE_LEASE;
    task.attempt -= move == Move.LOSE_LEASE ? 1 : 0;
    model.move(task, move, "nodes/" + task.node, "");
    Instant at = task.since;
    if (task.totalDeadline != null && !task.totalDeadline.isAfter(at) && !task.state.isFinal()) {
      model.doubts.add(task.name() + " waits behind its total deadline");
    }
    String gone = "node " + task.node + " is gone";
    attempted(task, number, at, new ModelTask.Fault("LEASE_LOST", "LEASE_LOST", gone, "", at), "");
    task.rank = 0;
    task.fault = null;
    if (move == Move.FAIL) {
      String words = gone + ", on which nothing else ran; " + task.lost + " runs were lost so";
      task.fault = new ModelTask.Fault("LEASE_LOST", "LEASE_LOST", words, "", at);
      bury(model, task, "", "");
    }
  }
}
