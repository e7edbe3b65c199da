package io.tasklane.bench.scenario;

import com.google.protobuf.Timestamp;
import io.tasklane.bench.figure.Figures;
import io.tasklane.bench.figure.Measure;
import io.tasklane.bench.figure.Unit;
import io.tasklane.bench.figure.Usage;
import io.tasklane.v1.ListTasksRequest;
import io.tasklane.v1.Queue;
import io.tasklane.v1.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Whether a task of high priority is next. While 5,000 tasks of priority 1 run through a sequential
 * queue, tasks of priority 10 are created in it, one every 25 ms. What is counted, for each of
 * them, is the low tasks that started after its creation was answered, so after it was durable, and
 * before it started itself; the worst of all is told. Times are recorded starts and this client's
 * clock, which is the same clock on one machine. The one that was running is not counted: it had
 * started before.
 */
@Command(
    name = "inversion",
    description = "Low tasks started after a durable high one, with 5,000 waiting.",
    mixinStandardHelpOptions = true)
public final class Inversion extends Scenario {
  private static final double GOAL = 0;
  private static final int LOW = 1;
  private static final int HIGH = 10;
  private static final Duration PAUSE = Duration.ofMillis(25);

  @Option(
      names = "--waiting",
      paramLabel = "N",
      description = "Low tasks that wait, 100 to 100000. Default: 5000.")
  private int waiting = 5000;

  /**
   * A task of high priority.
   *
   * @param name of it
   * @param answered when its creation was answered
   */
  private record High(String name, Timestamp answered) {}

  @Override
  protected void check() {
    requireRange("--waiting", waiting, 100, 100_000);
  }

  @Override
  protected Figures measure(Setting setting) throws Exception {
    TaskCalls calls = setting.calls();
    PausedQueue queue = PausedQueue.create(calls, "INVERSION", Queue.getDefaultInstance());
    setting.remark("warming up ...");
    queue.run(500, TaskCalls.noop(queue.name()));
    setting.remark("measuring with " + waiting + " waiting ...");
    queue.fill(waiting, TaskCalls.noop(queue.name()).setPriority(LOW));
    Task.Builder high = TaskCalls.noop(queue.name()).setPriority(HIGH);
    setting.meter().begin();
    long until = System.nanoTime() + setting.time().toNanos();
    queue.resume();
    List<High> highs = new ArrayList<>();
    do {
      String name = calls.create(high).getName();
      highs.add(new High(name, now(setting)));
      Thread.sleep(PAUSE.toMillis());
    } while (System.nanoTime() < until && lowsWait(calls, queue));
    queue.await();
    Usage usage = setting.meter().end();
    List<Timestamp> lows =
        calls.list(filter(queue.name()), "start_time").stream().map(Task::getStartTime).toList();
    long worst = 0;
    long all = 0;
    for (High one : highs) {
      Timestamp start = calls.awaitSuccess(one.name()).getStartTime();
      long passed = new Overtaking(one.answered(), start).count(lows);
      worst = Math.max(worst, passed);
      all += passed;
    }
    return setting
        .figures()
        .add(
            Measure.of("low tasks started after a durable high one", Unit.TASKS, worst)
                .shall(GOAL)
                .costing(usage.each(waiting + highs.size())))
        .detail("waiting", waiting)
        .detail("high_tasks", highs.size())
        .detail("low_tasks_seen", lows.size())
        .detail("all_inversions", all);
  }

  private static boolean lowsWait(TaskCalls calls, PausedQueue queue) {
    return calls
            .tasks()
            .listTasks(
                ListTasksRequest.newBuilder()
                    .setFilter(filter(queue.name()) + " AND state = QUEUED")
                    .setPageSize(1)
                    .build())
            .getTasksCount()
        > 0;
  }

  private static String filter(String queue) {
    return "queue = \"" + queue + "\" AND priority = " + LOW;
  }

  private static Timestamp now(Setting setting) {
    Instant now = setting.clock().instant();
    return Timestamp.newBuilder().setSeconds(now.getEpochSecond()).setNanos(now.getNano()).build();
  }
}
