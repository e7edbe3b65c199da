package io.tasklane.event;

/**
 * A position in the event log: everything up to and including this pair has been seen.
 *
 * <p>The log is ordered by (transaction id, sequence); see docs/adr. The generation names the
 * cluster the ids belong to, because a dump and restore begins them anew.
 *
 * @param generation of the database cluster
 * @param transaction PostgreSQL's 64-bit transaction id
 * @param sequence of the event
 */
public record ResumeToken(String generation, long transaction, long sequence)
    implements Comparable<ResumeToken> {

  /** The text for clients, opaque to them. */
  public String encode() {
    return generation + "." + transaction + "." + sequence;
  }

  /**
   * Parses the text that {@link #encode()} returns.
   *
   * @throws IllegalArgumentException if it is no such text
   */
  public static ResumeToken decode(String text) {
    String[] parts = text.split("\\.", -1);
    try {
      if (parts.length == 3 && !parts[0].isEmpty()) {
        return new ResumeToken(parts[0], Long.parseLong(parts[1]), Long.parseLong(parts[2]));
      }
    } catch (NumberFormatException notOurs) {
      // falls through: the message below says everything
    }
    throw new IllegalArgumentException(
        "resume token \"" + text + "\" is not one that this service has given out");
  }

  @Override
  public int compareTo(ResumeToken other) {
    int byTransaction = Long.compare(transaction, other.transaction);
    return byTransaction != 0 ? byTransaction : Long.compare(sequence, other.sequence);
  }
}
