package io.tasklane.commit;

import io.tasklane.api.Refusal;
import io.tasklane.key.QueueKey;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;

/**
 * A kind of change to one queue, under the lock on its owner row; a command whose row another
 * transaction holds is tried again.
 *
 * @param <C> the command
 * @param <R> what its caller gets back
 */
public interface OwnerCommand<C, R> extends SingleCommand<C, R> {
  /** Key of the queue. */
  QueueKey queueOf(C command);

  /**
   * Executes one command.
   *
   * @param owner the locked row
   * @throws Refusal where it must not be done; nothing may be written before
   */
  R execute(Batch batch, C command, OwnerRow owner) throws SQLException;

  @Override
  default Set<QueueKey> queuesOf(C command) {
    return Set.of(queueOf(command));
  }

  @Override
  default Outcome<R> executeOne(Batch batch, C command) throws SQLException {
    Optional<OwnerRow> owner = batch.owner(queueOf(command));
    return owner.isEmpty() ? Outcome.again() : Outcome.done(execute(batch, command, owner.get()));
  }
}
