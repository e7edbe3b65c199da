package io.tasklane.trading.analysis;

import io.tasklane.task.FailureException;
import io.tasklane.task.Run;
import io.tasklane.trading.format.Decimals;
import io.tasklane.trading.format.JsonText;
import io.tasklane.trading.indicator.Averages;
import io.tasklane.trading.market.Bar;
import io.tasklane.trading.market.Listing;
import io.tasklane.trading.market.PriceHistory;
import io.tasklane.trading.run.Stop;
import io.tasklane.trading.source.MarketView;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * The market as a whole, by all tracked symbols that have prices.
 *
 * @param symbols how many were counted
 * @param advancing share whose last close is above the one before, 0 to 1
 * @param aboveAverage share whose last close is above its mean of 20 sessions, 0 to 1, of those
 *     that have so many; empty where none has
 * @param meanChange mean change of the last session in percent
 */
public record MarketConditions(
    int symbols, double advancing, OptionalDouble aboveAverage, double meanChange) {
  private static final double MOST = 0.6;
  private static final int SESSIONS = 20;

  private record Move(double changePercent, OptionalDouble overAverage) {}

  /** Looks at every listing; one without prices does not count. */
  static MarketConditions read(Run run, MarketView view, List<Listing> listings)
      throws InterruptedException {
    List<Move> moves = new ArrayList<>();
    for (Listing listing : listings) {
      Stop.ifAsked(run);
      try {
        PriceHistory prices = PriceHistory.read(view, listing.symbol());
        prices.before(prices.last().date()).ifPresent(before -> moves.add(move(prices, before)));
      } catch (FailureException e) {
        run.log("market: " + listing.symbol() + " does not count: " + e.getMessage());
      }
    }
    int n = Math.max(1, moves.size());
    return new MarketConditions(
        moves.size(),
        (double) moves.stream().filter(move -> move.changePercent > 0).count() / n,
        moves.stream()
            .flatMapToDouble(move -> move.overAverage.stream())
            .map(over -> over > 0 ? 1 : 0)
            .average(),
        moves.stream().mapToDouble(Move::changePercent).average().orElse(0));
  }

  /** bullish or bearish where most symbols agree, else neutral. */
  public String trend() {
    double share = aboveAverage.orElse(0.5);
    if (share >= MOST) {
      return "bullish";
    }
    return share <= 1 - MOST ? "bearish" : "neutral";
  }

  JsonObject toJson() {
    JsonObjectBuilder json =
        JsonText.object()
            .add("trend", trend())
            .add("symbols", symbols)
            .add("advancing_share", Decimals.statistic(advancing, 4))
            .add("mean_change_percent", Decimals.statistic(meanChange, 4));
    PassedOn.add(json, "above_sma20_share", aboveAverage);
    return json.build();
  }

  static MarketConditions fromJson(JsonObject json) {
    PassedOn facts = new PassedOn("market_conditions", json);
    return new MarketConditions(
        facts.count("symbols"),
        facts.statistic("advancing_share"),
        facts.optionalStatistic("above_sma20_share"),
        facts.statistic("mean_change_percent"));
  }

  private static Move move(PriceHistory prices, Bar before) {
    double last = prices.last().close().doubleValue();
    double change = 100 * (last / before.close().doubleValue() - 1);
    double[] closes = prices.column(bar -> bar.close().doubleValue());
    OptionalDouble average = Averages.simple(closes, SESSIONS);
    return new Move(
        change,
        average.isPresent()
            ? OptionalDouble.of(last - average.getAsDouble())
            : OptionalDouble.empty());
  }
}
