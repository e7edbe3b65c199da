package io.tasklane.bench.growth;

import io.tasklane.bench.figure.Usage;
import io.tasklane.bench.raw.RawRows;
import io.tasklane.bench.scenario.PausedQueue;
import io.tasklane.bench.scenario.PausedQueues;
import io.tasklane.bench.scenario.Setting;
import io.tasklane.bench.scenario.TaskCalls;
import io.tasklane.bench.scenario.TaskStream;
import io.tasklane.v1.Queue;
import io.tasklane.v1.Task;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A number of queues. No-op tasks run through all of them at once, measured from the first recorded
 * start to the last recorded end; then tasks are created over one stream in each of them in turn
 * while they are paused.
 */
final class QueuesLoad implements SizedLoad {
  private static final int WARM_UP = 2000;

  private final Setting setting;
  private final PausedQueues queues;
  private final List<Task.Builder> tasks;
  private int each;

  QueuesLoad(Setting setting, Queue policy, int count) {
    this.setting = setting;
    this.queues =
        new PausedQueues(
            IntStream.rangeClosed(1, count)
                .mapToObj(i -> PausedQueue.create(setting.calls(), "QUEUE_" + i, policy))
                .toList());
    this.tasks = queues.queues().stream().map(queue -> TaskCalls.noop(queue.name())).toList();
  }

  @Override
  public void warmUp() {
    int count = tasks.size();
    int first = Math.max(1, WARM_UP / count);
    PausedQueue.Drain warm = setting.warmUp(first, count, n -> queues.run(n, TaskCalls::noop));
    each = Math.max(1, warm.tasksFor(setting.time().toSeconds()) / count);
  }

  @Override
  public List<Cost> measure() throws Exception {
    queues.fill(each, TaskCalls::noop);
    setting.meter().begin();
    PausedQueue.Drain run = queues.drain();
    Usage runs = setting.meter().end().each(run.tasks());
    TaskStream.begin(setting.channel(), tasks, setting.shortWarmUp()).join();
    setting.meter().begin();
    var created = TaskStream.begin(setting.channel(), tasks, setting.time()).join();
    Usage creates = setting.meter().end().each(created.tasks());
    return List.of(
        Cost.rate("create rate", created.rate(), RawRows.BATCH_INSERTS, creates),
        Cost.rate("run rate", run.recordedRate(), RawRows.UPDATES, runs));
  }
}
