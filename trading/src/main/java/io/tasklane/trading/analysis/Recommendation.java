package io.tasklane.trading.analysis;

import io.tasklane.trading.format.Decimals;
import io.tasklane.trading.format.JsonText;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * What to do with one symbol.
 *
 * @param symbol the facts it rests on
 * @param action what to do
 * @param confidence 0 to 1
 * @param reasoning one or two sentences
 * @param bracket where the trade ends; empty where the prices do not tell how far it swings
 * @param quantity whole shares to buy, or shares to sell; 0 to hold
 */
record Recommendation(
    SymbolBrief symbol,
    Action action,
    double confidence,
    String reasoning,
    Optional<Bracket> bracket,
    BigDecimal quantity) {
  private static final double CALM = 0.015;
  private static final double LIVELY = 0.03;
  private static final double NEWS_DRIVEN = 0.6;

  /** What to do. */
  enum Action {
    /** More of it. */
    BUY,
    /** All that is held of it. */
    SELL,
    /** Nothing. */
    HOLD
  }

  JsonObject toJson(String expiresAt) {
    JsonObjectBuilder json =
        JsonText.object()
            .add("symbol", symbol.symbol())
            .add("action", action.name())
            .add("confidence", Decimals.statistic(confidence, 4))
            .add("reasoning", reasoning)
            .add("price", symbol.price());
    bracket.ifPresentOrElse(
        ends ->
            json.add("target_price", ends.target())
                .add("stop_loss", ends.stop())
                .add("r_coefficient", ends.rewardToRisk()),
        () -> json.addNull("target_price").addNull("stop_loss").addNull("r_coefficient"));
    return json.add("time_horizon", symbol.news().impact() >= NEWS_DRIVEN ? "1 week" : "4 weeks")
        .add("risk_level", riskLevel())
        .add("expected_return", expectedReturn())
        .add("quantity", quantity)
        .add("position_value", Decimals.cents(quantity.multiply(symbol.price())))
        .add("status", "pending_approval")
        .add("expires_at", expiresAt)
        .build();
  }

  /** The distance to the target as a share of the price; 0 to hold. */
  private BigDecimal expectedReturn() {
    return action == Action.HOLD
        ? BigDecimal.ZERO.setScale(4)
        : bracket
            .map(ends -> ends.margin().setScale(4, RoundingMode.HALF_EVEN))
            .orElse(BigDecimal.ZERO);
  }

  private String riskLevel() {
    if (symbol.indicators().atr14().isEmpty()) {
      return "unknown";
    }
    double range = symbol.indicators().atr14().getAsDouble() / symbol.price().doubleValue();
    if (range < CALM) {
      return "low";
    }
    return range < LIVELY ? "medium" : "high";
  }
}
