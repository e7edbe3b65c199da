package io.tasklane.task.run;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** The last 64 KiB of what a run logged, and whether that is saved already. For many threads. */
public final class RunLog {
  private static final int MOST = 64 * 1024;
  private final Deque<String> lines = new ArrayDeque<>();
  private int length;
  private boolean unsaved;
  private boolean saved;

  /** Adds a line, with the time before it. */
  public synchronized void add(Instant at, String line) {
    String stamped = at + " " + line;
    String kept = stamped.length() > MOST / 2 ? stamped.substring(0, MOST / 2) : stamped;
    lines.addLast(kept);
    length += kept.length() + 1;
    unsaved = true;
    while (length > MOST) {
      length -= lines.removeFirst().length() + 1;
    }
  }

  /** What is to be saved now: empty where nothing was logged since it was asked for last. */
  synchronized Optional<String> takeUnsaved() {
    if (!unsaved) {
      return Optional.empty();
    }
    unsaved = false;
    saved = true;
    return Optional.of(text());
  }

  /** Whether something was saved that is to be removed at the end. */
  synchronized boolean isSaved() {
    return saved;
  }

  /** The lines that are kept. */
  public synchronized String text() {
    return String.join("\n", lines);
  }
}
