package io.tasklane.ingress;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.tasklane.json.JsonValue;
import io.tasklane.task.Failure;
import io.tasklane.task.Payload;
import io.tasklane.task.Task;
import jakarta.jms.JMSException;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.util.Optional;

/** A reply as a message: JSON, with its kind and the task as properties for selectors. */
final class ReplyMessage {
  /** The broker drops a message with the id of one that it has taken a while ago. */
  private static final String DUPLICATE_ID = "_AMQ_DUPL_ID";

  private ReplyMessage() {}

  /**
   * The message of a reply.
   *
   * @param task as it is now; empty where there is none, or not any more
   */
  static TextMessage of(Session session, Reply reply, Optional<Task> task) throws JMSException {
    TextMessage message = session.createTextMessage(body(reply, task));
    message.setStringProperty(DUPLICATE_ID, "tasklane-reply-" + reply.id());
    message.setStringProperty("reply", kind(reply, task));
    if (!reply.taskId().isEmpty()) {
      message.setStringProperty("task", "tasks/" + reply.taskId());
    }
    if (!reply.address().correlationId().isEmpty()) {
      message.setJMSCorrelationID(reply.address().correlationId());
    }
    return message;
  }

  private static String kind(Reply reply, Optional<Task> task) {
    return switch (reply.kind()) {
      case ACCEPTED -> "accepted";
      case REJECTED -> "rejected";
      case ENDED ->
          switch (task.map(Task::state).map(Enum::name).orElse("")) {
            case "" -> "unknown"; // removed since, after its retention
            case "SUCCEEDED" -> "completed";
            default -> "failed";
          };
    };
  }

  private static String body(Reply reply, Optional<Task> task) {
    ObjectNode body = JsonValue.NODES.objectNode();
    body.put("reply", kind(reply, task));
    if (reply.kind() == Reply.Kind.REJECTED) {
      body.set("problem", JsonValue.tree(reply.problem()));
      return JsonValue.text(body);
    }
    body.put("task", "tasks/" + reply.taskId());
    if (reply.kind() == Reply.Kind.ENDED) {
      task.ifPresent(ended -> end(body, ended));
    }
    return JsonValue.text(body);
  }

  private static void end(ObjectNode body, Task ended) {
    body.put("state", ended.state().name());
    ended
        .result()
        .filter(Payload::isJson)
        .ifPresent(result -> body.putRawValue("result", new RawValue(result.text())));
    Optional<Failure> failure = ended.failure();
    failure.ifPresent(
        why ->
            body.putObject("failure")
                .put("kind", why.kind().name())
                .put("code", why.code())
                .put("message", why.message()));
  }
}
