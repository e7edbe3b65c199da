package io.tasklane.forecast;

import java.util.PriorityQueue;

/** What happens in simulated time, in its order. For one round. */
final class Timeline {
  private record Entry(double time, long order, Runnable what) implements Comparable<Entry> {
    @Override
    public int compareTo(Entry other) {
      int byTime = Double.compare(time, other.time);
      return byTime == 0 ? Long.compare(order, other.order) : byTime;
    }
  }

  private final PriorityQueue<Entry> entries = new PriorityQueue<>();
  private double now;
  private long added;

  /** Seconds since the present. */
  double now() {
    return now;
  }

  /** How much has been planned so far. */
  long size() {
    return added;
  }

  /** Does this so many seconds later, after what was planned for the same time before. */
  void in(double seconds, Runnable what) {
    entries.add(new Entry(now + Math.max(0, seconds), added++, what));
  }

  /** Goes on to the next thing; false if there is none. */
  boolean next() {
    Entry entry = entries.poll();
    if (entry == null) {
      return false;
    }
    now = entry.time();
    entry.what().run();
    return true;
  }
}
