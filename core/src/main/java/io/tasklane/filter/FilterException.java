package io.tasklane.filter;

/** A text is no filter, or compares something that cannot be filtered by. */
public final class FilterException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final int position;

  /**
   * The filter is wrong at this position.
   *
   * @param position of the offending character, 1 for the first
   * @param problem what is wrong there, and what is allowed
   */
  public FilterException(int position, String problem) {
    super("at position " + position + ": " + problem);
    this.position = position;
  }

  /** Of the offending character, 1 for the first. */
  public int position() {
    return position;
  }
}
