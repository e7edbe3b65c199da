package io.tasklane.bench.scenario;

import com.google.protobuf.util.Timestamps;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.tasklane.bench.figure.Figures;
import io.tasklane.bench.figure.Grown;
import io.tasklane.bench.figure.Measure;
import io.tasklane.bench.figure.Unit;
import io.tasklane.bench.figure.Usage;
import io.tasklane.bench.server.OwnServer;
import io.tasklane.bench.server.ServerMeter;
import io.tasklane.bench.server.Target;
import io.tasklane.v1.Queue;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * How a fresh server becomes fast: rate and processor time a task, slice by slice from its ready
 * line on. Each kind of work has a server of its own. First tasks are created one at a time with a
 * request_id by one client, in a paused queue. Then no-op tasks run through one queue; they were
 * created before the server was started again, so that it does nothing else. Nothing is warmed up,
 * and the server is not given time to become quiet between slices.
 */
@Command(
    name = "warm-up",
    description = "Rate and processor time a task of a fresh server, slice by slice.",
    mixinStandardHelpOptions = true)
public final class WarmUp extends Scenario {
  private static final String THING = "seconds after the ready line";
  private static final int TWO_MINUTES = 120;
  // More than a queue can run in that time.
  private static final int TASKS_A_SECOND = 2500;

  @Option(
      names = "--slice",
      paramLabel = "N",
      description = "Seconds of one slice, 1 to --seconds. Default: ${DEFAULT-VALUE}.")
  private int slice = 10;

  private boolean createsDone;
  private String filled;

  /**
   * What is known at the end of a slice.
   *
   * @param time when that was
   * @param nanos the same by this JVM's clock
   * @param used by the server since its start
   */
  private record Mark(Instant time, long nanos, Usage used) {
    static Mark now(Setting setting) throws Exception {
      return new Mark(setting.clock().instant(), System.nanoTime(), setting.meter().now());
    }
  }

  @Override
  protected int usualSeconds() {
    return TWO_MINUTES;
  }

  @Override
  protected void check() {
    requireOwnServer("it measures a fresh one");
    requireRange("--slice", slice, 1, seconds());
  }

  @Override
  protected int servers() {
    return 2;
  }

  @Override
  protected Target own(Path home, Consumer<String> remark) throws Exception {
    OwnServer server = (OwnServer) super.own(home, remark);
    if (createsDone) {
      try {
        fill(server, remark);
        remark.accept("starting it again ...");
        server.restart();
      } catch (Exception failed) {
        server.close();
        throw failed;
      }
    }
    return server;
  }

  private void fill(OwnServer server, Consumer<String> remark) {
    ManagedChannel channel = NettyChannelBuilder.forTarget(server.grpc()).usePlaintext().build();
    try {
      TaskCalls calls = new TaskCalls(channel, "WARM");
      filled = PausedQueue.create(calls, "UP", Queue.getDefaultInstance()).name();
      int tasks = seconds() * TASKS_A_SECOND;
      remark.accept("creating " + tasks + " tasks ...");
      TaskStream.count(channel, TaskCalls.noop(filled), tasks);
    } finally {
      channel.shutdownNow();
    }
  }

  @Override
  protected Figures measure(Setting setting) throws Exception {
    if (!createsDone) {
      createsDone = true;
      creates(setting);
    } else {
      turns(setting);
    }
    return setting.figures().detail("seconds_a_slice", slice);
  }

  private void creates(Setting setting) throws Exception {
    setting.remark("creating ...");
    Mark start = Mark.now(setting);
    Mark before = start;
    TaskCalls calls = setting.calls();
    String queue = PausedQueue.create(calls, "WARM_UP", Queue.getDefaultInstance()).name();
    long[] count = {0};
    for (int second = slice; second <= seconds(); second += slice) {
      long first = count[0];
      Runnable one =
          () ->
              calls
                  .tasks()
                  .createTask(
                      Client.CAREFUL
                          .request(calls.id("warm-up-" + count[0]++))
                          .setTask(TaskCalls.noop(queue))
                          .build());
      Pace.of(one, Duration.ofNanos(left(start, second)));
      Mark now = Mark.now(setting);
      add(setting, "create rate", second, count[0] - first, before, now);
      before = now;
    }
  }

  private void turns(Setting setting) throws Exception {
    setting.remark("running ...");
    List<Mark> marks = new ArrayList<>(List.of(Mark.now(setting)));
    setting.calls().resume(filled);
    for (int second = slice; second <= seconds(); second += slice) {
      TimeUnit.NANOSECONDS.sleep(left(marks.get(0), second));
      marks.add(Mark.now(setting));
    }
    setting.calls().pause(filled);
    setting.remark("reading when the tasks ended ...");
    List<Instant> ends =
        setting
            .calls()
            .list("queue = \"" + filled + "\" AND state = SUCCEEDED", "end_time")
            .stream()
            .map(task -> Instant.EPOCH.plusNanos(Timestamps.toNanos(task.getEndTime())))
            .toList();
    if (ends.size() == seconds() * TASKS_A_SECOND) {
      setting.remark("the queue ran empty: the last slices say too little");
    }
    for (int i = 1; i < marks.size(); i++) {
      Mark from = marks.get(i - 1);
      Mark to = marks.get(i);
      long count =
          ends.stream().filter(e -> e.isAfter(from.time()) && !e.isAfter(to.time())).count();
      add(setting, "one-queue rate", i * slice, count, from, to);
    }
  }

  private static long left(Mark start, int second) {
    long end = start.nanos() + TimeUnit.SECONDS.toNanos(second);
    return Math.max(0, end - System.nanoTime());
  }

  private static void add(
      Setting setting, String quantity, int second, long count, Mark from, Mark to) {
    double rate = count * 1e9 / (to.nanos() - from.nanos());
    Usage each = ServerMeter.between(from.used(), to.used()).each(Math.max(1, count));
    setting
        .figures()
        .add(
            Measure.of(new Grown(THING, second, quantity).name(), Unit.TASKS_PER_SECOND, rate)
                .costing(each));
  }
}
