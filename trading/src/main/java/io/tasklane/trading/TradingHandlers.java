package io.tasklane.trading;

import io.tasklane.task.TaskHandler;
import io.tasklane.trading.analysis.MorningPrep;
import io.tasklane.trading.analysis.RecommendationGeneration;
import io.tasklane.trading.analysis.RuleAnalyst;
import io.tasklane.trading.calendar.TradingCalendar;
import io.tasklane.trading.fundamentals.FundamentalsUpdate;
import io.tasklane.trading.news.NewsMonitoring;
import io.tasklane.trading.portfolio.CalculateOvernightPnl;
import io.tasklane.trading.portfolio.SyncAccountBalances;
import io.tasklane.trading.portfolio.UpdatePositions;
import io.tasklane.trading.risk.ValidatePortfolioRisks;
import io.tasklane.trading.sample.SampleSource;
import io.tasklane.trading.source.FileSource;
import io.tasklane.trading.source.MarketData;
import io.tasklane.trading.source.Source;
import io.tasklane.trading.store.TradingStore;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** The handlers of all trading task types, put together for one configuration. */
public final class TradingHandlers {
  private TradingHandlers() {}

  /**
   * One handler for each task type; they may run at the same time.
   *
   * @param clock says what today is, where neither task nor configuration names a day
   */
  public static List<TaskHandler> all(TradingConfig config, TradingStore store, Clock clock) {
    MarketData data = data(config, clock);
    return List.of(
        new SyncAccountBalances(data, store),
        new UpdatePositions(data, store),
        new CalculateOvernightPnl(data),
        new ValidatePortfolioRisks(data, config.riskLimits()),
        new NewsMonitoring(data),
        new FundamentalsUpdate(data, store),
        new MorningPrep(data, new RuleAnalyst()),
        new RecommendationGeneration(data));
  }

  private static MarketData data(TradingConfig config, Clock clock) {
    TradingCalendar calendar = TradingCalendar.nyse();
    return switch (config.source()) {
      case FILES ->
          MarketData.of(
              new FileSource(config.folder().orElseThrow()), config.asOf(), calendar, clock);
      case SAMPLE ->
          MarketData.endingAtClose(
              new LastSample(config.seed(), calendar)::on, config.asOf(), calendar, clock);
    };
  }

  /** Keeps the sample of the day asked for last: generating one takes longer than reading it. */
  private static final class LastSample {
    private record Day(LocalDate asOf, Source source) {}

    private final long seed;
    private final TradingCalendar calendar;
    private final AtomicReference<Day> last = new AtomicReference<>();

    LastSample(long seed, TradingCalendar calendar) {
      this.seed = seed;
      this.calendar = calendar;
    }

    Source on(LocalDate asOf) {
      Day day = last.get();
      if (day == null || !day.asOf.equals(asOf)) {
        day = new Day(asOf, new SampleSource(seed, asOf, calendar));
        last.set(day);
      }
      return day.source;
    }
  }
}
