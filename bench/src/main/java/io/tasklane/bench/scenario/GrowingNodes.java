package io.tasklane.bench.scenario;

import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.tasklane.bench.figure.Grown;
import io.tasklane.bench.raw.RawRows;
import io.tasklane.bench.server.OwnServer;
import io.tasklane.v1.Queue;
import io.tasklane.v1.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/**
 * More and more nodes on one database and one broker. The load is the same at every size: as many
 * streams as there will be nodes create tasks in paused queues, divided among the nodes that there
 * are; and no-op tasks run through twelve queues, which the nodes share out among themselves. What
 * every node owned of these is told beside it.
 */
final class GrowingNodes implements Growing {
  private static final int QUEUES = 12;
  private static final int WARM_UP = 2000;
  private static final long LOOK_MILLIS = 200;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Setting setting;
  private final OwnServer server;
  private final int streams;
  private final List<ManagedChannel> channels = new ArrayList<>();
  private final List<PausedQueue> running = new ArrayList<>();
  private final List<Task.Builder> waiting = new ArrayList<>();
  private int each;

  GrowingNodes(Setting setting, Queue policy, int largest) {
    this.setting = setting;
    this.server = (OwnServer) setting.target();
    this.streams = largest;
    channels.add(setting.channel());
    // By turns, since a node that joins is given neighbours.
    for (int i = 1; i <= QUEUES; i++) {
      running.add(PausedQueue.create(setting.desk(), "RUN_" + i, policy));
      PausedQueue filled = PausedQueue.create(setting.desk(), "FILL_" + i, policy);
      waiting.add(Desk.noop(filled.name()));
    }
  }

  @Override
  public void growTo(int count) throws Exception {
    while (channels.size() < count) {
      String grpc = server.join("bench-" + (channels.size() + 1));
      channels.add(NettyChannelBuilder.forTarget(grpc).usePlaintext().build());
    }
    awaitOwners(count);
    create(setting.warmUp());
    int warmUp = Math.max(1, setting.warmUpTasks(WARM_UP) / QUEUES);
    PausedQueue.Drain warm = new PausedQueues(running).run(warmUp, Desk::noop);
    each = Math.max(1, warm.tasksFor(setting.time().toSeconds()) / QUEUES);
  }

  @Override
  public List<Cost> measure() {
    double created = create(setting.time()).rate();
    double run = new PausedQueues(running).run(each, Desk::noop).recordedRate();
    owners()
        .forEach(
            (node, queues) ->
                setting
                    .figures()
                    .detail(
                        new Grown("nodes", channels.size(), "queues of " + node).name(), queues));
    return List.of(
        Cost.rate("create rate", created, RawRows.BATCH_INSERTS),
        Cost.rate("run rate", run, RawRows.UPDATES));
  }

  private TaskStream.Created create(Duration time) {
    List<CompletableFuture<TaskStream.Created>> all = new ArrayList<>();
    for (int i = 0; i < streams; i++) {
      all.add(TaskStream.begin(channels.get(i % channels.size()), waiting, time));
    }
    return all.stream().map(CompletableFuture::join).reduce(TaskStream.Created::and).orElseThrow();
  }

  /** Waits until each of so many nodes owns a fair share, give or take one, of the queues. */
  private void awaitOwners(int nodes) throws InterruptedException {
    long begin = System.nanoTime();
    int fair = Math.max(1, QUEUES / nodes - 1);
    while (owners().size() < nodes || owners().values().stream().anyMatch(own -> own < fair)) {
      if (System.nanoTime() - begin > PATIENCE.toNanos()) {
        throw new IllegalStateException("queues are not shared out: " + owners());
      }
      Thread.sleep(LOOK_MILLIS);
    }
  }

  /** How many of the queues each node owns. */
  private Map<String, Integer> owners() {
    Map<String, Integer> owners = new TreeMap<>();
    for (PausedQueue queue : running) {
      String owner = setting.desk().owner(queue.name());
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
