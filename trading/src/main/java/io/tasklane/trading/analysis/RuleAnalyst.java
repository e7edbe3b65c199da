package io.tasklane.trading.analysis;

import io.tasklane.trading.format.Decimals;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Judges by fixed thresholds: the same brief gives the same judgement, word for word. */
public final class RuleAnalyst implements Analyst {
  private static final double HIGH_IMPACT = 0.6;
  private static final double OVERBOUGHT = 70;
  private static final double OVERSOLD = 30;
  private static final double LEAST_CONFIDENCE = 0.4;
  private static final BigDecimal DAILY_LOSS_PERCENT = new BigDecimal("-3");

  @Override
  public String name() {
    return "rules";
  }

  @Override
  public Judgement judge(Brief brief) {
    Notes notes = new Notes();
    brief.market().ifPresent(market -> judge(market, notes));
    brief.portfolio().ifPresent(portfolio -> judge(portfolio, notes));
    brief.symbols().forEach(symbol -> judge(symbol, brief.tolerance(), notes));
    return new Judgement(notes.risks, notes.insights, notes.act, confidence(brief));
  }

  private static void judge(MarketConditions market, Notes notes) {
    String above =
        market.aboveAverage().isPresent()
            ? String.format(
                Locale.ROOT,
                ": %.0f %% of symbols stand above their 20-day average.",
                100 * market.aboveAverage().getAsDouble())
            : ": no symbol has prices of 20 sessions.";
    String line = "The market is " + market.trend() + above;
    notes.add(market.trend().equals("bearish"), false, line);
  }

  private static void judge(PortfolioStatus portfolio, Notes notes) {
    BigDecimal percent = portfolio.overnightPercent();
    boolean loss = percent.compareTo(DAILY_LOSS_PERCENT) <= 0;
    notes.add(
        loss,
        loss,
        "The portfolio moved by "
            + Decimals.cents(portfolio.overnightPnl())
            + " overnight ("
            + Decimals.cents(percent)
            + " %).");
    if (portfolio.exposure().compareTo(Limits.EXPOSURE) > 0) {
      notes.add(true, true, "Positions are above 90 % of the total value.");
    }
  }

  private static void judge(SymbolBrief symbol, RiskTolerance tolerance, Notes notes) {
    double gap = symbol.gapPercent();
    if (Math.abs(gap) >= tolerance.notableGap()) {
      notes.add(gap < 0, true, line("%s gapped %.2f %% overnight.", symbol, gap));
    }
    if (symbol.news().impact() >= HIGH_IMPACT) {
      boolean bad = symbol.news().impactSentiment() < 0;
      notes.add(bad, true, symbol.symbol() + " in the news: " + symbol.news().headline());
    }
    symbol
        .indicators()
        .rsi14()
        .ifPresent(
            rsi -> {
              if (rsi >= OVERBOUGHT || rsi <= OVERSOLD) {
                String kind = rsi >= OVERBOUGHT ? "overbought" : "oversold";
                notes.add(
                    rsi >= OVERBOUGHT, false, line("%s is " + kind + ", RSI %.1f.", symbol, rsi));
              }
            });
    if (Math.abs(symbol.weight()) > Limits.SYMBOL.doubleValue()) {
      notes.add(true, true, line("%s is %.1f %% of the portfolio.", symbol, 100 * symbol.weight()));
    }
    if (symbol.isHeld() && symbol.gainPercent() <= -100 * tolerance.stopLimit().doubleValue()) {
      notes.add(
          true, true, line("%s stands %.2f %% below its cost.", symbol, -symbol.gainPercent()));
    }
  }

  private static String line(String pattern, SymbolBrief symbol, double value) {
    return String.format(Locale.ROOT, pattern, symbol.symbol(), value);
  }

  /** The more is known, the more certain: 0.4 with nothing, 1 with all indicators and prices. */
  private static double confidence(Brief brief) {
    double known =
        brief.symbols().stream()
            .mapToDouble(symbol -> symbol.indicators().known())
            .average()
            .orElse(0);
    return LEAST_CONFIDENCE + (1 - LEAST_CONFIDENCE) * known;
  }

  /** What was noticed so far. */
  private static final class Notes {
    private final List<String> risks = new ArrayList<>();
    private final List<String> insights = new ArrayList<>();
    private boolean act;

    private void add(boolean risk, boolean calls, String line) {
      (risk ? risks : insights).add(line);
      act |= calls;
    }
  }
}
