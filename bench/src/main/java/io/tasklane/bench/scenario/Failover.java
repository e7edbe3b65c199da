package io.tasklane.bench.scenario;

import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.tasklane.bench.faults.cluster.ClusterNode;
import io.tasklane.bench.figure.Figures;
import io.tasklane.bench.figure.Measure;
import io.tasklane.bench.figure.Quantiles;
import io.tasklane.bench.figure.Unit;
import io.tasklane.bench.figure.Usage;
import io.tasklane.bench.server.OwnNodes;
import io.tasklane.bench.server.Target;
import io.tasklane.v1.CancelTaskRequest;
import io.tasklane.v1.ListTaskTypesRequest;
import io.tasklane.v1.Queue;
import io.tasklane.v1.Task;
import io.tasklane.v1.TaskServiceGrpc;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import picocli.CommandLine.Command;

/**
 * How long the task of a node that is gone waits until it runs again, with a second node on the
 * same host. A task that sleeps runs on one of the two; the node is killed (SIGKILL), or falls
 * silent (SIGSTOP); what is counted is from that signal to the recorded start of the task's next
 * run on the other node, by one clock. Then the node comes back, and the next round begins. The
 * median of at least three rounds of each kind is told, and the longest. What a task costs is what
 * a round costs, with the start of the node that was killed.
 */
@Command(
    name = "failover",
    description = "Until the task of a killed or silent node runs again.",
    mixinStandardHelpOptions = true)
public final class Failover extends Scenario {
  private static final double GOAL_KILLED = 2;
  private static final double GOAL_SILENT = 10;
  private static final int FEWEST = 3;
  private static final Duration SLEEP = Duration.ofSeconds(120);
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final long LOOK_MILLIS = 20;

  @Override
  protected Target own(Path home, Consumer<String> remark) throws Exception {
    return OwnNodes.start(home, 2, remark);
  }

  @Override
  protected void check() {
    requireOwnServer("it kills nodes");
  }

  @Override
  protected Figures measure(Setting setting) throws Exception {
    List<ClusterNode> nodes = ((OwnNodes) setting.target()).nodes();
    List<ManagedChannel> channels = new ArrayList<>();
    try {
      Map<String, TaskCalls> desks = new HashMap<>();
      for (ClusterNode node : nodes) {
        channels.add(NettyChannelBuilder.forTarget(node.grpc()).usePlaintext().build());
        desks.put(node.name(), new TaskCalls(channels.get(channels.size() - 1), ""));
      }
      String queue = setting.calls().createQueue("FAILOVER", Queue.getDefaultInstance());
      setting.meter().begin();
      double[] killed = rounds(setting, nodes, desks, queue, Failover::kill);
      Usage kills = setting.meter().end().each(killed.length);
      setting.meter().begin();
      double[] silent = rounds(setting, nodes, desks, queue, ClusterNode::stop);
      Usage silences = setting.meter().end().each(silent.length);
      return setting
          .figures()
          .add(row("killed node: its task runs again, median", median(killed), GOAL_KILLED, kills))
          .add(
              row("killed node: its task runs again, longest", longest(killed), GOAL_KILLED, kills))
          .add(
              row(
                  "silent node: its task runs again, median",
                  median(silent),
                  GOAL_SILENT,
                  silences))
          .add(
              row(
                  "silent node: its task runs again, longest",
                  longest(silent),
                  GOAL_SILENT,
                  silences))
          .detail("kills", killed.length)
          .detail("silences", silent.length);
    } finally {
      channels.forEach(ManagedChannel::shutdownNow);
    }
  }

  private static void kill(ClusterNode node) {
    node.processes().forEach(ProcessHandle::destroyForcibly);
  }

  private static Measure row(String name, double seconds, double goal, Usage usage) {
    return Measure.of(name, Unit.SECONDS, seconds).shall(goal).costing(usage);
  }

  private static double median(double... seconds) {
    return new Quantiles(seconds).median();
  }

  private static double longest(double... seconds) {
    return new Quantiles(seconds).maximum();
  }

  private static double[] rounds(
      Setting setting,
      List<ClusterNode> nodes,
      Map<String, TaskCalls> desks,
      String queue,
      Consumer<ClusterNode> strike)
      throws InterruptedException {
    List<Double> seconds = new ArrayList<>();
    long until = System.nanoTime() + setting.time().toNanos();
    while (seconds.size() < FEWEST || System.nanoTime() < until) {
      setting.remark("round " + (seconds.size() + 1) + " ...");
      seconds.add(round(setting, nodes, desks, queue, strike));
    }
    return seconds.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static double round(
      Setting setting,
      List<ClusterNode> nodes,
      Map<String, TaskCalls> desks,
      String queue,
      Consumer<ClusterNode> strike)
      throws InterruptedException {
    String task = desks.get(nodes.get(0).name()).create(TaskCalls.sleep(queue, SLEEP)).getName();
    String runner = await(desks.get(nodes.get(0).name()), task, "").getWorker();
    ClusterNode struck =
        nodes.stream().filter(n -> runner.equals("nodes/" + n.name())).findFirst().orElseThrow();
    ClusterNode other = nodes.stream().filter(n -> n != struck).findFirst().orElseThrow();
    TaskCalls calls = desks.get(other.name());
    Instant begin = setting.clock().instant();
    strike.accept(struck);
    Task again = await(calls, task, runner);
    Instant start =
        Instant.ofEpochSecond(again.getStartTime().getSeconds(), again.getStartTime().getNanos());
    calls.tasks().cancelTask(CancelTaskRequest.newBuilder().setName(task).setForce(true).build());
    struck.goOn();
    awaitAnswer(desks.get(struck.name()));
    return Duration.between(begin, start).toNanos() / 1e9;
  }

  /** Waits until the task runs, on another node than this. */
  private static Task await(TaskCalls calls, String task, String notOn)
      throws InterruptedException {
    long begin = System.nanoTime();
    while (System.nanoTime() - begin < PATIENCE.toNanos()) {
      Task now = calls.get(task);
      if (now.getState() == Task.State.STATE_RUNNING && !now.getWorker().equals(notOn)) {
        return now;
      }
      Thread.sleep(LOOK_MILLIS);
    }
    throw new IllegalStateException(task + " did not run within " + PATIENCE);
  }

  /** Waits until the node serves again. */
  private static void awaitAnswer(TaskCalls calls) {
    TaskServiceGrpc.newBlockingStub(calls.channel())
        .withWaitForReady()
        .withDeadlineAfter(PATIENCE.toSeconds(), TimeUnit.SECONDS)
        .listTaskTypes(ListTaskTypesRequest.getDefaultInstance());
  }
}
