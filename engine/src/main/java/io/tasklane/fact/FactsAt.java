package io.tasklane.fact;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Facts as they are at one time, each read once. */
public final class FactsAt implements Function<String, Optional<Fact>> {
  private final FactReader reader;
  private final Instant now;
  private final Map<String, Optional<Fact>> known = new HashMap<>();

  /** The facts could not be read; the command that asked for them is tried again. */
  public static final class UnreadException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient SQLException failure;

    /** Wraps what the database said, for callers that cannot throw it. */
    public UnreadException(SQLException failure) {
      super(failure);
      this.failure = failure;
    }

    /** What the database said, to be thrown on where that is allowed. */
    public SQLException failure() {
      return failure;
    }
  }

  /** The facts at this time by the clock of the database. */
  public FactsAt(Connection connection, Instant now) {
    this.reader = new FactReader(connection);
    this.now = now;
  }

  /**
   * The fact of this name.
   *
   * @throws UnreadException where it cannot be read
   */
  @Override
  public Optional<Fact> apply(String name) {
    return known.computeIfAbsent(name, this::read);
  }

  private Optional<Fact> read(String name) {
    try {
      return reader.find(name, now);
    } catch (SQLException failed) {
      throw new UnreadException(failed);
    }
  }
}
