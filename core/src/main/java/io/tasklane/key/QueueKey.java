package io.tasklane.key;

/**
 * Key of a queue's row. A queue that is deleted and created again under the same name has another
 * one. Clients know a queue by its name, not by this.
 *
 * @param value at least 1
 */
public record QueueKey(int value) implements Comparable<QueueKey> {
  @Override
  public int compareTo(QueueKey other) {
    return Integer.compare(value, other.value);
  }

  /** The number alone, as logs and SQL write it. */
  @Override
  public String toString() {
    return Integer.toString(value);
  }
}
