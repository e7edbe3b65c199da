package io.tasklane.deadletter;

import io.tasklane.api.DeadLetterQuery;
import io.tasklane.database.Sql;
import io.tasklane.key.QueueKey;
import java.util.Optional;

/** The statements of lists of dead letters, for tests of other packages. */
public final class DeadLetterPlans {
  private DeadLetterPlans() {}

  /** The one that reads a page. */
  public static Sql select(DeadLetterQuery query, Optional<QueueKey> queue) {
    return DeadLetterReader.select(query, queue);
  }
}
