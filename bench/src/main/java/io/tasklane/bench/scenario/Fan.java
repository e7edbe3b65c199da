package io.tasklane.bench.scenario;

import io.grpc.StatusRuntimeException;
import io.tasklane.bench.figure.Figures;
import io.tasklane.bench.figure.Measure;
import io.tasklane.bench.figure.Quantiles;
import io.tasklane.bench.figure.Reference;
import io.tasklane.bench.figure.Unit;
import io.tasklane.bench.figure.Usage;
import io.tasklane.bench.raw.Limits;
import io.tasklane.bench.raw.RawRows;
import io.tasklane.v1.CreateTaskRequest;
import io.tasklane.v1.Queue;
import io.tasklane.v1.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * One no-op task, then many that need it, then one that needs them all. The many run in one queue
 * of concurrency 50; where the server does not serve that, in 50 queues that run one task at a time
 * each, and the figures say so. All are created while the first's queue is paused. What is counted
 * is the time from the recorded start of the first to the recorded end of the last; as many times
 * as fit, at least three, after two that do not count; the median of all. The limit is what as many
 * single-row updates take one after another, which a group commit beats.
 */
@Command(
    name = "fan",
    description = "One task, then many that need it, then one that needs them all.",
    mixinStandardHelpOptions = true)
public final class Fan extends Scenario {
  private static final double GOAL = 0.3;
  private static final int CONCURRENCY = 50;
  private static final int WARM_UP = 2;
  private static final int FEWEST = 3;

  @Option(
      names = "--width",
      paramLabel = "N",
      description = "Tasks in the middle, 1 to 1000. Default: 1000.")
  private int width = 1000;

  @Override
  protected void check() {
    requireRange("--width", width, 1, 1000);
  }

  @Override
  protected Figures measure(Setting setting) throws Exception {
    TaskCalls calls = setting.calls();
    String ends = PausedQueue.create(calls, "FAN_ENDS", Queue.getDefaultInstance()).name();
    List<String> middle = middle(calls);
    setting.remark("the middle runs in " + middle.size() + " queue(s)");
    Limits limits = setting.limits(List.of(RawRows::updates));
    limits.measure();
    setting.warmUp(WARM_UP, i -> seconds(calls, ends, middle, "warm-up-" + i));
    setting.remark("measuring ...");
    List<Double> times = new ArrayList<>();
    setting.meter().begin();
    long start = System.nanoTime();
    while (times.size() < FEWEST || System.nanoTime() - start < setting.time().toNanos()) {
      times.add(seconds(calls, ends, middle, "fan-" + times.size()));
    }
    Usage usage = setting.meter().end();
    limits.measure();
    Quantiles all = new Quantiles(times.stream().mapToDouble(Double::doubleValue).toArray());
    String name = "1 to %,d to 1, concurrency %d".formatted(width, CONCURRENCY);
    Figures figures =
        setting
            .figures()
            .add(
                Measure.of(name, Unit.SECONDS, all.median())
                    .shall(GOAL)
                    .against(limits.millis(RawRows.UPDATES).map(this::asManyInSequence))
                    .costing(usage.each((width + 2L) * all.count())))
            .detail("width", width)
            .detail("concurrency_by", middle.size() == 1 ? "one queue" : "queues of one at a time")
            .detail("queues_of_the_middle", middle.size())
            .detail("times", all.count())
            .detail("slowest_seconds", all.maximum());
    limits.tell(figures);
    return figures;
  }

  private Reference asManyInSequence(Reference millis) {
    return new Reference(millis.name() + ", as many", millis.value() * (width + 2) / 1000);
  }

  private static List<String> middle(TaskCalls calls) {
    try {
      Queue wide = Queue.newBuilder().setConcurrency(CONCURRENCY).build();
      return List.of(calls.createQueue("FAN", wide));
    } catch (StatusRuntimeException refused) {
      if (!String.valueOf(refused.getMessage()).contains("concurrency")) {
        throw refused;
      }
      return IntStream.range(0, CONCURRENCY)
          .mapToObj(i -> calls.createQueue("FAN_" + i, Queue.getDefaultInstance()))
          .toList();
    }
  }

  private double seconds(TaskCalls calls, String ends, List<String> middle, String role) {
    List<CreateTaskRequest> requests = new ArrayList<>();
    requests.add(request(calls.id(role + "-first"), TaskCalls.noop(ends)));
    Task.Builder last = TaskCalls.noop(ends);
    for (int i = 0; i < width; i++) {
      Task.Builder task = TaskCalls.noop(middle.get(i % middle.size()));
      task.addDependenciesBuilder().setTask("tasks/" + calls.id(role + "-first"));
      last.addDependenciesBuilder().setTask("tasks/" + calls.id(role + "-" + i));
      requests.add(request(calls.id(role + "-" + i), task));
    }
    requests.add(request(calls.id(role + "-last"), last));
    List<Task> created = calls.createAll(requests);
    calls.resume(ends);
    Task end = calls.awaitSuccess(created.get(created.size() - 1).getName());
    Task begin = calls.get(created.get(0).getName());
    calls.pause(ends);
    return TaskCalls.secondsBetween(begin.getStartTime(), end.getEndTime());
  }

  private static CreateTaskRequest request(String id, Task.Builder task) {
    return CreateTaskRequest.newBuilder().setTaskId(id).setTask(task).build();
  }
}
