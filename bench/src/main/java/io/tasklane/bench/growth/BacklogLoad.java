package io.tasklane.bench.growth;

import io.tasklane.bench.figure.Usage;
import io.tasklane.bench.raw.RawRows;
import io.tasklane.bench.scenario.PausedQueue;
import io.tasklane.bench.scenario.Setting;
import io.tasklane.bench.scenario.TaskCalls;
import io.tasklane.bench.scenario.TaskStream;
import io.tasklane.v1.Queue;
import io.tasklane.v1.Task;
import java.util.List;

/**
 * A number of tasks that wait in one queue. They have priority 1. No-op tasks of priority 5 run
 * ahead of them through the same queue; then tasks of priority 1 are created in it over one stream,
 * which adds to the backlog.
 */
final class BacklogLoad implements SizedLoad {
  private static final int WARM_UP = 2000;

  private final Setting setting;
  private final int waiting;
  private final PausedQueue queue;
  private final Task.Builder low;
  private int tasks;

  BacklogLoad(Setting setting, Queue policy, int waiting) {
    this.setting = setting;
    this.waiting = waiting;
    queue = PausedQueue.create(setting.calls(), "BACKLOG", policy);
    low = TaskCalls.noop(queue.name()).setPriority(1);
  }

  @Override
  public void warmUp() {
    TaskStream.count(setting.channel(), low, waiting);
    PausedQueue.Drain warm =
        setting.warmUp(WARM_UP, 1, count -> queue.run(count, TaskCalls.noop(queue.name())));
    tasks = warm.tasksFor(setting.time().toSeconds());
    // In another queue, so that the backlog does not grow.
    PausedQueue aside = PausedQueue.create(setting.calls(), "ASIDE", Queue.getDefaultInstance());
    TaskStream.during(setting.channel(), TaskCalls.noop(aside.name()), setting.shortWarmUp());
  }

  @Override
  public List<Cost> measure() throws Exception {
    queue.fill(tasks, TaskCalls.noop(queue.name()));
    setting.meter().begin();
    double run = queue.drain().recordedRate();
    Usage runs = setting.meter().end().each(tasks);
    setting.meter().begin();
    var created = TaskStream.during(setting.channel(), low, setting.time());
    Usage creates = setting.meter().end().each(created.tasks());
    return List.of(
        Cost.rate("create rate", created.rate(), RawRows.BATCH_INSERTS, creates),
        Cost.rate("run rate", run, RawRows.UPDATES, runs));
  }
}
