package io.tasklane.filter;

import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Reads {@code state = A OR state = B}. */
final class AnyState {
  private static final String PREFIX = "STATE_";

  private AnyState() {}

  static <S> void read(List<Comparison> anyOf, Function<Comparison, S> state, Set<S> states) {
    if (!states.isEmpty()) {
      throw anyOf.get(0).twice();
    }
    for (Comparison comparison : anyOf) {
      if (!comparison.field().equals("state")) {
        throw new FilterException(comparison.position(), "OR is allowed between states only");
      }
      states.add(state.apply(Conditions.requireEquals(comparison)));
    }
  }

  /** The name of a state, with or without its prefix on the wire. */
  static String name(Comparison comparison) {
    String value = comparison.value();
    return value.startsWith(PREFIX) ? value.substring(PREFIX.length()) : value;
  }
}
