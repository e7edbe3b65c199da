package io.tasklane.system;

import java.util.Map;

/** How the build starts what lives for less than some minutes. */
final class ShortLived {
  private ShortLived() {}

  /**
   * Leaves out the second compiler in all virtual machines that a command starts: half of the
   * processor time of a start is spent by it, and gains nothing in so short a life. The long forms
   * of the tests run with the flags of the product.
   */
  static ProcessBuilder of(ProcessBuilder command) {
    command.environment().putAll(environment());
    return command;
  }

  /** The variables that do it. */
  static Map<String, String> environment() {
    return Boolean.getBoolean("tasklane.proof")
        ? Map.of()
        : Map.of("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1");
  }
}
