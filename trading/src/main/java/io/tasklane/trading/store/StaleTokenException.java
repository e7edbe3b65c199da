package io.tasklane.trading.store;

/** A run that lost its lease tried to write over what a later run wrote. */
public final class StaleTokenException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Names the key and both tokens. */
  public StaleTokenException(String key, long offered, long kept) {
    super(
        "store key "
            + key
            + ": fencing token "
            + offered
            + " is older than "
            + kept
            + "; nothing was written");
  }
}
