package io.tasklane.legacy;

/** A client of one protocol, which knows nothing of Tasklane. It connects anew for each call. */
public interface LegacyClient {
  /** What the tasks of its messages are labelled with. */
  String name();

  /**
   * Sends a message whose body is text, or bytes in UTF-8.
   *
   * @param id by which the broker drops it if it has it already; empty for none
   * @param replyTo queue for replies; empty for none
   * @throws Exception where the broker may not have it
   */
  void send(String queue, String id, String body, boolean bytes, String replyTo) throws Exception;

  /** The next message of a queue as text; empty if none comes within 10 s. */
  String receive(String queue) throws Exception;
}
