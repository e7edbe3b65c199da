package io.tasklane.cli.importer.text;

/** A file that cannot be read; the message says where and why. */
public final class Malformed extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * Says what is wrong.
   *
   * @param line from 1
   * @param why it cannot be read
   */
  public Malformed(int line, String why) {
    super("line " + line + ": " + why);
  }
}
