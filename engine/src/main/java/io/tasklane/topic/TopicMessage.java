package io.tasklane.topic;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.tasklane.event.LogEvent;
import io.tasklane.event.TaskChange;
import io.tasklane.json.JsonValue;
import jakarta.jms.JMSException;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;

/** An event as a message: its fields as JSON, and as properties what selectors ask for. */
final class TopicMessage {
  /** The broker drops a message with the id of one that it has taken a while ago. */
  private static final String DUPLICATE_ID = "_AMQ_DUPL_ID";

  private TopicMessage() {}

  /**
   * The message of an event.
   *
   * @param generation of the cluster, for the resume token
   */
  static TextMessage of(Session session, LogEvent event, String generation) throws JMSException {
    TextMessage message = session.createTextMessage(body(event, generation));
    message.setStringProperty(DUPLICATE_ID, Long.toString(event.sequence()));
    message.setStringProperty("event_type", event.type());
    message.setStringProperty("subject", event.subject());
    if (!event.queue().isEmpty()) {
      message.setStringProperty("queue", "queues/" + event.queue());
    }
    if (event.change().isPresent()) {
      TaskChange change = event.change().get();
      message.setStringProperty("task_type", change.taskType());
      message.setStringProperty("state", change.to().name());
    }
    return message;
  }

  /** The fields have the names of the contract. */
  private static String body(LogEvent event, String generation) {
    ObjectNode body = JsonValue.NODES.objectNode();
    body.put("revision", event.sequence());
    if (!event.eventId().isEmpty()) {
      body.put("event_id", event.eventId());
    }
    body.put("event_type", event.type());
    body.put("subject", event.subject());
    body.putRawValue("data", new RawValue(event.data()));
    body.put("event_time", event.time().toString());
    body.put("actor", event.actor());
    body.put("resume_token", event.token(generation).encode());
    return JsonValue.text(body);
  }
}
