package io.tasklane.grpc.stream;

import java.util.function.IntConsumer;

/**
 * How much a client may send: so many messages, and about so many bytes, that are not answered yet.
 * What is beyond stays with the client. Messages are requested a few at a time, because those that
 * were requested arrive, however large they are.
 */
public final class InboundWindow {
  private final IntConsumer ask;
  private final int messages;
  private final long bytes;
  private final int atOnce;
  private int asked;
  private int held;
  private long heldBytes;
  private boolean closed;

  /**
   * A window that is still shut: {@link #ask} opens it.
   *
   * @param ask asks the client for so many messages more
   * @param messages most that are asked for or not answered
   * @param bytes once more than this is not answered nothing more is asked for
   * @param atOnce most that are asked for and have not come
   */
  public InboundWindow(IntConsumer ask, int messages, long bytes, int atOnce) {
    this.ask = ask;
    this.messages = messages;
    this.bytes = bytes;
    this.atOnce = atOnce;
  }

  /** Asks for what there is room for, unless enough is on its way. */
  public void ask() {
    int more = more();
    if (more > 0) {
      ask.accept(more);
    }
  }

  private synchronized int more() {
    if (closed || asked > atOnce / 2 || heldBytes > bytes) {
      return 0;
    }
    int more = Math.min(atOnce - asked, messages - held - asked);
    asked += Math.max(0, more);
    return more;
  }

  /** A message of this size has arrived. */
  public synchronized void received(long size) {
    asked--;
    held++;
    heldBytes += size;
  }

  /** A message of this size is answered. */
  public synchronized void answered(long size) {
    held--;
    heldBytes -= size;
  }

  /** Asks for nothing more. */
  public synchronized void close() {
    closed = true;
  }
}
