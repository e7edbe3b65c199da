package io.tasklane.task.run;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** The last 64 KiB of what a handler logged. */
final class RunLog {
  private static final int MOST = 64 * 1024;
  private final Deque<String> lines = new ArrayDeque<>();
  private int length;

  synchronized void add(Instant at, String line) {
    String stamped = at + " " + line;
    String kept = stamped.length() > MOST / 2 ? stamped.substring(0, MOST / 2) : stamped;
    lines.addLast(kept);
    length += kept.length() + 1;
    while (length > MOST) {
      length -= lines.removeFirst().length() + 1;
    }
  }

  synchronized String text() {
    return String.join("\n", lines);
  }
}
