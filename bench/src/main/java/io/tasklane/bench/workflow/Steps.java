package io.tasklane.bench.workflow;

import com.google.protobuf.ByteString;
import io.tasklane.bench.figure.Figures;
import io.tasklane.bench.figure.Measure;
import io.tasklane.bench.figure.Quantiles;
import io.tasklane.bench.figure.Unit;
import io.tasklane.bench.figure.Usage;
import io.tasklane.bench.raw.Limits;
import io.tasklane.bench.raw.RawRows;
import io.tasklane.bench.scenario.Scenario;
import io.tasklane.bench.scenario.Setting;
import io.tasklane.bench.scenario.TaskCalls;
import io.tasklane.v1.Payload;
import io.tasklane.v1.Queue;
import io.tasklane.v1.Task;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Durable steps of one handler, one after another, each with a small result and a body that does
 * nothing. What is counted is steps a second, from the recorded start of the task to its recorded
 * end; as many tasks as fit into the time, at least three, after one that does not count; the
 * median of all. The limit is what single-row inserts take, each durable before the next begins.
 */
@Command(
    name = "steps",
    description = "Durable steps in one handler, one after another.",
    mixinStandardHelpOptions = true)
public final class Steps extends Scenario {
  private static final int FEWEST = 3;

  @Option(
      names = "--length",
      paramLabel = "N",
      description = "Steps of one task, 1 to 999. Default: 999.")
  private int length = 999;

  @Override
  protected void check() {
    requireRange("--length", length, 1, 999);
  }

  @Override
  protected Figures measure(Setting setting) throws Exception {
    TaskCalls calls = setting.calls();
    String queue = calls.createQueue("STEPS", Queue.getDefaultInstance());
    Limits limits = setting.limits(List.of(RawRows::inserts));
    limits.measure();
    setting.warmUp(1, i -> rate(calls, queue));
    setting.remark("measuring ...");
    List<Double> rates = new ArrayList<>();
    setting.meter().begin();
    long start = System.nanoTime();
    while (rates.size() < FEWEST || System.nanoTime() - start < setting.time().toNanos()) {
      rates.add(rate(calls, queue));
    }
    Usage usage = setting.meter().end();
    limits.measure();
    Quantiles all = new Quantiles(rates.stream().mapToDouble(Double::doubleValue).toArray());
    Figures figures =
        setting
            .figures()
            .add(
                Measure.of("durable steps in one handler", Unit.STEPS_PER_SECOND, all.median())
                    .against(limits.rate(RawRows.INSERTS))
                    .costing(usage.each((long) length * all.count())))
            .detail("length", length)
            .detail("tasks", all.count());
    limits.tell(figures);
    return figures;
  }

  private double rate(TaskCalls calls, String queue) {
    Task.Builder task =
        Task.newBuilder()
            .setQueue(queue)
            .setTaskType("system.steps")
            .setInput(
                Payload.newBuilder()
                    .setContentType("application/json")
                    .setInline(ByteString.copyFromUtf8("{\"steps\":" + length + "}")));
    Task ended = calls.awaitSuccess(calls.create(task).getName());
    return length / TaskCalls.secondsBetween(ended.getStartTime(), ended.getEndTime());
  }
}
