package io.tasklane.bench.scenario;

import io.tasklane.bench.figure.Figures;
import io.tasklane.bench.figure.Measure;
import io.tasklane.bench.figure.Quantiles;
import io.tasklane.bench.figure.Unit;
import io.tasklane.bench.figure.Usage;
import io.tasklane.bench.raw.Limits;
import io.tasklane.bench.raw.RawRows;
import io.tasklane.v1.CreateTaskRequest;
import io.tasklane.v1.Queue;
import io.tasklane.v1.Task;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * A chain of no-op tasks in one queue, of which each needs the success of the one before. It is
 * created in one request while the queue is paused. What is counted is milliseconds a hop, from the
 * recorded start of the first to the recorded end of the last; as many chains as fit into the time,
 * at least three, after one that does not count; the median of all. The limit is what one
 * single-row update takes.
 */
@Command(
    name = "chain",
    description = "A chain of no-op tasks, each needing the one before.",
    mixinStandardHelpOptions = true)
public final class Chain extends Scenario {
  private static final double GOAL = 0.6;
  private static final int FEWEST = 3;

  @Option(
      names = "--length",
      paramLabel = "N",
      description = "Tasks in the chain, 2 to 1000. Default: 1000.")
  private int length = 1000;

  @Override
  protected void check() {
    requireRange("--length", length, 2, 1000);
  }

  @Override
  protected Figures measure(Setting setting) throws Exception {
    TaskCalls calls = setting.calls();
    String queue = PausedQueue.create(calls, "CHAIN", Queue.getDefaultInstance()).name();
    Limits limits =
        setting.limits(List.of(RawRows::updates, RawRows::inserts, RawRows::insertsWithUpdates));
    limits.measure();
    setting.warmUp(1, i -> hopMillis(calls, queue, "warm-up-" + i));
    setting.remark("measuring ...");
    List<Double> hops = new ArrayList<>();
    setting.meter().begin();
    long start = System.nanoTime();
    while (hops.size() < FEWEST || System.nanoTime() - start < setting.time().toNanos()) {
      hops.add(hopMillis(calls, queue, "chain-" + hops.size()));
    }
    Usage usage = setting.meter().end();
    limits.measure();
    Quantiles all = new Quantiles(hops.stream().mapToDouble(Double::doubleValue).toArray());
    Figures figures =
        setting
            .figures()
            .add(
                Measure.of("chain of " + length + ", a hop", Unit.MILLISECONDS, all.median())
                    .shall(GOAL)
                    .against(limits.millis(RawRows.UPDATES))
                    .costing(usage.each((long) length * all.count())))
            .detail("length", length)
            .detail("chains", all.count())
            .detail("slowest_hop_ms", all.maximum());
    limits.tell(figures);
    return figures;
  }

  private double hopMillis(TaskCalls calls, String queue, String role) {
    List<CreateTaskRequest> requests = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      Task.Builder task = TaskCalls.noop(queue);
      if (i > 0) {
        task.addDependenciesBuilder().setTask("tasks/" + calls.id(role + "-" + (i - 1)));
      }
      requests.add(
          CreateTaskRequest.newBuilder().setTaskId(calls.id(role + "-" + i)).setTask(task).build());
    }
    List<Task> created = calls.createAll(requests);
    calls.resume(queue);
    Task last = calls.awaitSuccess(created.get(length - 1).getName());
    Task first = calls.get(created.get(0).getName());
    calls.pause(queue);
    return 1000 * TaskCalls.secondsBetween(first.getStartTime(), last.getEndTime()) / length;
  }
}
