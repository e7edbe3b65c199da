package io.tasklane.batch;

/**
 * How far a batch operation is.
 *
 * @param matched targets at the start
 * @param done targets to which it was done
 * @param refused targets that were refused
 */
public record BatchCounts(int matched, int done, int refused) {
  /** Checks that no target counts twice. */
  public BatchCounts {
    if (done < 0 || refused < 0 || done + refused > matched) {
      throw new IllegalArgumentException(
          matched + " targets, but " + done + " done and " + refused + " refused");
    }
  }

  /** Targets that were not tried yet. */
  public int left() {
    return matched - tried();
  }

  /** Targets that were done or refused: the place of the next one, from 0. */
  public int tried() {
    return done + refused;
  }

  /** One more was done. */
  public BatchCounts withDone() {
    return new BatchCounts(matched, done + 1, refused);
  }

  /** One more was refused. */
  public BatchCounts withRefused() {
    return new BatchCounts(matched, done, refused + 1);
  }
}
