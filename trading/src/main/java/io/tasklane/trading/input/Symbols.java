package io.tasklane.trading.input;

import io.tasklane.trading.format.DataFault;
import jakarta.json.JsonArray;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Ticker symbols as callers write them, a list or "AAPL,msft", made one form. */
public final class Symbols {
  private static final Pattern TICKER = Pattern.compile("[A-Z][A-Z0-9]{0,9}([.-][A-Z0-9]{1,4})?");
  private static final String ALLOWED =
      "a list of ticker symbols, or one text such as \"AAPL,MSFT\"";

  private Symbols() {}

  /** Upper case, stripped, each once, in the given order; empty where nothing is given. */
  public static List<String> normalised(JsonValue value) {
    List<String> given = new ArrayList<>();
    if (value instanceof JsonString text) {
      given.addAll(List.of(text.getString().split(",")));
    } else if (value instanceof JsonArray array) {
      for (JsonValue element : array) {
        if (!(element instanceof JsonString text)) {
          throw DataFault.input("symbols", element.toString(), ALLOWED);
        }
        given.add(text.getString());
      }
    } else {
      throw DataFault.input("symbols", value.toString(), ALLOWED);
    }
    Set<String> symbols = new LinkedHashSet<>();
    given.stream().map(Symbols::upper).filter(s -> !s.isEmpty()).forEach(symbols::add);
    symbols.forEach(Symbols::check);
    return List.copyOf(symbols);
  }

  /**
   * Whether that text, upper case, is written like a ticker symbol; so it is safe in a file name.
   */
  public static boolean isTicker(String text) {
    return TICKER.matcher(text).matches();
  }

  private static String upper(String symbol) {
    return symbol.strip().toUpperCase(Locale.ROOT);
  }

  private static void check(String symbol) {
    if (!isTicker(symbol)) {
      throw DataFault.input("symbols", symbol, "a ticker symbol such as AAPL or BRK.B");
    }
  }
}
