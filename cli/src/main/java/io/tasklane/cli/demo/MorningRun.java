package io.tasklane.cli.demo;

import io.tasklane.cli.command.CommandFailure;
import io.tasklane.cli.command.ExitCode;
import io.tasklane.cli.task.TaskStates;
import io.tasklane.v1.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Carries out a plan: creates all tasks at once, follows the event stream, and follows the tasks
 * that tasks create. One thread does all of it. So the end of a task that is not known here yet is
 * still waiting in the feed, or is seen by the read of the task that starts to follow it.
 */
final class MorningRun {
  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(5);

  private final TaskCalls calls;
  private final MorningPlan plan;
  private final Set<String> open = new LinkedHashSet<>();
  private final Setbacks setbacks = new Setbacks();
  private final List<Ended> ended = new ArrayList<>();

  MorningRun(TaskCalls calls, MorningPlan plan) {
    this.calls = calls;
    this.plan = plan;
  }

  /**
   * Runs the plan to its end.
   *
   * @param feed from before the first task
   * @param limit how long it may take
   * @return every task of the morning, in the order in which they ended
   * @throws CommandFailure if it takes longer, naming what is still open
   */
  List<Ended> run(EventFeed feed, Duration limit) throws InterruptedException {
    long start = System.nanoTime();
    calls.create(plan.orders()).forEach(task -> open.add(task.getName()));
    while (!open.isEmpty()) {
      Optional<Change> change = feed.next(LONGEST_SILENCE);
      change.ifPresent(setbacks::add);
      if (change.isEmpty()) {
        List.copyOf(open).forEach(this::check);
      } else if (change.get().isEnd() && open.contains(change.get().task())) {
        check(change.get().task());
      }
      if (System.nanoTime() - start > limit.toNanos()) {
        throw tooLong(limit);
      }
    }
    return ended;
  }

  private void check(String name) {
    Task task = calls.get(name);
    if (!TaskStates.isEnded(task)) {
      return;
    }
    open.remove(name);
    Ended end = new Ended(task, runs(task));
    ended.add(end);
    end.children().forEach(this::followChild);
  }

  private List<Interval> runs(Task task) {
    List<Interval> runs = new ArrayList<>(setbacks.of(task.getName()));
    if (task.hasStartTime()) {
      runs.add(
          new Interval(
              TaskCalls.instant(task.getStartTime()), TaskCalls.instant(task.getEndTime())));
    }
    return runs;
  }

  private void followChild(String name) {
    open.add(name);
    check(name);
  }

  private CommandFailure tooLong(Duration limit) {
    String first = open.iterator().next();
    return new CommandFailure(
        ExitCode.TIMED_OUT,
        open.size()
            + " tasks have not ended within "
            + limit.toSeconds()
            + " s, for example "
            + first
            + ", which is "
            + TaskStates.label(calls.get(first).getState())
            + "; see `tasklane queue list` for a paused queue, or give more time by --timeout");
  }
}
