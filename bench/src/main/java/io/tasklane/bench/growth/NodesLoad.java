package io.tasklane.bench.growth;

import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.tasklane.bench.figure.Grown;
import io.tasklane.bench.figure.Usage;
import io.tasklane.bench.raw.RawRows;
import io.tasklane.bench.scenario.PausedQueue;
import io.tasklane.bench.scenario.PausedQueues;
import io.tasklane.bench.scenario.Setting;
import io.tasklane.bench.scenario.TaskCalls;
import io.tasklane.bench.scenario.TaskStream;
import io.tasklane.bench.server.OwnServer;
import io.tasklane.v1.Queue;
import io.tasklane.v1.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/**
 * A number of nodes on one database and one broker. The load is the same at every size: no-op tasks
 * run through twelve queues, which the nodes distribute among themselves; then as many streams as
 * the largest size has nodes, spread over the nodes that there are, create tasks in the same queues
 * while they are paused. How many of the queues each node owned is a detail of the figures.
 */
final class NodesLoad implements SizedLoad {
  private static final int QUEUES = 12;
  private static final int WARM_UP = 2000;
  private static final long POLL_MILLIS = 200;
  private static final Duration STABLE = Duration.ofSeconds(3);
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Setting setting;
  private final OwnServer server;
  private final int count;
  private final int streams;
  private final List<ManagedChannel> channels = new ArrayList<>();
  private final PausedQueues queues;
  private final List<Task.Builder> tasks;
  private int each;

  NodesLoad(Setting setting, Queue policy, int count, int largest) {
    this.setting = setting;
    this.server = (OwnServer) setting.target();
    this.count = count;
    this.streams = largest;
    channels.add(setting.channel());
    queues =
        new PausedQueues(
            IntStream.rangeClosed(1, QUEUES)
                .mapToObj(i -> PausedQueue.create(setting.calls(), "QUEUE_" + i, policy))
                .toList());
    tasks = queues.queues().stream().map(queue -> TaskCalls.noop(queue.name())).toList();
  }

  @Override
  public void warmUp() throws Exception {
    while (channels.size() < count) {
      String grpc = server.join("bench-" + (channels.size() + 1));
      channels.add(NettyChannelBuilder.forTarget(grpc).usePlaintext().build());
    }
    awaitOwners();
    PausedQueue.Drain warm =
        setting.warmUp(WARM_UP / QUEUES, QUEUES, count -> queues.run(count, TaskCalls::noop));
    each = warm.tasksFor(setting.time().toSeconds()) / QUEUES;
  }

  @Override
  public List<Cost> measure() throws Exception {
    queues.fill(each, TaskCalls::noop);
    setting.meter().begin();
    PausedQueue.Drain run = queues.drain();
    Usage runs = setting.meter().end().each(run.tasks());
    owners().forEach(this::addDetail);
    create(setting.shortWarmUp());
    setting.meter().begin();
    TaskStream.Created created = create(setting.time());
    Usage creates = setting.meter().end().each(created.tasks());
    return List.of(
        Cost.rate("create rate", created.rate(), RawRows.BATCH_INSERTS, creates),
        Cost.rate("run rate", run.recordedRate(), RawRows.UPDATES, runs));
  }

  private void addDetail(String node, int owned) {
    setting.figures().detail(new Grown("nodes", count, "queues of " + node).name(), owned);
  }

  private TaskStream.Created create(Duration time) {
    List<CompletableFuture<TaskStream.Created>> all = new ArrayList<>();
    for (int i = 0; i < streams; i++) {
      all.add(TaskStream.begin(channels.get(i % channels.size()), tasks, time));
    }
    return all.stream().map(CompletableFuture::join).reduce(TaskStream.Created::and).orElseThrow();
  }

  /**
   * Waits until all queues are owned, every node owns some, and no ownership has changed for a
   * while.
   */
  private void awaitOwners() throws InterruptedException {
    long begin = System.nanoTime();
    long change = begin;
    Map<String, Integer> before = Map.of();
    while (!isDistributed(before) || System.nanoTime() - change < STABLE.toNanos()) {
      if (System.nanoTime() - begin > PATIENCE.toNanos()) {
        throw new IllegalStateException("the queues are not shared out: " + before);
      }
      Thread.sleep(POLL_MILLIS);
      Map<String, Integer> now = owners();
      change = now.equals(before) ? change : System.nanoTime();
      before = now;
    }
  }

  private boolean isDistributed(Map<String, Integer> owners) {
    return owners.size() == count
        && owners.values().stream().mapToInt(Integer::intValue).sum() == QUEUES;
  }

  /** How many of the queues each node owns. */
  private Map<String, Integer> owners() {
    Map<String, Integer> owners = new TreeMap<>();
    for (PausedQueue queue : queues.queues()) {
      String owner = setting.calls().owner(queue.name());
      if (!owner.isEmpty()) {
        owners.merge(owner, 1, Integer::sum);
      }
    }
    return owners;
  }

  @Override
  public void close() {
    channels.stream().skip(1).forEach(ManagedChannel::shutdownNow);
  }
}
