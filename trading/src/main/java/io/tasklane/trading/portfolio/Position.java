package io.tasklane.trading.portfolio;

import io.tasklane.trading.format.JsonRecord;
import io.tasklane.trading.format.JsonText;
import io.tasklane.trading.source.Source;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What an account holds of one symbol, as Alpaca's {@code GET /v2/positions} describes it.
 *
 * @param account the field account_id, which we add to Alpaca's; empty where not given
 * @param symbol ticker, or an option in OSI form without blanks
 * @param statedQuantity as it stands in the file
 * @param side long or short
 * @param averageEntryPrice price per share
 * @param currentPrice price per share now
 * @param lastDayPrice the previous close as the broker has it, where given
 * @param marketValue quantity x price (x 100 for options) by the broker's own reckoning
 */
public record Position(
    String account,
    String symbol,
    BigDecimal statedQuantity,
    Side side,
    BigDecimal averageEntryPrice,
    BigDecimal currentPrice,
    Optional<BigDecimal> lastDayPrice,
    BigDecimal marketValue) {
  static final String FILE = "positions.json";

  /** Which way a position points. */
  public enum Side {
    /** Gains when the price rises. */
    LONG,
    /** Gains when the price falls. */
    SHORT
  }

  /** Reads positions.json; an empty array means nothing is held. */
  public static List<Position> read(Source source) {
    return JsonText.records(FILE, source.read(FILE)).stream().map(Position::of).toList();
  }

  /** The quantity with the sign that its side says: negative for a short position. */
  public BigDecimal quantity() {
    return side == Side.SHORT ? statedQuantity.abs().negate() : statedQuantity.abs();
  }

  /** Whether the stated quantity has the sign of the side and is not 0. */
  public boolean hasConsistentSign() {
    return statedQuantity.signum() == (side == Side.SHORT ? -1 : 1);
  }

  /** Whether it is an option, not shares. */
  public boolean isOption() {
    return OptionSymbol.isOption(symbol);
  }

  /** The symbol whose shares are behind it: its own, or that of an option's root. */
  public String underlying() {
    return underlying(symbol);
  }

  /** The symbol whose shares are behind a symbol: itself, or an option's root. */
  public static String underlying(String symbol) {
    return OptionSymbol.underlying(symbol);
  }

  /** How many shares one unit stands for: 100 for an option, else 1. */
  public BigDecimal multiplier() {
    return OptionSymbol.multiplier(symbol);
  }

  private static Position of(JsonRecord json) {
    String side = json.text("side").toLowerCase(Locale.ROOT);
    if (!side.equals("long") && !side.equals("short")) {
      throw json.fault("side", "long or short");
    }
    return new Position(
        json.optionalText("account_id").orElse(""),
        json.text("symbol").toUpperCase(Locale.ROOT).replace(" ", ""),
        json.decimal("qty"),
        side.equals("long") ? Side.LONG : Side.SHORT,
        notNegative(json, "avg_entry_price"),
        notNegative(json, "current_price"),
        json.optionalDecimal("lastday_price"),
        json.decimal("market_value"));
  }

  private static BigDecimal notNegative(JsonRecord json, String field) {
    BigDecimal price = json.decimal(field);
    if (price.signum() < 0) {
      throw json.fault(field, "a price of 0 or more");
    }
    return price;
  }
}
