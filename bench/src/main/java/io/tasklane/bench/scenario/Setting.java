package io.tasklane.bench.scenario;

import io.grpc.ManagedChannel;
import io.tasklane.bench.figure.Figures;
import io.tasklane.bench.figure.Reference;
import io.tasklane.bench.peer.Peer;
import io.tasklane.bench.raw.Limits;
import io.tasklane.bench.raw.RawLimit;
import io.tasklane.bench.raw.RawMessages;
import io.tasklane.bench.server.ServerMeter;
import io.tasklane.bench.server.Target;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * On what a scenario measures.
 *
 * @param target the server
 * @param desk of a client of it
 * @param meter of what the server uses
 * @param time about how long each part may take
 * @param warmUp how long what is measured runs before anything counts, at least; compilers of both
 *     sides need half a minute on two cores
 * @param clock the time of day; the server is on this machine and has the same
 * @param figures where what was measured goes; it knows how busy the machine was before
 * @param remarks hears what is going on
 */
record Setting(
    Target target,
    Desk desk,
    ServerMeter meter,
    Duration time,
    Duration warmUp,
    Clock clock,
    Figures figures,
    Consumer<String> remarks) {

  private static final Duration LONGEST_LIMIT = Duration.ofSeconds(3);
  private static final int WARM_UP_TASKS_A_SECOND = 300;
  private static final Duration SHORTEST_WARM_UP = Duration.ofSeconds(1);

  ManagedChannel channel() {
    return desk.channel();
  }

  void remark(String text) {
    remarks.accept(text);
  }

  /** How long to warm up what leaves its tasks behind, where very many would change the figures. */
  Duration shortWarmUp() {
    Duration half = time.dividedBy(2);
    return half.compareTo(SHORTEST_WARM_UP) < 0 ? SHORTEST_WARM_UP : half;
  }

  /** How many tasks warm a server up: as many as that, fewer where little time was asked for. */
  int warmUpTasks(int enough) {
    return (int) Math.min(enough, WARM_UP_TASKS_A_SECOND * time.toSeconds());
  }

  /**
   * Runs what will be measured for as long as a warm-up takes, a few tasks first, to learn how many
   * that is.
   *
   * @param few tasks of each queue that tell it
   * @param queues how many there are
   * @param run lets so many tasks of each queue run
   * @return how long the last ones took
   */
  PausedQueue.Drain warmUp(int few, int queues, IntFunction<PausedQueue.Drain> run) {
    remark("warming up for " + warmUp.toSeconds() + " s ...");
    PausedQueue.Drain first = run.apply(warmUpTasks(few));
    double left = warmUp.toSeconds() - first.outside();
    return left <= 0 ? first : run.apply(Math.max(1, first.tasksFor(left) / queues));
  }

  /** Does this again and again for as long as a warm-up takes, and so often at least. */
  void warmUp(int fewest, Step step) throws Exception {
    remark("warming up for " + warmUp.toSeconds() + " s ...");
    long start = System.nanoTime();
    for (int i = 0; i < fewest || System.nanoTime() - start < warmUp.toNanos(); i++) {
      step.at(i);
    }
  }

  /** Something that is done again and again. */
  @FunctionalInterface
  interface Step {
    void at(int index) throws Exception;
  }

  /**
   * Limits of the database and of the broker, as far as this scenario knows where they are.
   *
   * @param more limits beside them
   */
  Limits limits(List<Function<String, RawLimit>> ofDatabase, RawLimit... more) {
    List<RawLimit> limits = new ArrayList<>(List.of(more));
    target
        .database()
        .ifPresentOrElse(
            url -> ofDatabase.forEach(limit -> limits.add(limit.apply(url))),
            () -> remark("raw rates and the peer are left out: give --database-url"));
    target
        .broker()
        .ifPresentOrElse(
            url -> limits.add(new RawMessages(url)),
            () -> remark("the raw rate of the broker is left out: give --broker-url"));
    return limits(limits.toArray(RawLimit[]::new));
  }

  /** These limits, each measured for a part of the time. */
  Limits limits(RawLimit... limits) {
    Duration quarter = time.dividedBy(4);
    Duration each = quarter.compareTo(LONGEST_LIMIT) > 0 ? LONGEST_LIMIT : quarter;
    return new Limits(List.of(limits), each);
  }

  /** What the peer measures on the same PostgreSQL; empty where that is unknown. */
  Map<String, Double> peer(String... words) throws Exception {
    if (target.database().isEmpty()) {
      return Map.of();
    }
    remark("measuring " + Peer.NAME + " ...");
    return new Peer(target.database().get()).measure(words);
  }

  /** One of its figures. */
  static Optional<Reference> peer(Map<String, Double> figures, String name) {
    return Optional.ofNullable(figures.get(name)).map(value -> new Reference(Peer.NAME, value));
  }
}
