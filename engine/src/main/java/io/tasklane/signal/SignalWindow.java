package io.tasklane.signal;

import io.tasklane.time.Ticker;
import jakarta.jms.JMSException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Keeps a long backlog in the table: of each queue only so many messages are at the broker at once,
 * where each costs memory. It counts what is sent, and asks the broker for what is left only when
 * so many have gone. For the sender's thread.
 */
final class SignalWindow {
  /** About what a million waiting tasks of a queue may cost the broker: a megabyte. */
  static final int MOST = 1_000;

  private static final Duration PAUSE = Duration.ofMillis(100);

  /** Asks the broker. */
  @FunctionalInterface
  interface Depth {
    /** How many messages of this queue it has that nobody has acknowledged. */
    long of(String queueId) throws JMSException;
  }

  private static final class Room {
    private long left;
    private long fullSince;
    private boolean full;
  }

  private final Depth depth;
  private final Ticker ticker;
  private final Map<String, Room> rooms = new HashMap<>();

  SignalWindow(Depth depth, Ticker ticker) {
    this.depth = depth;
    this.ticker = ticker;
  }

  /** Whether one more message of this queue is to be sent. */
  boolean takes(String queueId) throws JMSException {
    Room room = rooms.computeIfAbsent(queueId, id -> new Room());
    if (room.left == 0 && !(room.full && ticker.since(room.fullSince).compareTo(PAUSE) < 0)) {
      room.left = Math.max(0, MOST - depth.of(queueId));
      room.full = room.left == 0;
      room.fullSince = ticker.nanos();
    }
    if (room.left == 0) {
      return false;
    }
    room.left--;
    return true;
  }
}
