package io.tasklane.bench.scenario;

import io.tasklane.bench.figure.Figures;
import io.tasklane.bench.figure.Measure;
import io.tasklane.bench.figure.Unit;
import io.tasklane.bench.figure.Usage;
import io.tasklane.bench.raw.Limits;
import io.tasklane.bench.raw.RawMessages;
import io.tasklane.bench.raw.RawRows;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * No-op tasks through one sequential queue. They wait in a paused queue, which is then resumed; as
 * many as take about the time that was asked for, by the rate of those that warm it up. What is
 * counted is tasks from the recorded start of the first to the recorded end of the last; from
 * outside the same is seen from the resume to the news of the end. The limit is single-row updates,
 * one commit each; the peer runs as many no-op tasks on one thread.
 */
@Command(
    name = "one-queue",
    description = "No-op tasks through one sequential queue.",
    mixinStandardHelpOptions = true)
public final class OneQueue extends Scenario {
  private static final int WARM_UP = 2000;
  private static final double GOAL_EACH = 1800;
  private static final double GOAL_GROUPED = 6000;

  @Mixin private Durability durability;

  @Override
  protected Figures measure(Setting setting) throws Exception {
    PausedQueue queue = PausedQueue.create(setting.calls(), "ONE", durability.queue());
    Limits limits =
        setting.limits(List.of(RawRows::updates, RawRows::inserts, RawRows::insertsWithUpdates));
    limits.measure();
    PausedQueue.Drain warm =
        setting.warmUp(WARM_UP, 1, count -> queue.run(count, TaskCalls.noop(queue.name())));
    int tasks = warm.tasksFor(setting.time().toSeconds());
    setting.remark("measuring " + tasks + " tasks ...");
    queue.fill(tasks, TaskCalls.noop(queue.name()));
    setting.meter().begin();
    PausedQueue.Drain drain = queue.drain();
    Usage usage = setting.meter().end();
    var peer = setting.peer("run", Integer.toString(tasks), "1");
    limits.measure();
    Figures figures =
        setting
            .figures()
            .add(
                Measure.of("one queue, " + durability, Unit.TASKS_PER_SECOND, drain.recordedRate())
                    .shall(durability.pick(GOAL_EACH, GOAL_GROUPED))
                    .against(limits.rate(RawRows.UPDATES))
                    .beside(Setting.peer(peer, "tasks_per_second"))
                    .costing(usage.each(tasks)))
            .detail("durability", durability.toString())
            .detail("tasks", tasks)
            .detail("outside_tasks_per_second", drain.outsideRate());
    limits
        .rate(RawMessages.NAME)
        .ifPresent(
            raw -> figures.detail("ratio_to_raw_messages", drain.recordedRate() / raw.value()));
    limits.tell(figures);
    return figures;
  }
}
