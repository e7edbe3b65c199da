package io.tasklane.queue.admin;

import io.tasklane.api.Refusal;
import io.tasklane.commit.Batch;
import io.tasklane.commit.CommandKind;
import io.tasklane.commit.CommandOrder;
import io.tasklane.commit.Outcome;
import io.tasklane.queue.Queue;
import io.tasklane.queue.QueueSettings;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.IntConsumer;

/** Creates queues on request. */
public final class CreateQueues implements CommandKind<CreateQueues.Request, Queue> {
  /**
   * A request to create a queue.
   *
   * @param settings what it is created with
   * @param principal who asks
   */
  public record Request(QueueSettings settings, String principal) {}

  private final IntConsumer changed;

  /** Calls this for every queue that was created, after the commit. */
  public CreateQueues(IntConsumer changed) {
    this.changed = changed;
  }

  @Override
  public CommandOrder order() {
    return CommandOrder.CREATE_QUEUES;
  }

  @Override
  public List<Outcome<Queue>> execute(Batch batch, List<Request> requests) throws SQLException {
    List<Outcome<Queue>> outcomes = new ArrayList<>();
    for (Request request : requests) {
      String queueId = request.settings().queueId();
      OptionalInt made = QueueRows.make(batch, request.settings(), request.principal());
      if (made.isEmpty()) {
        outcomes.add(Outcome.refused(exists(queueId)));
      } else {
        batch.afterCommit(() -> changed.accept(made.getAsInt()));
        outcomes.add(Outcome.done(new QueueReader(batch.connection()).require(queueId)));
      }
    }
    return outcomes;
  }

  /** The refusal of a queue whose name is taken. */
  public static Refusal exists(String queueId) {
    return Refusal.of(
        Refusal.Sort.ALREADY_EXISTS,
        "QUEUE_EXISTS",
        "queues/" + queueId,
        "queues/" + queueId + " exists already; update it, or choose another queue_id");
  }
}
