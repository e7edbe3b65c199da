package io.tasklane.trading.format;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/** Money and quantities as plain decimals: read from text, rounded once at the end. */
public final class Decimals {
  /** What {@link #parse} accepts, for messages. */
  public static final String ALLOWED = "a decimal number such as 1234.50";

  private static final int MOST_DIGITS = 15;
  private static final int MOST_DECIMALS = 12;

  private Decimals() {}

  /** The number written there, or empty where it is none. */
  public static Optional<BigDecimal> parse(String text) {
    String trimmed = text.strip();
    return isPlain(trimmed) ? Optional.of(new BigDecimal(trimmed)) : Optional.empty();
  }

  /**
   * Up to 15 digits and 12 decimals, no exponent: "1e999999999" would cost gigabytes in the first
   * addition. By hand, because price files are long and a regular expression took half their time.
   */
  private static boolean isPlain(String text) {
    int begin = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
    int point = text.indexOf('.');
    int end = point < 0 ? text.length() : point;
    return isDigits(text, begin, end, MOST_DIGITS)
        && (point < 0 || isDigits(text, point + 1, text.length(), MOST_DECIMALS));
  }

  private static boolean isDigits(String text, int begin, int end, int most) {
    for (int i = begin; i < end; i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return end > begin && end - begin <= most;
  }

  /** To the cent, half to even. */
  public static BigDecimal cents(BigDecimal amount) {
    return amount.setScale(2, RoundingMode.HALF_EVEN);
  }

  /** A share of a whole as a fraction of six digits; 0 where the whole is 0. */
  public static BigDecimal share(BigDecimal part, BigDecimal whole) {
    return whole.signum() == 0
        ? BigDecimal.ZERO.setScale(6)
        : part.divide(whole, 6, RoundingMode.HALF_EVEN);
  }

  /** A share of a whole in percent, four digits; 0 where the whole is 0. */
  public static BigDecimal percent(BigDecimal part, BigDecimal whole) {
    return whole.signum() == 0
        ? BigDecimal.ZERO.setScale(4)
        : part.movePointRight(2).divide(whole, 4, RoundingMode.HALF_EVEN);
  }

  /** A statistic as a decimal of that many digits, for results. */
  public static BigDecimal statistic(double value, int digits) {
    return BigDecimal.valueOf(value).setScale(digits, RoundingMode.HALF_EVEN);
  }
}
