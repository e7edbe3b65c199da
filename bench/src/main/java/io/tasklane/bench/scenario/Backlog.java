package io.tasklane.bench.scenario;

import io.tasklane.bench.figure.Figures;
import io.tasklane.bench.figure.Measure;
import io.tasklane.bench.figure.Unit;
import io.tasklane.bench.figure.Usage;
import io.tasklane.v1.Queue;
import io.tasklane.v1.Task;
import java.time.Duration;

/**
 * What a backlog costs. Twice the same is measured: so many no-op tasks as take about half the time
 * run through a queue, and tasks are created in it over one stream for half the time. The first
 * time nothing else waits; the second time a backlog of priority 1 waits in the same queue, below
 * those that run. What is told is the second rate as a share of the first. The largest resident
 * memory of the server's processes is told where they are the bench's own.
 */
abstract class Backlog extends Scenario {
  private static final int WARM_UP = 2000;
  private static final int LOW = 1;

  private final String name;
  private final int waiting;
  private final double goal;

  Backlog(String name, int waiting, double goal) {
    this.name = name;
    this.waiting = waiting;
    this.goal = goal;
  }

  @Override
  protected final Figures measure(Setting setting) throws Exception {
    TaskCalls calls = setting.calls();
    PausedQueue queue = PausedQueue.create(calls, "BACKLOG", Queue.getDefaultInstance());
    PausedQueue aside = PausedQueue.create(calls, "ASIDE", Queue.getDefaultInstance());
    TaskStream.during(setting.channel(), low(aside), setting.shortWarmUp());
    PausedQueue.Drain warm =
        setting.warmUp(WARM_UP, 1, count -> queue.run(count, TaskCalls.noop(queue.name())));
    int tasks = warm.tasksFor(setting.time().toSeconds() / 2.0);
    Duration half = setting.time().dividedBy(2);
    setting.remark("measuring with nothing waiting ...");
    double takeEmpty = queue.run(tasks, TaskCalls.noop(queue.name())).recordedRate();
    var createEmpty = TaskStream.during(setting.channel(), low(queue), half);
    setting.remark("filling in up to " + waiting + " tasks ...");
    long missing = Math.max(1, waiting - createEmpty.tasks());
    var filled = TaskStream.count(setting.channel(), low(queue), missing);
    setting.remark("measuring with " + (createEmpty.tasks() + missing) + " waiting ...");
    queue.fill(tasks, TaskCalls.noop(queue.name()));
    setting.meter().begin();
    double takeFull = queue.drain().recordedRate();
    Usage take = setting.meter().end();
    setting.meter().begin();
    var createFull = TaskStream.during(setting.channel(), low(queue), half);
    Usage create = setting.meter().end();
    String label = "backlog of %,d: ".formatted(waiting);
    Figures figures =
        setting
            .figures()
            .add(
                Measure.of(
                        label + "create rate", Unit.SHARE, createFull.rate() / createEmpty.rate())
                    .shall(goal)
                    .costing(create.each(createFull.tasks())))
            .add(
                Measure.of(label + "take rate", Unit.SHARE, takeFull / takeEmpty)
                    .shall(goal)
                    .costing(take.each(tasks)))
            .detail("waiting", createEmpty.tasks() + missing)
            .detail("tasks", tasks)
            .detail("create_per_second_empty", createEmpty.rate())
            .detail("create_per_second_full", createFull.rate())
            .detail("take_per_second_empty", takeEmpty)
            .detail("take_per_second_full", takeFull)
            .detail("filled_in_per_second", filled.rate());
    setting
        .target()
        .peakMemory()
        .forEach((process, megabytes) -> figures.detail("peak_rss_mb_" + process, megabytes));
    return figures;
  }

  private static Task.Builder low(PausedQueue queue) {
    return TaskCalls.noop(queue.name()).setPriority(LOW);
  }
}
