package io.tasklane.bench.scenario;

import io.tasklane.bench.figure.Figures;
import io.tasklane.bench.figure.Measure;
import io.tasklane.bench.figure.Reference;
import io.tasklane.bench.figure.Unit;
import io.tasklane.bench.figure.Usage;
import io.tasklane.bench.raw.Limits;
import io.tasklane.bench.raw.RawSleep;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * Tasks that take 5 ms each through three sequential queues at once. Were there nothing between two
 * tasks, each queue would end 200 a second: that is the ideal, and what is counted is the share of
 * it that all three reach together, from the first recorded start to the last recorded end. The
 * limit is the share that one thread reaches which only sleeps 5 ms again and again.
 */
@Command(
    name = "three-queues-5ms",
    description = "Tasks of 5 ms through three sequential queues: share of the ideal.",
    mixinStandardHelpOptions = true)
public final class ThreeQueues extends Scenario {
  private static final Duration TASK = Duration.ofMillis(5);
  private static final int QUEUES = 3;
  private static final int WARM_UP = 200;
  private static final double GOAL_EACH = 0.78;
  private static final double GOAL_GROUPED = 0.91;

  @Mixin private Durability durability;

  @Override
  protected Figures measure(Setting setting) throws Exception {
    TaskCalls calls = setting.calls();
    PausedQueues three =
        new PausedQueues(
            IntStream.range(0, QUEUES)
                .mapToObj(i -> PausedQueue.create(calls, "THREE_" + i, durability.queue()))
                .toList());
    Limits limits = setting.limits(new RawSleep(TASK));
    limits.measure();
    PausedQueue.Drain warm =
        setting.warmUp(
            WARM_UP, QUEUES, count -> three.run(count, queue -> TaskCalls.sleep(queue, TASK)));
    int each = warm.tasksFor(setting.time().toSeconds()) / QUEUES;
    setting.remark("measuring " + each + " tasks a queue ...");
    three.fill(each, queue -> TaskCalls.sleep(queue, TASK));
    setting.meter().begin();
    PausedQueue.Drain drain = three.drain();
    Usage usage = setting.meter().end();
    limits.measure();
    double ideal = 1.0 / TASK.toMillis() * 1000;
    Optional<Reference> sleepAlone =
        limits.rate(RawSleep.NAME).map(raw -> new Reference(raw.name(), raw.value() / ideal));
    Figures figures =
        setting
            .figures()
            .add(
                Measure.of(
                        "three queues of 5 ms tasks, " + durability,
                        Unit.SHARE,
                        drain.recordedRate() / QUEUES / ideal)
                    .shall(durability.pick(GOAL_EACH, GOAL_GROUPED))
                    .against(sleepAlone)
                    .costing(usage.each(drain.tasks())))
            .detail("durability", durability.toString())
            .detail("tasks", drain.tasks())
            .detail("recorded_tasks_per_second", drain.recordedRate());
    limits.tell(figures);
    return figures;
  }
}
