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
 * What a scenario measures with: a server, a client of it, meters and the time it may take.
 *
 * @param target the server
 * @param calls what a client calls on that server
 * @param meter of what the server uses
 * @param time about how long each part may take
 * @param warmUp how long what is measured runs before anything counts, at least; compilers of both
 *     sides need half a minute on two cores
 * @param clock the time of day; the server runs on this machine and has the same clock
 * @param figures collects what was measured; it knows how busy the machine was before
 * @param remarks receives progress messages
 */
public record Setting(
    Target target,
    TaskCalls calls,
    ServerMeter meter,
    Duration time,
    Duration warmUp,
    Clock clock,
    Figures figures,
    Consumer<String> remarks) {

  private static final Duration LONGEST_LIMIT = Duration.ofSeconds(3);
  private static final int WARM_UP_TASKS_A_SECOND = 300;
  private static final Duration SHORTEST_WARM_UP = Duration.ofSeconds(1);

  /** The client's connection. */
  public ManagedChannel channel() {
    return calls.channel();
  }

  /** Prints a progress message. */
  public void remark(String text) {
    remarks.accept(text);
  }

  /**
   * How long to warm up what leaves tasks in the database, where very many would change the
   * figures.
   */
  public Duration shortWarmUp() {
    Duration half = time.dividedBy(2);
    return half.compareTo(SHORTEST_WARM_UP) < 0 ? SHORTEST_WARM_UP : half;
  }

  /**
   * How many tasks warm a server up.
   *
   * @param enough so many at most; fewer where little time was asked for
   */
  public int warmUpTasks(int enough) {
    return (int) Math.min(enough, WARM_UP_TASKS_A_SECOND * time.toSeconds());
  }

  /**
   * Runs what will be measured for as long as a warm-up takes. The first few tasks show how many
   * that is.
   *
   * @param few how many tasks of each queue run first
   * @param queues how many there are
   * @param run lets so many tasks of each queue run
   * @return how long the last ones took
   */
  public PausedQueue.Drain warmUp(int few, int queues, IntFunction<PausedQueue.Drain> run) {
    remark("warming up for " + warmUp.toSeconds() + " s ...");
    PausedQueue.Drain first = run.apply(warmUpTasks(few));
    double left = warmUp.toSeconds() - first.outside();
    return left <= 0 ? first : run.apply(Math.max(1, first.tasksFor(left) / queues));
  }

  /**
   * Repeats a step for as long as a warm-up takes.
   *
   * @param fewest how often at least
   * @param step what is repeated
   * @throws Exception if a step fails
   */
  public void warmUp(int fewest, Step step) throws Exception {
    remark("warming up for " + warmUp.toSeconds() + " s ...");
    long start = System.nanoTime();
    for (int i = 0; i < fewest || System.nanoTime() - start < warmUp.toNanos(); i++) {
      step.at(i);
    }
  }

  /** Something that is repeated. */
  @FunctionalInterface
  public interface Step {
    /**
     * Does it once.
     *
     * @param index 0 the first time, then one more each time
     * @throws Exception if it fails
     */
    void at(int index) throws Exception;
  }

  /**
   * Limits of the database and of the broker, as far as this scenario knows where they are.
   *
   * @param ofDatabase limits by the database's JDBC URL
   * @param more further limits
   */
  public Limits limits(List<Function<String, RawLimit>> ofDatabase, RawLimit... more) {
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

  /** These limits, each measured for a quarter of the time, 3 s at most. */
  public Limits limits(RawLimit... limits) {
    Duration quarter = time.dividedBy(4);
    Duration each = quarter.compareTo(LONGEST_LIMIT) > 0 ? LONGEST_LIMIT : quarter;
    return new Limits(List.of(limits), each);
  }

  /**
   * What the peer measures on the same PostgreSQL.
   *
   * @param words the arguments of the peer's process
   * @return its figures by name; empty where the database is not known
   * @throws Exception if the peer fails
   */
  public Map<String, Double> peer(String... words) throws Exception {
    if (target.database().isEmpty()) {
      return Map.of();
    }
    remark("measuring " + Peer.NAME + " ...");
    return new Peer(target.database().get()).measure(words);
  }

  /** One of the peer's figures, as a reference for ours; empty where it was not measured. */
  public static Optional<Reference> peer(Map<String, Double> figures, String name) {
    return Optional.ofNullable(figures.get(name)).map(value -> new Reference(Peer.NAME, value));
  }
}
