package io.tasklane.bench.server;

import io.tasklane.bench.figure.Usage;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Reads what a server has used, and what some work made it use. Work leaves things to be done
 * behind: events to deliver, dead rows to clear away, code to compile. So the server is given some
 * time to become quiet before the work begins, which is not charged for what was before, and after
 * it has ended, which is.
 */
public final class ServerMeter implements AutoCloseable {
  private static final Duration LOOK = Duration.ofMillis(500);
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  // An idle server renews leases, polls and is checked by its launcher.
  private static final double QUIET_PROCESSOR = 0.15;
  private static final double QUIET_WAL_BYTES_A_SECOND = 16 * 1024;

  private final Target target;
  private final Consumer<String> remarks;
  private final Optional<WalPosition> wal;
  private Usage begin = Usage.UNKNOWN;

  /**
   * A meter of this server.
   *
   * @param target the server; what it does not tell stays unknown
   * @param remarks hears of a server that does not become quiet
   */
  public ServerMeter(Target target, Consumer<String> remarks) throws SQLException {
    this.target = target;
    this.remarks = remarks;
    Optional<String> database = target.database();
    this.wal = database.isEmpty() ? Optional.empty() : Optional.of(new WalPosition(database.get()));
  }

  /** Work begins, as soon as the server is quiet. */
  public void begin() throws SQLException, InterruptedException {
    begin = whenQuiet();
  }

  /** Work has ended; what the server used for it until it was quiet again. */
  public Usage end() throws SQLException, InterruptedException {
    return between(begin, whenQuiet());
  }

  /** What the server has used since it was started. */
  public Usage now() throws SQLException {
    return new Usage(
        ProcessorTime.byRole(target.processes()),
        wal.isPresent() ? OptionalDouble.of(wal.get().bytes()) : OptionalDouble.empty());
  }

  /** What was used from one reading to another. */
  public static Usage between(Usage from, Usage to) {
    Map<String, Double> used = new TreeMap<>(to.processorMillis());
    from.processorMillis().forEach((process, millis) -> used.merge(process, -millis, Double::sum));
    return new Usage(
        used,
        from.walBytes().isPresent() && to.walBytes().isPresent()
            ? OptionalDouble.of(to.walBytes().getAsDouble() - from.walBytes().getAsDouble())
            : OptionalDouble.empty());
  }

  private Usage whenQuiet() throws SQLException, InterruptedException {
    long start = System.nanoTime();
    Usage before = now();
    if (before.equals(Usage.UNKNOWN)) {
      return before;
    }
    while (System.nanoTime() - start < PATIENCE.toNanos()) {
      long look = System.nanoTime();
      TimeUnit.MILLISECONDS.sleep(LOOK.toMillis());
      Usage after = now();
      if (isQuiet(between(before, after), (System.nanoTime() - look) / 1e9)) {
        return after;
      }
      before = after;
    }
    remarks.accept("the server is not quiet after " + PATIENCE.toSeconds() + " s; read as it is");
    return before;
  }

  /** Whether a server that used so much in so many seconds does nothing but wait. */
  static boolean isQuiet(Usage used, double seconds) {
    return used.processor().orElse(0) <= QUIET_PROCESSOR * 1000 * seconds
        && used.walBytes().orElse(0) <= QUIET_WAL_BYTES_A_SECOND * seconds;
  }

  @Override
  public void close() throws SQLException {
    if (wal.isPresent()) {
      wal.get().close();
    }
  }
}
