package io.tasklane.signal;

import io.tasklane.time.Ticker;
import jakarta.jms.JMSException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Limits the messages of each queue at the broker, where each costs memory; a long backlog stays in
 * the table. It counts what it sends, and asks the broker how many are left only after that many
 * were sent. For the sender's thread.
 */
final class SignalWindow {
  /**
   * Messages of one queue at the broker: about a megabyte of its memory, even if a million tasks
   * wait.
   */
  static final int MOST = 1_000;

  private static final Duration PAUSE = Duration.ofMillis(100);

  /** Asks the broker for its counts. */
  @FunctionalInterface
  interface Depth {
    /** How many messages of this queue nobody has acknowledged. */
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

  /** Whether another message of this queue should be sent. */
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
