package io.tasklane.bench.scenario;

import io.tasklane.bench.figure.Usage;
import io.tasklane.bench.raw.RawRows;
import io.tasklane.v1.Queue;
import io.tasklane.v1.Task;
import java.util.List;

/**
 * So many tasks that wait in one queue. They have priority 1; no-op tasks of priority 5 run above
 * them through the same queue, and then tasks of priority 1 are created in it over one stream,
 * which adds to those that wait.
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
    queue = PausedQueue.create(setting.desk(), "BACKLOG", policy);
    low = Desk.noop(queue.name()).setPriority(1);
  }

  @Override
  public void warmUp() {
    TaskStream.count(setting.channel(), low, waiting);
    PausedQueue.Drain warm =
        setting.warmUp(WARM_UP, 1, count -> queue.run(count, Desk.noop(queue.name())));
    tasks = warm.tasksFor(setting.time().toSeconds());
    // Somewhere else, so that no more wait than shall.
    PausedQueue aside = PausedQueue.create(setting.desk(), "ASIDE", Queue.getDefaultInstance());
    TaskStream.during(setting.channel(), Desk.noop(aside.name()), setting.shortWarmUp());
  }

  @Override
  public List<Cost> measure() throws Exception {
    queue.fill(tasks, Desk.noop(queue.name()));
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
