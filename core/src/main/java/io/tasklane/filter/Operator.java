package io.tasklane.filter;

/** How a field is compared with a value. */
public enum Operator {
  /** Exactly this text. */
  EQUALS("="),
  /** Any other text. */
  DIFFERS("!="),
  /** Begins with this text. */
  STARTS_WITH(":"),
  /** Before. */
  BEFORE("<"),
  /** Before or the same. */
  UNTIL("<="),
  /** After. */
  AFTER(">"),
  /** After or the same. */
  FROM(">=");

  private final String symbol;

  Operator(String symbol) {
    this.symbol = symbol;
  }

  /** Its symbol in a filter. */
  public String symbol() {
    return symbol;
  }

  /** Whether it compares order; only times support that. */
  public boolean isOrder() {
    return switch (this) {
      case EQUALS, DIFFERS, STARTS_WITH -> false;
      case BEFORE, UNTIL, AFTER, FROM -> true;
    };
  }

  /** Whether it holds between the value of a field and the value in a filter. */
  boolean holds(String actual, String wanted) {
    return switch (this) {
      case EQUALS -> actual.equals(wanted);
      case DIFFERS -> !actual.equals(wanted);
      case STARTS_WITH -> actual.startsWith(wanted);
      case BEFORE -> actual.compareTo(wanted) < 0;
      case UNTIL -> actual.compareTo(wanted) <= 0;
      case AFTER -> actual.compareTo(wanted) > 0;
      case FROM -> actual.compareTo(wanted) >= 0;
    };
  }
}
