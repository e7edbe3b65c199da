package io.tasklane.bench.scenario;

import io.tasklane.bench.figure.Figures;
import io.tasklane.bench.figure.Measure;
import io.tasklane.bench.figure.Unit;
import io.tasklane.bench.figure.Usage;
import io.tasklane.bench.raw.Limits;
import io.tasklane.bench.raw.RawRows;
import java.util.List;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * No-op tasks through many sequential queues at once. All wait in paused queues, which are then
 * resumed; as many as take about the time that was asked for, by the rate of those that warm it up.
 * What is counted is all tasks from the first recorded start to the last recorded end. The limit is
 * single-row updates by one client, which a group commit beats; the peer runs as many no-op tasks
 * on 16 threads.
 */
@Command(
    name = "all-queues",
    description = "No-op tasks through many sequential queues at once.",
    mixinStandardHelpOptions = true)
public final class AllQueues extends Scenario {
  private static final double GOAL = 10_000;
  private static final int WARM_UP = 300;

  @Mixin private Durability durability;

  @Option(
      names = "--queues",
      paramLabel = "N",
      description = "How many queues, 1 to 100. Default: 10.")
  private int queues = 10;

  @Override
  protected void check() {
    requireRange("--queues", queues, 1, 100);
  }

  @Override
  protected Figures measure(Setting setting) throws Exception {
    TaskCalls calls = setting.calls();
    PausedQueues all =
        new PausedQueues(
            IntStream.range(0, queues)
                .mapToObj(i -> PausedQueue.create(calls, "ALL_" + i, durability.queue()))
                .toList());
    Limits limits = setting.limits(List.of(RawRows::updates, RawRows::insertsWithUpdates));
    limits.measure();
    PausedQueue.Drain warm =
        setting.warmUp(WARM_UP, queues, count -> all.run(count, TaskCalls::noop));
    int each = Math.max(1, warm.tasksFor(setting.time().toSeconds()) / queues);
    setting.remark("measuring " + each + " tasks a queue ...");
    all.fill(each, TaskCalls::noop);
    setting.meter().begin();
    PausedQueue.Drain drain = all.drain();
    Usage usage = setting.meter().end();
    var peer = setting.peer("run", Integer.toString(drain.tasks()), "16");
    limits.measure();
    Figures figures =
        setting
            .figures()
            .add(
                Measure.of(
                        queues + " queues together, " + durability,
                        Unit.TASKS_PER_SECOND,
                        drain.recordedRate())
                    .shall(GOAL)
                    .against(limits.rate(RawRows.UPDATES))
                    .beside(Setting.peer(peer, "tasks_per_second"))
                    .costing(usage.each(drain.tasks())))
            .detail("durability", durability.toString())
            .detail("queues", queues)
            .detail("tasks", drain.tasks())
            .detail("outside_tasks_per_second", drain.outsideRate());
    limits.tell(figures);
    return figures;
  }
}
