package io.tasklane.trading.portfolio;

import io.tasklane.task.Payload;
import io.tasklane.task.Run;
import io.tasklane.task.TaskHandler;
import io.tasklane.task.TaskType;
import io.tasklane.trading.format.Decimals;
import io.tasklane.trading.format.JsonText;
import io.tasklane.trading.input.Input;
import io.tasklane.trading.run.Announcer;
import io.tasklane.trading.run.EachSymbol;
import io.tasklane.trading.run.Results;
import io.tasklane.trading.run.TradingQueue;
import io.tasklane.trading.source.MarketData;
import io.tasklane.trading.source.MarketView;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.math.BigDecimal;
import java.util.List;

/** Profit and loss: overnight, intraday or total, by first-in-first-out lots from the fills. */
public final class CalculateOvernightPnl implements TaskHandler {
  private static final int MOST_LISTED = 500;
  private static final TaskType TYPE =
      TradingQueue.PORTFOLIO_SYNC.type(
          "calculate_overnight_pnl",
          "Reckons profit and loss overnight, intraday or in total, realised and unrealised.",
          CalculateOvernightPnl.class);

  private final MarketData data;

  /**
   * A symbol's gains.
   *
   * @param symbol ticker or option
   * @param period over the period asked for
   * @param day since the previous close
   */
  private record SymbolGain(String symbol, Gain period, Gain day) {}

  /**
   * The gains of all symbols.
   *
   * @param period over the period asked for
   * @param day since the previous close
   */
  private record Totals(Gain period, Gain day) {
    static Totals of(List<SymbolGain> gains) {
      return new Totals(
          gains.stream().map(SymbolGain::period).reduce(Gain.NONE, Gain::plus),
          gains.stream().map(SymbolGain::day).reduce(Gain.NONE, Gain::plus));
    }

    JsonObjectBuilder toJson(MarketView view, Period over) {
      return JsonText.object()
          .add("calculation_type", over.word())
          .add("session", view.session().toString())
          .addAll(amounts(period))
          .add("pnl_percentage", Decimals.percent(period.total(), period.invested()))
          .add("daily_pnl", Decimals.cents(day.total()));
    }
  }

  /** Reads from the data. */
  public CalculateOvernightPnl(MarketData data) {
    this.data = data;
  }

  @Override
  public TaskType type() {
    return TYPE;
  }

  @Override
  public Payload handle(Run run) throws InterruptedException {
    Input input = Input.of(run.input());
    Period period = Period.of(input.choice("calculation_type", Period.WORDS));
    boolean fees = input.flag("include_fees", true);
    boolean dividends = input.flag("include_dividends", true);
    MarketView view = data.on(input.asOf());
    Portfolio portfolio = Portfolio.read(view.source());
    Valuation valuation = new Valuation(view);
    EachSymbol<SymbolGain> gains =
        EachSymbol.work(
            run,
            portfolio.holdings().stream().map(Holding::symbol).distinct().toList(),
            symbol -> gain(portfolio, symbol, valuation, period, fees));
    if (dividends) {
      run.log("no dividend records in the formats read: dividends_included is 0");
    }
    Totals totals = Totals.of(gains.results());
    new Announcer(run, view)
        .say("portfolio.pnl_update", Announcer.PORTFOLIO, totals.toJson(view, period).build());
    return Results.payload(result(view, period, totals, gains));
  }

  private static SymbolGain gain(
      Portfolio portfolio, String symbol, Valuation valuation, Period period, boolean fees) {
    Gain over = Gain.NONE;
    Gain day = Gain.NONE;
    for (Holding holding : portfolio.holdings()) {
      if (holding.symbol().equals(symbol)) {
        over = over.plus(valuation.gain(holding, period));
        day = day.plus(valuation.gain(holding, Period.DAY));
      }
    }
    return fees
        ? new SymbolGain(symbol, over, day)
        : new SymbolGain(symbol, over.withoutFees(), day.withoutFees());
  }

  private static JsonObjectBuilder result(
      MarketView view, Period period, Totals totals, EachSymbol<SymbolGain> gains) {
    JsonArrayBuilder symbols = JsonText.array();
    List<SymbolGain> moved =
        gains.results().stream().filter(gain -> !gain.period().equals(Gain.NONE)).toList();
    moved.stream()
        .limit(MOST_LISTED)
        .forEach(gain -> symbols.add(amounts(gain.period()).add("symbol", gain.symbol())));
    JsonObjectBuilder result =
        Results.of(view)
            .addAll(totals.toJson(view, period))
            .add("dividends_included", Decimals.cents(BigDecimal.ZERO))
            .add("symbols", symbols)
            .add("symbols_omitted", Math.max(0, moved.size() - MOST_LISTED));
    gains.describe(result);
    return result;
  }

  private static JsonObjectBuilder amounts(Gain gain) {
    return JsonText.object()
        .add("total_pnl", Decimals.cents(gain.total()))
        .add("realized_pnl", Decimals.cents(gain.realised()))
        .add("unrealized_pnl", Decimals.cents(gain.unrealised()))
        .add("fees_deducted", Decimals.cents(gain.fees()));
  }
}
