package io.tasklane.trading.analysis;

import java.util.List;

/**
 * What an analyst makes of a brief.
 *
 * @param keyRisks one sentence each
 * @param insights one sentence each
 * @param requiresAction whether recommendations should follow
 * @param confidence 0 to 1
 */
public record Judgement(
    List<String> keyRisks, List<String> insights, boolean requiresAction, double confidence) {
  /** Keeps own copies and checks the confidence. */
  public Judgement {
    keyRisks = List.copyOf(keyRisks);
    insights = List.copyOf(insights);
    if (!(confidence >= 0 && confidence <= 1)) {
      throw new IllegalArgumentException("confidence " + confidence + " is not allowed: 0 to 1");
    }
  }
}
