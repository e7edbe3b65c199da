package io.tasklane.bench.scenario;

import io.grpc.ManagedChannel;
import io.tasklane.bench.figure.Figures;
import io.tasklane.bench.figure.Reference;
import io.tasklane.bench.peer.Peer;
import io.tasklane.bench.raw.Limits;
import io.tasklane.bench.raw.RawLimit;
import io.tasklane.bench.raw.RawMessages;
import io.tasklane.bench.server.Target;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * On what a scenario measures.
 *
 * @param target the server
 * @param desk of a client of it
 * @param time about how long each part may take
 * @param clock the time of day; the server is on this machine and has the same
 * @param figures where what was measured goes; it knows how busy the machine was before
 * @param remarks hears what is going on
 */
record Setting(
    Target target,
    Desk desk,
    Duration time,
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

  /** How long a cold server and a cold client run before anything counts. */
  Duration warmUp() {
    Duration half = time.dividedBy(2);
    return half.compareTo(SHORTEST_WARM_UP) < 0 ? SHORTEST_WARM_UP : half;
  }

  /** How many tasks warm a server up: as many as that, fewer where little time was asked for. */
  int warmUpTasks(int enough) {
    return (int) Math.min(enough, WARM_UP_TASKS_A_SECOND * time.toSeconds());
  }

  /** Limits of the database and of the broker, as far as this scenario knows where they are. */
  Limits limits(List<Function<String, RawLimit>> ofDatabase) {
    List<RawLimit> limits = new ArrayList<>();
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
