package io.tasklane.ingress;

import jakarta.jms.Message;

/**
 * The bytes of a message's body as the broker keeps them, without deserializing them. Read by
 * reflection, because the resource adapter's messages are of another class loader.
 */
final class RawBody {
  private RawBody() {}

  /** The bytes; none where there is no way to them. */
  static byte[] of(Message message) {
    try {
      Object core = message.getClass().getMethod("getCoreMessage").invoke(message);
      Object buffer = core.getClass().getMethod("getReadOnlyBodyBuffer").invoke(core);
      int length = (Integer) buffer.getClass().getMethod("readableBytes").invoke(buffer);
      byte[] bytes = new byte[length];
      buffer.getClass().getMethod("readBytes", byte[].class).invoke(buffer, (Object) bytes);
      return bytes;
    } catch (ReflectiveOperationException foreign) {
      return new byte[0];
    }
  }
}
