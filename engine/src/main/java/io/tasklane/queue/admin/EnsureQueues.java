package io.tasklane.queue.admin;

import io.tasklane.commit.Batch;
import io.tasklane.commit.CommandOrder;
import io.tasklane.commit.Outcome;
import io.tasklane.commit.SingleCommand;
import io.tasklane.queue.QueueSettings;
import java.sql.SQLException;
import java.util.List;

/**
 * Creates the queues of the configuration that do not exist or were deleted. Existing ones are not
 * changed.
 */
public final class EnsureQueues implements SingleCommand<List<QueueSettings>, Integer> {
  private static final String PRINCIPAL = "system:configuration";

  @Override
  public CommandOrder order() {
    return CommandOrder.ENSURE_QUEUES;
  }

  @Override
  public Outcome<Integer> executeOne(Batch batch, List<QueueSettings> queues) throws SQLException {
    int created = 0;
    for (QueueSettings settings : queues) {
      created += QueueRows.make(batch, settings, PRINCIPAL).isPresent() ? 1 : 0;
    }
    return Outcome.done(created);
  }
}
