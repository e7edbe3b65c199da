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
      (setting, queue, most) -> new GrowingQueues(setting, queue)),
  /** Tasks that wait in one queue. */
  WAITING(
      "tasks waiting",
      List.of(1000, 100_000, 1_000_000),
      10_000_000,
      List.of(RawRows::batchInserts, RawRows::updates),
      (setting, queue, most) -> new GrowingBacklog(setting, queue)),
  /** Nodes on one database and one broker, all on this machine. */
  NODES(
      "nodes",
      List.of(1, 2, 3),
      8,
      List.of(RawRows::batchInserts, RawRows::updates),
      GrowingNodes::new),
  /** Clients that follow the events of one queue. */
  SUBSCRIBERS(
      "subscribers",
      List.of(10, 1000, 10_000),
      20_000,
      List.of(RawRows::inserts),
      (setting, queue, most) -> new GrowingAudience(setting, queue));

  private final String thing;
  private final List<Integer> sizes;
  private final int most;
  private final List<Function<String, RawLimit>> limits;
  private final Begin begin;

  GrowthPart(
      String thing,
      List<Integer> sizes,
      int most,
      List<Function<String, RawLimit>> limits,
      Begin begin) {
    this.thing = thing;
    this.sizes = sizes;
    this.most = most;
    this.limits = limits;
    this.begin = begin;
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

  /** Nothing of it yet, on a server. */
  Growing begin(Setting setting, Queue queue, int largest) {
    return begin.begin(setting, queue, largest);
  }

  /** Makes what grows, of queues like this one and up to this size. */
  private interface Begin {
    Growing begin(Setting setting, Queue queue, int largest);
  }
}
