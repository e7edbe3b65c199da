package io.tasklane.bench.scenario;

import io.tasklane.bench.raw.RawLimit;
import io.tasklane.bench.raw.RawRows;
import io.tasklane.v1.Queue;
import java.util.List;
import java.util.function.Function;

/** What can grow. */
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
  /** Clients that follow the events of one queue. */
  SUBSCRIBERS(
      "subscribers",
      List.of(10, 1000, 10_000),
      20_000,
      List.of(RawRows::inserts),
      (setting, queue, size, largest) -> new AudienceLoad(setting, queue, size));

  private final String thing;
  private final List<Integer> sizes;
  private final int most;
  private final List<Function<String, RawLimit>> limits;
  private final Making making;

  GrowthPart(
      String thing,
      List<Integer> sizes,
      int most,
      List<Function<String, RawLimit>> limits,
      Making making) {
    this.thing = thing;
    this.sizes = sizes;
    this.most = most;
    this.limits = limits;
    this.making = making;
  }

  /** As figures name it. */
  String thing() {
    return thing;
  }

  /** The sizes that are measured where none are asked for, from the smallest to the largest. */
  List<Integer> sizes() {
    return sizes;
  }

  /** The largest size that is allowed. */
  int most() {
    return most;
  }

  /** What of the database its rates are compared with. */
  List<Function<String, RawLimit>> limits() {
    return limits;
  }

  /** So much of it on a server, with queues like this one. */
  SizedLoad load(Setting setting, Queue queue, int size, int largest) {
    return making.load(setting, queue, size, largest);
  }

  /** Makes a load of one size, knowing the largest that will be measured. */
  private interface Making {
    SizedLoad load(Setting setting, Queue queue, int size, int largest);
  }
}
