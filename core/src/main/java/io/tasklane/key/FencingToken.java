package io.tasklane.key;

/**
 * Fences what a run writes: each claim draws one from a single sequence of the database for all
 * queues, so a later claim has a larger one, and writes that carry that of an earlier claim are
 * refused.
 *
 * @param value at least 1, or 0 for a task that was never claimed
 */
public record FencingToken(long value) implements Comparable<FencingToken> {
  /** That of a task that was never claimed. */
  public static final FencingToken NONE = new FencingToken(0);

  @Override
  public int compareTo(FencingToken other) {
    return Long.compare(value, other.value);
  }

  /** The number alone, as logs and SQL write it. */
  @Override
  public String toString() {
    return Long.toString(value);
  }
}
