package io.tasklane.trading.portfolio;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** From when to now a gain is reckoned. */
public enum Period {
  /** Previous close to now, on what was held at that close. */
  OVERNIGHT,
  /** The session's open to now, with the trades since the previous close. */
  INTRADAY,
  /** Cost to now, with all trades. */
  TOTAL,
  /** Previous close to now, with the trades since. */
  DAY;

  /** The periods a task may be asked for, the default first. */
  static final List<String> WORDS =
      Arrays.stream(values()).filter(p -> p != DAY).map(Period::word).toList();

  /** The word in inputs and results. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Period of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
