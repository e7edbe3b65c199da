package io.tasklane.bench.scenario;

import io.tasklane.bench.figure.Grown;
import io.tasklane.bench.raw.RawRows;
import io.tasklane.v1.Queue;
import io.tasklane.v1.Task;
import java.util.List;

/**
 * More and more tasks that wait in one queue. They have priority 1; no-op tasks of priority 5 run
 * above them through the same queue, and then tasks of priority 1 are created in it over one
 * stream, which adds to those that wait.
 */
final class GrowingBacklog implements Growing {
  private static final int WARM_UP = 2000;

  private final Setting setting;
  private final PausedQueue queue;
  private final Task.Builder low;
  private long waiting;
  private int size;
  private int tasks;

  GrowingBacklog(Setting setting, Queue policy) {
    this.setting = setting;
    queue = PausedQueue.create(setting.desk(), "BACKLOG", policy);
    low = Desk.noop(queue.name()).setPriority(1);
  }

  @Override
  public void growTo(int count) {
    size = count;
    if (waiting == 0) {
      warmUpElsewhere();
    }
    if (waiting < count) {
      waiting += TaskStream.count(setting.channel(), low, count - waiting).tasks();
    }
    PausedQueue.Drain warm = queue.run(setting.warmUpTasks(WARM_UP), Desk.noop(queue.name()));
    tasks = warm.tasksFor(setting.time().toSeconds());
  }

  private void warmUpElsewhere() {
    PausedQueue aside = PausedQueue.create(setting.desk(), "ASIDE", Queue.getDefaultInstance());
    TaskStream.during(setting.channel(), Desk.noop(aside.name()), setting.warmUp());
  }

  @Override
  public List<Cost> measure() {
    // Of a small size more may wait by now than was asked for, since creating was measured before.
    setting.figures().detail(new Grown("tasks waiting", size, "so many at first").name(), waiting);
    double run = queue.run(tasks, Desk.noop(queue.name())).recordedRate();
    TaskStream.Created created = TaskStream.during(setting.channel(), low, setting.time());
    waiting += created.tasks();
    return List.of(
        Cost.rate("create rate", created.rate(), RawRows.BATCH_INSERTS),
        Cost.rate("run rate", run, RawRows.UPDATES));
  }
}
