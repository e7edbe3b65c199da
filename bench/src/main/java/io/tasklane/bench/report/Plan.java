package io.tasklane.bench.report;

import java.util.List;

/** What a report measures, in the order of its rows. */
public final class Plan {
  /** The words of each command line, as they are typed behind "tasklane bench". */
  public static final List<List<String>> ALL =
      List.of(
          List.of("create"),
          List.of("create-bulk"),
          List.of("one-queue"),
          List.of("one-queue", "--durability", "GROUPED"),
          List.of("all-queues"),
          List.of("all-queues", "--durability", "GROUPED"),
          List.of("three-queues-5ms"),
          List.of("three-queues-5ms", "--durability", "GROUPED"),
          List.of("latency"),
          List.of("chain"),
          List.of("fan"),
          List.of("workflow"),
          List.of("steps"),
          List.of("inversion"),
          List.of("failover"),
          List.of("backlog-100k"),
          List.of("backlog-1m"),
          List.of("growth", "--part", "queues"),
          List.of("growth", "--part", "waiting"),
          List.of("growth", "--part", "nodes"),
          List.of("growth", "--part", "subscribers"));

  private Plan() {}
}
