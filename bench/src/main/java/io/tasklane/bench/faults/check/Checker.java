package io.tasklane.bench.faults.check;

import java.util.List;
import java.util.function.Supplier;

/** Proves from a record that the promises were kept, or shows where they were not. */
public final class Checker {
  private static final List<Supplier<Rule>> RULES =
      List.of(
          RightEnd::new,
          NeverTwoAtOnce::new,
          RunsAtOnce::new,
          KeyOrder::new,
          ResourceCapacity::new,
          NothingStaleAccepted::new,
          PromisedOrder::new,
          BoundedRetries::new,
          EffectOnce::new,
          LastTokenWins::new,
          LegalLife::new,
          LeaseLostEnds::new,
          ForeignMovedOnce::new);

  private Checker() {}

  /** Every violation of every rule; none if the record is clean. */
  public static List<Violation> check(History history) {
    return RULES.stream().flatMap(rule -> Rule.violations(rule.get(), history).stream()).toList();
  }
}
