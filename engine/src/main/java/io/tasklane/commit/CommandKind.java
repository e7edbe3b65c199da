package io.tasklane.commit;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A kind of change, which knows how to make many of them in one transaction. A command carries all
 * rows of one logical change.
 *
 * @param <C> the command
 * @param <R> what its caller is told
 */
public interface CommandKind<C, R> {
  /** When commands of this kind run within a batch; each kind has a constant of its own. */
  CommandOrder order();

  /** Keys of the queues whose owner rows the command must have locked. */
  default Set<Integer> queuesOf(C command) {
    return Set.of();
  }

  /**
   * Ordering keys that the command is known to touch. Their gates are locked before anything else,
   * in their order, so that commands which go together on one node do not cross those of another.
   */
  default Set<String> keysOf(C command) {
    return Set.of();
  }

  /**
   * Keys of the queues that the command puts new tasks into. Their rows are held shared, so that
   * none of them begins to drain, or is deleted, before the command has committed.
   */
  default Set<Integer> feeds(C command) {
    return Set.of();
  }

  /**
   * These commands, which are all of their batch, as a whole transaction in one round trip; empty
   * where they need more.
   */
  default Optional<PipelinedTransaction<R>> inOneTrip(List<C> commands) {
    return Optional.empty();
  }

  /**
   * The same for one command whose answer is kept, so that a repetition gets it: the trip looks for
   * the answer first, and writes it where it finds none.
   */
  default Optional<PipelinedTransaction<R>> inOneTrip(C command, IdempotentRequest<R> request) {
    return Optional.empty();
  }

  /**
   * Makes all these changes.
   *
   * @return one outcome for each command, in their order
   */
  List<Outcome<R>> execute(Batch batch, List<C> commands) throws SQLException;
}
