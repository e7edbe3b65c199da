package io.tasklane.queue.admin;

import io.tasklane.commit.Batch;
import io.tasklane.commit.CommandKind;
import io.tasklane.commit.CommandOrder;
import io.tasklane.commit.Outcome;
import io.tasklane.queue.QueueSettings;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Creates the queues of the configuration that do not exist or were deleted. Existing ones are not
 * changed.
 */
public final class EnsureQueues implements CommandKind<List<QueueSettings>, Integer> {
  private static final String PRINCIPAL = "system:configuration";

  @Override
  public CommandOrder order() {
    return CommandOrder.ENSURE_QUEUES;
  }

  @Override
  public List<Outcome<Integer>> execute(Batch batch, List<List<QueueSettings>> commands)
      throws SQLException {
    List<Outcome<Integer>> outcomes = new ArrayList<>();
    for (List<QueueSettings> command : commands) {
      int created = 0;
      for (QueueSettings settings : command) {
        created += QueueRows.make(batch, settings, PRINCIPAL).isPresent() ? 1 : 0;
      }
      outcomes.add(Outcome.done(created));
    }
    return outcomes;
  }
}
