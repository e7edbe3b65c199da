package io.tasklane.trading.market;

import io.tasklane.trading.format.CsvFile;
import io.tasklane.trading.format.CsvRow;
import io.tasklane.trading.format.DataFault;
import io.tasklane.trading.source.MarketView;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * The daily prices of one symbol up to the day of the view, oldest first.
 *
 * @param symbol ticker
 * @param bars never empty, dates ascending
 * @param goesOn whether the file has bars after the day of the view
 */
public record PriceHistory(String symbol, List<Bar> bars, boolean goesOn) {
  private static final List<String> COLUMNS =
      List.of("date", "open", "high", "low", "close", "volume");

  /** Keeps an own copy of the bars. */
  public PriceHistory {
    bars = List.copyOf(bars);
  }

  /** Reads prices/SYMBOL.csv (columns Date, Open, High, Low, Close, Volume), rows in any order. */
  public static PriceHistory read(MarketView view, String symbol) {
    String file = "prices/" + symbol + ".csv";
    TreeMap<LocalDate, Bar> byDate = new TreeMap<>();
    for (CsvRow row : CsvFile.rows(file, view.source().read(file), COLUMNS)) {
      Bar bar = bar(row);
      if (byDate.put(bar.date(), bar) != null) {
        throw row.fault("date", "each date once");
      }
    }
    Map<LocalDate, Bar> seen = byDate.headMap(view.asOf(), true);
    if (seen.isEmpty()) {
      throw DataFault.missing(file + " has no price on or before " + view.asOf());
    }
    return new PriceHistory(symbol, List.copyOf(seen.values()), seen.size() < byDate.size());
  }

  /** The newest bar. */
  public Bar last() {
    return bars.get(bars.size() - 1);
  }

  /** The bar of that session. */
  public Optional<Bar> on(LocalDate session) {
    return bars.stream().filter(bar -> bar.date().equals(session)).findFirst();
  }

  /** The newest bar of an earlier session. */
  public Optional<Bar> before(LocalDate session) {
    return bars.stream().filter(bar -> bar.date().isBefore(session)).reduce((a, b) -> b);
  }

  /** One column as statistics see it, oldest first. */
  public double[] column(ToDoubleFunction<Bar> part) {
    return bars.stream().mapToDouble(part).toArray();
  }

  private static Bar bar(CsvRow row) {
    Bar bar =
        new Bar(
            row.date("date"),
            row.positive("open"),
            row.positive("high"),
            row.positive("low"),
            row.positive("close"),
            row.notNegative("volume"));
    if (!bar.isConsistent()) {
      throw row.fault("high", "high and low that enclose open and close");
    }
    return bar;
  }
}
