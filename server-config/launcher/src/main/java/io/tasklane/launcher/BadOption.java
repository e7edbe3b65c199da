package io.tasklane.launcher;

/**
 * A command line that cannot be understood: the message names option, value and what is allowed.
 */
public final class BadOption extends Exception {
  private static final long serialVersionUID = 1L;

  BadOption(String message) {
    super(message);
  }

  static BadOption value(String option, String value, String allowed) {
    return new BadOption(option + ": \"" + value + "\" is not allowed; give " + allowed);
  }

  static BadOption missing(String option, String allowed) {
    return new BadOption(option + ": is missing; give " + allowed);
  }
}
