package io.tasklane.trading.fundamentals;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A group of figures that is asked for as one. */
enum DataType {
  /** Revenue, net income, earnings per share, and how they grow. */
  FINANCIALS,
  /** Figures set beside one another, and beside the price. */
  RATIOS,
  /** Shares outstanding and public float. */
  OWNERSHIP;

  /** The words of inputs. */
  static final List<String> WORDS =
      Arrays.stream(values()).map(each -> each.name().toLowerCase(Locale.ROOT)).toList();

  static DataType of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
