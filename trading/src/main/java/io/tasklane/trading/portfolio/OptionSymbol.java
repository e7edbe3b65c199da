package io.tasklane.trading.portfolio;

import java.math.BigDecimal;
import java.util.regex.Pattern;

/**
 * Listed options as the Options Symbology Initiative writes them, blanks left out: root, YYMMDD, C
 * or P, strike x 1000 in eight digits, such as AAPL260116C00190000.
 */
final class OptionSymbol {
  /** One contract stands for 100 shares. */
  private static final BigDecimal SHARES = BigDecimal.valueOf(100);

  private static final Pattern OSI = Pattern.compile("([A-Z]{1,6})\\d{6}[CP]\\d{8}");

  private OptionSymbol() {}

  static boolean isOption(String symbol) {
    return OSI.matcher(symbol).matches();
  }

  /** How many shares one unit of that symbol stands for. */
  static BigDecimal multiplier(String symbol) {
    return isOption(symbol) ? SHARES : BigDecimal.ONE;
  }

  /** The symbol whose shares are behind it: itself, or an option's root. */
  static String underlying(String symbol) {
    return OSI.matcher(symbol).replaceFirst("$1");
  }
}
