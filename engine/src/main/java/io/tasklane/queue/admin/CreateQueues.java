package io.tasklane.queue.admin;

import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import io.tasklane.commit.Batch;
import io.tasklane.commit.CommandOrder;
import io.tasklane.commit.Outcome;
import io.tasklane.commit.SingleCommand;
import io.tasklane.key.QueueKey;
import io.tasklane.queue.Queue;
import io.tasklane.queue.QueueSettings;
import java.sql.SQLException;
import java.util.function.Consumer;

/**
 * Creates queues on request.
 *
 * @param changed called with the key of every queue that was created, after the commit
 */
public record CreateQueues(Consumer<QueueKey> changed)
    implements SingleCommand<CreateQueues.Request, Queue> {
  /**
   * A request to create a queue.
   *
   * @param settings what it is created with
   * @param principal who asks
   */
  public record Request(QueueSettings settings, String principal) {}

  @Override
  public CommandOrder order() {
    return CommandOrder.CREATE_QUEUES;
  }

  @Override
  public Outcome<Queue> executeOne(Batch batch, Request request) throws SQLException {
    String queueId = request.settings().queueId();
    QueueKey made =
        QueueRows.make(batch, request.settings(), request.principal())
            .orElseThrow(() -> exists(queueId));
    batch.afterCommit(() -> changed.accept(made));
    return Outcome.done(new QueueReader(batch.connection()).require(queueId));
  }

  /** The refusal of a queue whose name is taken. */
  public static Refusal exists(String queueId) {
    return Refusal.about(
        Refusal.Sort.ALREADY_EXISTS,
        RefusalReason.QUEUE_EXISTS,
        "queues/" + queueId,
        "exists already; update it, or choose another queue_id");
  }
}
