package io.tasklane.ingress;

import jakarta.jms.BytesMessage;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.TextMessage;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What makes two deliveries one message: {@code _AMQ_DUPL_ID} if its sender has set that, else its
 * JMSMessageID, else the number that the broker has given it, which it keeps through redeliveries
 * and restarts.
 */
final class MessageKey {
  private static final String DUPLICATE_ID = "_AMQ_DUPL_ID";
  private static final int LONGEST = 300;

  private MessageKey() {}

  static String of(Message message) throws JMSException {
    Object duplicateId = message.getObjectProperty(DUPLICATE_ID);
    if (duplicateId instanceof byte[] bytes && bytes.length > 0) {
      return "dupl:" + HexFormat.of().formatHex(bytes);
    }
    if (duplicateId != null && !duplicateId.toString().isEmpty()) {
      return shortened("dupl:", duplicateId.toString());
    }
    String id = message.getJMSMessageID();
    return id != null && !id.isEmpty() ? shortened("id:", id) : ofBroker(message);
  }

  private static String shortened(String kind, String id) {
    String storable = id.replace('\0', ' ');
    return storable.length() > LONGEST ? kind + "sha256:" + sha256(id) : kind + storable;
  }

  /**
   * The number alone would come again if the broker's journal were emptied, so that time and
   * content are part of the key. It is read by reflection, because the resource adapter's messages
   * are of another class loader than the engine's.
   */
  private static String ofBroker(Message message) throws JMSException {
    try {
      Object core = message.getClass().getMethod("getCoreMessage").invoke(message);
      Object number = core.getClass().getMethod("getMessageID").invoke(core);
      return "broker:" + number + ":" + message.getJMSTimestamp() + ":" + sha256(content(message));
    } catch (ReflectiveOperationException foreign) {
      JMSException unknown =
          new JMSException("a message without JMSMessageID cannot be told from others: " + foreign);
      unknown.initCause(foreign);
      throw unknown;
    }
  }

  private static String content(Message message) throws JMSException {
    if (message instanceof TextMessage text) {
      return String.valueOf(text.getText());
    }
    return message instanceof BytesMessage bytes ? "bytes " + bytes.getBodyLength() : "";
  }

  private static String sha256(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
