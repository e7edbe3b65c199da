package io.tasklane.cli.importer;

/** An entry that cannot be carried over; its message says why, and what to do. */
final class LeftOut extends Exception {
  private static final long serialVersionUID = 1L;

  LeftOut(String why) {
    super(why);
  }
}
