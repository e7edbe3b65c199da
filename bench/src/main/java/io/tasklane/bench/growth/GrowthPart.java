package io.tasklane.bench.growth;

import io.tasklane.bench.raw.RawLimit;
import io.tasklane.bench.raw.RawRows;
import io.tasklane.bench.scenario.Setting;
import io.tasklane.v1.Queue;
import java.util.List;
import java.util.function.Function;

/** What can grow, with its usual sizes and the load that measures it. */
enum GrowthPart {
  /** Sequential queues that run side by side. */
  QUEUES(
      "queues",
      List.of(1, 3, 10, 100),
      500,
      List.of(RawRows::batchInserts, RawRows::updates),
      (setting, queue, size, largest) -> new QueuesLoad(setting, queue, size)),
  /** Tasks that wait in one queue. */
  WAITING(
      "tasks waiting",
      List.of(1000, 100_000, 1_000_000),
      10_000_000,
      List.of(RawRows::batchInserts, RawRows::updates),
      (setting, queue, size, largest) -> new BacklogLoad(setting, queue, size)),
  /** Nodes on one database and one broker, all on this machine. */
  NODES(
      "nodes",
      List.of(1, 2, 3),
      8,
      List.of(RawRows::batchInserts, RawRows::updates),
      NodesLoad::new),
  /** Clients that subscribe to the events of one queue. */
  SUBSCRIBERS(
      "subscribers",
      List.of(10, 1000, 10_000),
      20_000,
      List.of(RawRows::inserts),
      (setting, queue, size, largest) -> new SubscribersLoad(setting, queue, size));

  private final String thing;
  private final List<Integer> sizes;
  private final int most;
  private final List<Function<String, RawLimit>> limits;
  private final LoadFactory factory;

  GrowthPart(
      String thing,
      List<Integer> sizes,
      int most,
      List<Function<String, RawLimit>> limits,
      LoadFactory factory) {
    this.thing = thing;
    this.sizes = sizes;
    this.most = most;
    this.limits = limits;
    this.factory = factory;
  }

  /** How figures name it. */
  String thing() {
    return thing;
  }

  /** The default sizes, in ascending order. */
  List<Integer> sizes() {
    return sizes;
  }

  /** The largest size that is allowed. */
  int most() {
    return most;
  }

  /** The raw database rates that its rates are compared with, by JDBC URL. */
  List<Function<String, RawLimit>> limits() {
    return limits;
  }

  /**
   * The load of one size.
   *
   * @param setting the server and its meters
   * @param queue settings of the queues that it creates
   * @param size how many
   * @param largest the largest size that will be measured
   */
  SizedLoad load(Setting setting, Queue queue, int size, int largest) {
    return factory.load(setting, queue, size, largest);
  }

  /** Creates a load of one size, knowing the largest that will be measured. */
  private interface LoadFactory {
    SizedLoad load(Setting setting, Queue queue, int size, int largest);
  }
}
