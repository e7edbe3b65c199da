package io.tasklane.trading.portfolio;

import io.tasklane.trading.calendar.TradingCalendar;
import io.tasklane.trading.format.CsvFile;
import io.tasklane.trading.format.CsvRow;
import io.tasklane.trading.source.Source;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * An executed order, or part of one.
 *
 * @param time when
 * @param account as the row names it; empty where the column is empty
 * @param symbol ticker or OSI option
 * @param quantity signed: bought above 0, sold below
 * @param price per share
 * @param fee not negative
 * @param place file and line, for messages
 */
public record Fill(
    Instant time,
    String account,
    String symbol,
    BigDecimal quantity,
    BigDecimal price,
    BigDecimal fee,
    String place) {
  static final String FILE = "fills.csv";

  /** Reads fills.csv (columns time, account, symbol, side, quantity, price, fee), oldest first. */
  public static List<Fill> read(Source source) {
    List<String> columns = List.of("time", "account", "symbol", "side", "quantity", "price", "fee");
    // The sort is stable: fills of the same instant keep the order of the file.
    return CsvFile.rows(FILE, source.read(FILE), columns).stream()
        .map(Fill::of)
        .sorted(Comparator.comparing(Fill::time))
        .toList();
  }

  private static Fill of(CsvRow row) {
    BigDecimal quantity = row.decimal("quantity");
    if (quantity.signum() <= 0) {
      throw row.fault("quantity", "a number above 0; the column side says buy or sell");
    }
    return new Fill(
        time(row),
        row.optionalText("account"),
        row.text("symbol").toUpperCase(Locale.ROOT).replace(" ", ""),
        isBuy(row) ? quantity : quantity.negate(),
        row.positive("price"),
        row.notNegative("fee"),
        row.file() + " line " + row.line());
  }

  private static boolean isBuy(CsvRow row) {
    return switch (row.optionalText("side").toLowerCase(Locale.ROOT)) {
      case "buy" -> true;
      case "sell", "sell_short" -> false;
      default -> throw row.fault("side", "buy, sell or sell_short");
    };
  }

  private static Instant time(CsvRow row) {
    String text = row.optionalText("time").replace(' ', 'T');
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException withoutOffset) {
      try {
        return LocalDateTime.parse(text).atZone(TradingCalendar.ZONE).toInstant();
      } catch (DateTimeException e) {
        throw row.fault(
            "time", "ISO-8601 such as 2026-11-20T15:31:00Z, or without a zone in New York time");
      }
    }
  }
}
