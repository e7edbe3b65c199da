package io.tasklane.ingress;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tasklane.commit.UserJson;
import io.tasklane.ingress.format.InvalidMessageException;
import io.tasklane.ingress.format.MessageHeaders;
import io.tasklane.json.JsonValue;
import jakarta.jms.BytesMessage;
import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.MapMessage;
import jakarta.jms.Message;
import jakarta.jms.ObjectMessage;
import jakarta.jms.Queue;
import jakarta.jms.StreamMessage;
import jakarta.jms.TemporaryQueue;
import jakarta.jms.TemporaryTopic;
import jakarta.jms.TextMessage;
import jakarta.jms.Topic;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Enumeration;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Reads JMS messages, whatever client has sent them. Nothing is deserialized. */
final class MessageReader {
  private static final Logger LOG = Logger.getLogger(MessageReader.class.getName());
  private static final long MOST_BYTES = 4L * 1024 * 1024;
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  /** Entries of a MapMessage that are about the task; the others are its input. */
  private static final Set<String> OF_TASK =
      Set.of("queue", "task_type", "task_id", "priority", "ordering_key", "deduplication_key");

  private MessageReader() {}

  /**
   * Reads a message.
   *
   * @throws InvalidMessageException where it cannot be understood
   */
  static IncomingMessage read(Message message) throws JMSException {
    MessageHeaders headers =
        new MessageHeaders(
            message.getJMSPriority(),
            text(message, "JMSXGroupID"),
            time(message.getJMSDeliveryTime()),
            time(message.getJMSExpiration()),
            text(message, "queue"),
            text(message, "task_type"));
    return new IncomingMessage(headers, body(message, headers.taskType().isPresent()));
  }

  private static Optional<Instant> time(long millis) {
    return millis <= 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
  }

  private static Optional<String> text(Message message, String property) throws JMSException {
    Object value = message.getObjectProperty(property);
    if (value != null && !(value instanceof String)) {
      throw new InvalidMessageException(
          "INVALID_FIELD", property + ": " + value + " is not allowed: a text");
    }
    return Optional.ofNullable((String) value).filter(text -> !text.isEmpty());
  }

  private static JsonNode body(Message message, boolean wholeInput) throws JMSException {
    if (message instanceof TextMessage text) {
      return json(text.getText());
    }
    if (message instanceof MapMessage map) {
      return map(map, wholeInput);
    }
    if (message instanceof ObjectMessage) {
      throw unsupported("an ObjectMessage is not read, since that would run the sender's classes");
    }
    if (message instanceof StreamMessage) {
      throw unsupported("a StreamMessage has no names; send text, bytes or a MapMessage");
    }
    if (message instanceof BytesMessage bytes) {
      return json(decoded(bytes));
    }
    throw new InvalidMessageException("INVALID_BODY", "the message has no body");
  }

  private static InvalidMessageException unsupported(String why) {
    return new InvalidMessageException("MESSAGE_TYPE_NOT_SUPPORTED", why);
  }

  private static String decoded(BytesMessage message) throws JMSException {
    if (message.getBodyLength() > MOST_BYTES) {
      throw new InvalidMessageException(
          "PAYLOAD_TOO_LARGE",
          message.getBodyLength() + " bytes are not allowed: at most " + MOST_BYTES);
    }
    byte[] bytes = new byte[(int) message.getBodyLength()];
    message.reset();
    message.readBytes(bytes);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException other) {
      throw new InvalidMessageException("INVALID_BODY", "the bytes are not UTF-8: " + other);
    }
  }

  private static JsonNode json(String text) {
    if (text == null || text.isBlank()) {
      throw new InvalidMessageException("INVALID_BODY", "the body is empty");
    }
    String plain = text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    try {
      return UserJson.read(plain.getBytes(StandardCharsets.UTF_8));
    } catch (IOException malformed) {
      throw new InvalidMessageException(
          "INVALID_BODY", "the body is no JSON: " + firstLine(malformed.getMessage()));
    }
  }

  private static String firstLine(String text) {
    return String.valueOf(text).lines().findFirst().orElse("");
  }

  private static JsonNode map(MapMessage message, boolean wholeInput) throws JMSException {
    ObjectNode task = JsonValue.NODES.objectNode();
    ObjectNode input = JsonValue.NODES.objectNode();
    Enumeration<?> names = message.getMapNames();
    while (names.hasMoreElements()) {
      String name = (String) names.nextElement();
      boolean ofTask = !wholeInput && OF_TASK.contains(name);
      (ofTask ? task : input).set(name, value(message.getObject(name)));
    }
    if (wholeInput) {
      return input;
    }
    task.set("input", input);
    return task;
  }

  private static JsonNode value(Object value) {
    if (value == null) {
      return JsonValue.NODES.nullNode();
    }
    if (value instanceof Boolean yes) {
      return JsonValue.NODES.booleanNode(yes);
    }
    if (value instanceof Double || value instanceof Float) {
      return JsonValue.NODES.numberNode(decimal(value.toString()));
    }
    if (value instanceof Number number) {
      return JsonValue.NODES.numberNode(number.longValue());
    }
    return JsonValue.NODES.textNode(
        value instanceof byte[] bytes
            ? Base64.getEncoder().encodeToString(bytes)
            : value.toString());
  }

  private static BigDecimal decimal(String text) {
    try {
      return new BigDecimal(text);
    } catch (NumberFormatException infinite) {
      throw new InvalidMessageException("INVALID_BODY", text + " is no number of JSON");
    }
  }

  /** Where the sender waits for replies; empty where it does not, or not in a way that is known. */
  static Optional<ReplyAddress> replyTo(Message message) {
    try {
      Destination to = message.getJMSReplyTo();
      if (to == null) {
        return Optional.empty();
      }
      boolean topic = to instanceof Topic && !(to instanceof Queue);
      boolean temporary = to instanceof TemporaryQueue || to instanceof TemporaryTopic;
      return Optional.of(new ReplyAddress(name(to, topic), topic, temporary, correlation(message)));
    } catch (JMSException | RuntimeException unknown) {
      LOG.log(Level.WARNING, "a reply address cannot be read, and gets no reply", unknown);
      return Optional.empty();
    }
  }

  /** A client of STOMP does not say whether it means a queue or a topic: a queue. */
  private static String name(Destination to, boolean topic) throws JMSException {
    if (topic) {
      return ((Topic) to).getTopicName();
    }
    if (to instanceof Queue queue) {
      return queue.getQueueName();
    }
    try {
      return (String) to.getClass().getMethod("getAddress").invoke(to);
    } catch (ReflectiveOperationException foreign) {
      throw new IllegalArgumentException(to + " has no name that is known", foreign);
    }
  }

  private static String correlation(Message message) throws JMSException {
    String own = message.getJMSCorrelationID();
    String id = own == null || own.isEmpty() ? message.getJMSMessageID() : own;
    return id == null ? "" : id;
  }
}
