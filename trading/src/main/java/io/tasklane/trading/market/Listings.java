package io.tasklane.trading.market;

import io.tasklane.trading.format.CsvFile;
import io.tasklane.trading.format.CsvRow;
import io.tasklane.trading.format.DataFault;
import io.tasklane.trading.input.Symbols;
import io.tasklane.trading.source.Source;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The tracked symbols, in the order of symbols.csv (columns symbol, name, sector, aliases; aliases
 * separated by |).
 *
 * @param bySymbol listings by ticker; never empty
 */
public record Listings(Map<String, Listing> bySymbol) {
  private static final String FILE = "symbols.csv";

  /** Keeps an own copy in the same order. */
  public Listings {
    bySymbol = Collections.unmodifiableMap(new LinkedHashMap<>(bySymbol));
  }

  /** Reads symbols.csv. */
  public static Listings read(Source source) {
    Map<String, Listing> listings = new LinkedHashMap<>();
    List<String> columns = List.of("symbol", "name", "sector", "aliases");
    for (CsvRow row : CsvFile.rows(FILE, source.read(FILE), columns)) {
      Listing listing = listing(row);
      if (listings.put(listing.symbol(), listing) != null) {
        throw row.fault("symbol", "each symbol once");
      }
    }
    if (listings.isEmpty()) {
      throw DataFault.missing(FILE + " has no rows: at least one symbol is needed");
    }
    return new Listings(listings);
  }

  /** Those listings, or all where none is asked for; refuses an unknown symbol. */
  public List<Listing> select(List<String> symbols) {
    if (symbols.isEmpty()) {
      return List.copyOf(bySymbol.values());
    }
    return symbols.stream().map(this::require).toList();
  }

  /** Whether that symbol is tracked. */
  public boolean knows(String symbol) {
    return bySymbol.containsKey(symbol);
  }

  private Listing require(String symbol) {
    Listing listing = bySymbol.get(symbol);
    if (listing == null) {
      throw DataFault.unknownSymbol(symbol, bySymbol.keySet());
    }
    return listing;
  }

  private static Listing listing(CsvRow row) {
    String symbol = row.text("symbol").toUpperCase(Locale.ROOT);
    if (!Symbols.isTicker(symbol)) {
      throw row.fault("symbol", "a ticker symbol such as AAPL or BRK.B");
    }
    List<String> aliases =
        Arrays.stream(row.optionalText("aliases").split("\\|"))
            .map(String::strip)
            .filter(alias -> !alias.isEmpty())
            .toList();
    return new Listing(symbol, row.text("name"), row.optionalText("sector"), aliases);
  }
}
