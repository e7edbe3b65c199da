package io.tasklane.condition;

/** What an expression came to: a value or a fault, never an exception. */
public sealed interface Evaluation {
  /**
   * It has a value.
   *
   * @param value as JSON has it: a map, list, string, boolean, number or null
   */
  record Value(Object value) implements Evaluation {}

  /**
   * It has none.
   *
   * @param position where in the text
   * @param problem why, with the names, keys and types concerned
   */
  record Fault(Position position, String problem) implements Evaluation {
    /** Position and reason. */
    public String message() {
      return position + ": " + problem;
    }
  }
}
