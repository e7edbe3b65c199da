package io.tasklane.cli.importer.text;

/** An entry that cannot be carried over; its message says why, and what to do. */
public final class LeftOut extends Exception {
  private static final long serialVersionUID = 1L;

  /** Leaves an entry out. */
  public LeftOut(String why) {
    super(why);
  }
}
