package io.tasklane.trading.fundamentals;

import io.tasklane.task.Failure;
import io.tasklane.task.FailureException;
import io.tasklane.trading.format.JsonText;
import io.tasklane.trading.market.PriceHistory;
import io.tasklane.trading.run.Announcer;
import io.tasklane.trading.source.MarketView;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.Set;

/**
 * What an update found about one symbol.
 *
 * @param symbol ticker
 * @param kept what its file gives
 * @param cached whether that was kept already
 * @param newPoints how many data points are new or other than before; 0 where cached
 * @param figures for the result
 */
record SymbolUpdate(String symbol, Kept kept, boolean cached, long newPoints, Figures figures) {

  static SymbolUpdate of(
      String symbol,
      Kept kept,
      boolean cached,
      long newPoints,
      MarketView view,
      Set<DataType> types) {
    Figures figures = Figures.of(kept, view.asOf(), types);
    if (types.contains(DataType.RATIOS)) {
      addPrice(figures, symbol, view);
    }
    return new SymbolUpdate(symbol, kept, cached, newPoints, figures);
  }

  JsonObject toJson() {
    JsonObjectBuilder json =
        JsonText.object()
            .add("symbol", symbol)
            .add("entity_name", kept.entity())
            .add("accession", kept.accession())
            .add("filed", kept.filed().toString())
            .add("cached", cached);
    addPeriod(json);
    figures.describe(json);
    return json.build();
  }

  /** Publishes that there is something new about the symbol, if there is. */
  void announce(Announcer announcer) {
    if (newPoints > 0) {
      JsonObjectBuilder json =
          JsonText.object()
              .add("kind", "fundamentals")
              .add("symbol", symbol)
              .add("new_data_points", newPoints)
              .add("accession", kept.accession())
              .add("filed", kept.filed().toString());
      addPeriod(json);
      announcer.say("data.updated", Announcer.symbol(symbol), json.build());
    }
  }

  private void addPeriod(JsonObjectBuilder json) {
    DataPoint point = kept.points().getOrDefault("revenue", kept.points().get("net_income"));
    if (point == null) {
      json.addNull("period_end").addNull("basis");
    } else {
      json.add("period_end", point.end().toString()).add("basis", point.basis());
    }
  }

  /** Prices that are missing cost the ratios with a price, not the symbol. */
  private static void addPrice(Figures figures, String symbol, MarketView view) {
    try {
      figures.addPriced(PriceHistory.read(view, symbol).last().close());
    } catch (FailureException e) {
      if (e.kind() != Failure.Kind.PERMANENT) {
        throw e;
      }
      figures.withoutPrice(e.getMessage());
    }
  }
}
