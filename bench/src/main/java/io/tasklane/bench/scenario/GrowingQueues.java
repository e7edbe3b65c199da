package io.tasklane.bench.scenario;

import io.tasklane.bench.raw.RawRows;
import io.tasklane.v1.Queue;
import io.tasklane.v1.Task;
import java.util.ArrayList;
import java.util.List;

/**
 * More and more queues. Tasks are created over one stream, in turn in so many paused queues, where
 * they stay; and no-op tasks run through as many others, from the first recorded start to the last
 * recorded end. Those of smaller sizes are among those of the larger ones.
 */
final class GrowingQueues implements Growing {
  private static final int WARM_UP = 2000;

  private final Setting setting;
  private final Queue policy;
  private final List<Task.Builder> waiting = new ArrayList<>();
  private final List<PausedQueue> running = new ArrayList<>();
  private int each;

  GrowingQueues(Setting setting, Queue policy) {
    this.setting = setting;
    this.policy = policy;
  }

  @Override
  public void growTo(int count) {
    while (running.size() < count) {
      int number = running.size() + 1;
      running.add(PausedQueue.create(setting.desk(), "RUN_" + number, policy));
      PausedQueue filled = PausedQueue.create(setting.desk(), "FILL_" + number, policy);
      waiting.add(Desk.noop(filled.name()));
    }
    TaskStream.begin(setting.channel(), waiting, setting.warmUp()).join();
    int warmUp = Math.max(1, setting.warmUpTasks(WARM_UP) / count);
    PausedQueue.Drain warm = new PausedQueues(running).run(warmUp, Desk::noop);
    each = Math.max(1, warm.tasksFor(setting.time().toSeconds()) / count);
  }

  @Override
  public List<Cost> measure() {
    double created = TaskStream.begin(setting.channel(), waiting, setting.time()).join().rate();
    double run = new PausedQueues(running).run(each, Desk::noop).recordedRate();
    return List.of(
        Cost.rate("create rate", created, RawRows.BATCH_INSERTS),
        Cost.rate("run rate", run, RawRows.UPDATES));
  }
}
