package io.tasklane.ingress;

import io.tasklane.commit.Batch;
import io.tasklane.commit.CommandOrder;
import io.tasklane.commit.Outcome;
import io.tasklane.commit.SingleCommand;
import io.tasklane.database.Rows;
import io.tasklane.json.JsonValue;
import java.sql.SQLException;

/**
 * Tells requesters that their messages were not understood.
 *
 * @param replies writes what is to be sent
 */
record RejectMessages(ReplyRows replies) implements SingleCommand<RejectMessages.Reject, Boolean> {
  /**
   * A message that becomes no task.
   *
   * @param reason for programs
   * @param message for people
   * @param address where its sender waits
   */
  record Reject(String reason, String message, ReplyAddress address) {}

  @Override
  public CommandOrder order() {
    return CommandOrder.REJECT_MESSAGES;
  }

  @Override
  public Outcome<Boolean> executeOne(Batch batch, Reject rejected) throws SQLException {
    String problem =
        JsonValue.text(
            JsonValue.NODES
                .objectNode()
                .put("reason", rejected.reason())
                .put("message", Rows.storable(rejected.message())));
    replies.rejected(batch, problem, rejected.address());
    return Outcome.done(true);
  }
}
