package io.tasklane.trading.analysis;

import io.tasklane.trading.analysis.Recommendation.Action;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Turns the facts about a symbol into a recommendation within the caps. */
final class Recommender {
  private static final double THRESHOLD = 0.3;

  private final PortfolioStatus portfolio;
  private final RiskTolerance tolerance;

  Recommender(PortfolioStatus portfolio, RiskTolerance tolerance) {
    this.portfolio = portfolio;
    this.tolerance = tolerance;
  }

  /** The strongest scores first: what they use up of cash and caps is gone for those after them. */
  List<Recommendation> recommend(List<SymbolBrief> symbols) {
    List<SymbolBrief> strongestFirst =
        symbols.stream()
            .sorted(
                Comparator.comparingDouble((SymbolBrief each) -> -Math.abs(Score.of(each).total())))
            .toList();
    List<Recommendation> all = new ArrayList<>();
    Recommender left = this;
    for (SymbolBrief symbol : strongestFirst) {
      Recommendation recommendation = left.recommend(symbol);
      all.add(recommendation);
      left = left.after(recommendation);
    }
    return all;
  }

  private Recommender after(Recommendation recommendation) {
    if (recommendation.action() != Action.BUY) {
      return this;
    }
    SymbolBrief symbol = recommendation.symbol();
    BigDecimal cost = recommendation.quantity().multiply(symbol.price());
    return new Recommender(portfolio.afterBuying(cost, symbol.isHeld()), tolerance);
  }

  /** For one symbol alone. */
  Recommendation recommend(SymbolBrief symbol) {
    Score score = Score.of(symbol);
    if (score.total() >= THRESHOLD) {
      return buy(symbol, score);
    }
    return score.total() <= -THRESHOLD ? sell(symbol, score) : hold(symbol, score, "no clear side");
  }

  private Recommendation buy(SymbolBrief symbol, Score score) {
    Optional<Bracket> bracket = bracket(symbol, true);
    if (bracket.isEmpty()) {
      return hold(symbol, score, "too few prices to set a target and a stop");
    }
    if (!bracket.get().isWorthIt()) {
      return hold(symbol, score, "the target is less than 5 % away");
    }
    Optional<String> veto = Veto.of(symbol, portfolio);
    if (veto.isPresent()) {
      return hold(symbol, score, veto.get());
    }
    BigDecimal shares = OrderSize.shares(symbol, bracket.get(), portfolio);
    if (shares.signum() == 0) {
      return hold(symbol, score, "the caps leave no room for one share");
    }
    return act(symbol, score, Action.BUY, bracket, shares);
  }

  private Recommendation sell(SymbolBrief symbol, Score score) {
    if (symbol.held().signum() <= 0) {
      return hold(symbol, score, "nothing is held that could be sold");
    }
    return act(symbol, score, Action.SELL, bracket(symbol, false), symbol.held());
  }

  private static Recommendation act(
      SymbolBrief symbol,
      Score score,
      Action action,
      Optional<Bracket> bracket,
      BigDecimal quantity) {
    double confidence = 0.5 + Math.abs(score.total()) / 2;
    return new Recommendation(
        symbol, action, confidence, action + ": " + score.describe(), bracket, quantity);
  }

  private Recommendation hold(SymbolBrief symbol, Score score, String reason) {
    double confidence = 1 - Math.min(Math.abs(score.total()), 0.5);
    return new Recommendation(
        symbol,
        Action.HOLD,
        confidence,
        "HOLD, " + reason + ": " + score.describe(),
        bracket(symbol, score.total() >= 0),
        BigDecimal.ZERO);
  }

  private Optional<Bracket> bracket(SymbolBrief symbol, boolean rising) {
    double atr = symbol.indicators().atr14().orElse(0);
    return atr > 0
        ? Optional.of(Bracket.of(symbol.price(), atr, tolerance, rising))
        : Optional.empty();
  }
}
