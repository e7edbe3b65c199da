package io.tasklane.cli.demo;

import com.google.gson.JsonArray;
import io.tasklane.cli.command.CommandFailure;
import io.tasklane.cli.command.ExitCode;
import io.tasklane.cli.task.TaskStates;
import io.tasklane.v1.NodeStatus;
import io.tasklane.v1.Task;
import io.tasklane.v1.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Runs the shipped morning: starts its template, follows the event stream, approves what it
 * recommends, and reads the tasks of its nodes when it has ended.
 */
final class MorningRun {
  private static final Duration LOOK = Duration.ofMillis(500);
  private static final String APPROVAL = "approve";

  private final MorningCalls calls;
  private final Setbacks setbacks = new Setbacks();
  private boolean approved;

  MorningRun(MorningCalls calls) {
    this.calls = calls;
  }

  /**
   * Runs it to its end.
   *
   * @param feed from before its start
   * @param symbols what it is about
   * @param limit how long it may take
   * @throws CommandFailure if it takes longer, naming what is still open
   */
  Report run(EventFeed feed, List<String> symbols, Duration limit) throws InterruptedException {
    JsonArray names = new JsonArray();
    symbols.forEach(names::add);
    long start = System.nanoTime();
    Workflow morning = calls.start("symbols", names);
    long looked = start;
    while (!morning.hasEndTime()) {
      feed.next(LOOK).ifPresent(setbacks::add);
      long now = System.nanoTime();
      if (now - looked > LOOK.toNanos()) {
        looked = now;
        morning = look(morning.getName());
      }
      if (now - start > limit.toNanos()) {
        throw tooLong(morning, limit);
      }
    }
    for (Optional<Change> more = feed.next(Duration.ZERO);
        more.isPresent();
        more = feed.next(Duration.ZERO)) {
      setbacks.add(more.get());
    }
    return report(morning);
  }

  private Workflow look(String name) {
    if (!approved && calls.isRunning(name, APPROVAL)) {
      calls.approve(name, APPROVAL);
      approved = true;
    }
    return calls.workflow(name);
  }

  private Report report(Workflow morning) {
    List<Ended> ended = new ArrayList<>();
    for (NodeStatus node : calls.nodes(morning.getName(), "")) {
      if (!node.getTask().isEmpty()) {
        Task task = calls.task(node.getTask());
        ended.add(new Ended(task, runs(task)));
      }
    }
    ended.sort(Comparator.comparing((Ended end) -> TaskCalls.instant(end.task().getEndTime())));
    String failure =
        morning.getState() == Workflow.State.STATE_SUCCEEDED
            ? ""
            : morning.getName()
                + " "
                + morning.getState().name().substring("STATE_".length())
                + ": "
                + morning.getFailure().getCode()
                + " "
                + morning.getFailure().getMessage();
    return new Report(ended, failure, approved);
  }

  private List<Interval> runs(Task task) {
    List<Interval> runs = new ArrayList<>(setbacks.of(task.getName()));
    if (task.hasStartTime()) {
      Instant end = TaskCalls.instant(task.getEndTime());
      runs.add(new Interval(TaskCalls.instant(task.getStartTime()), end));
    }
    return runs;
  }

  private CommandFailure tooLong(Workflow morning, Duration limit) {
    Optional<Task> open =
        calls.nodes(morning.getName(), "state = RUNNING").stream()
            .filter(node -> !node.getTask().isEmpty())
            .map(node -> calls.task(node.getTask()))
            .findFirst();
    String example =
        open.map(
                task ->
                    ": "
                        + task.getName()
                        + ", for example, is "
                        + TaskStates.label(task.getState()))
            .orElse("");
    return new CommandFailure(
        ExitCode.TIMED_OUT,
        morning.getName()
            + " has not ended within "
            + limit.toSeconds()
            + " s"
            + example
            + "; see `tasklane queue list` for a paused queue, or give more time by --timeout");
  }
}
