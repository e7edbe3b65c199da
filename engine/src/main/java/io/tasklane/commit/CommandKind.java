package io.tasklane.commit;

import io.tasklane.key.QueueKey;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A kind of change, which can make many changes in one transaction. A command carries all rows of
 * one logical change.
 *
 * @param <C> the command
 * @param <R> what its caller gets back
 */
public interface CommandKind<C, R> {
  /** When commands of this kind run within a batch; each kind has a constant of its own. */
  CommandOrder order();

  /** Keys of the queues whose owner rows the command must have locked. */
  default Set<QueueKey> queuesOf(C command) {
    return Set.of();
  }

  /**
   * Ordering keys that the command is known to touch. Their gates are locked first, in their order,
   * so that the batches of two nodes cannot deadlock.
   */
  default Set<String> keysOf(C command) {
    return Set.of();
  }

  /**
   * Keys of the queues that the command puts new tasks into. Their rows are share-locked, so that
   * no queue starts to drain or is deleted before the command has committed.
   */
  default Set<QueueKey> targetQueues(C command) {
    return Set.of();
  }

  /**
   * These commands, which make up a whole batch, as a pipelined transaction; empty where one round
   * trip is not enough.
   */
  default Optional<PipelinedTransaction<R>> pipelined(List<C> commands) {
    return Optional.empty();
  }

  /**
   * The same for one command whose answer is kept, so that a repeated request gets it: the
   * transaction looks for the answer first, and writes it where it finds none.
   */
  default Optional<PipelinedTransaction<R>> pipelined(C command, IdempotentRequest<R> request) {
    return Optional.empty();
  }

  /**
   * Executes all these commands.
   *
   * @return one outcome for each command, in their order
   */
  List<Outcome<R>> execute(Batch batch, List<C> commands) throws SQLException;
}
