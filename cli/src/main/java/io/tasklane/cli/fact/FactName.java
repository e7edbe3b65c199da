package io.tasklane.cli.fact;

/** A fact's name as people type it. */
final class FactName {
  private static final String COLLECTION = "facts/";

  private FactName() {}

  /** Completes "portfolio_synced" to "facts/portfolio_synced". */
  static String of(String given) {
    return given.startsWith(COLLECTION) ? given : COLLECTION + given;
  }
}
