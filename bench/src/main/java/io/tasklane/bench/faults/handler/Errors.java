package io.tasklane.bench.faults.handler;

import io.tasklane.bench.faults.record.Sharing;

/** Errors as faulty handlers throw them, raised by the virtual machine where it does that. */
final class Errors {
  private Errors() {}

  /** Throws the error of this simple name. */
  static void raise(String name) {
    switch (name) {
      case "StackOverflowError" -> descend(0);
      case "AssertionError" -> throw new AssertionError("told to fail for now");
      case "NoClassDefFoundError" -> throw new IllegalStateException("found: " + missing());
      default -> throw new IllegalArgumentException("no such error: " + name);
    }
  }

  private static int descend(int depth) {
    return descend(depth + 1) + 1;
  }

  // Not in the jar of handlers, as where a library was left out.
  private static Object missing() {
    return new Sharing("", 0);
  }
}
