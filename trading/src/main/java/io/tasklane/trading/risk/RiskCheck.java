package io.tasklane.trading.risk;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A group of measures that is asked for, and scored, as one. */
enum RiskCheck {
  /** How much depends on one symbol or one sector. */
  CONCENTRATION,
  /** How much is at stake in all, and how it moves with the market. */
  EXPOSURE,
  /** How long it takes to sell. */
  LIQUIDITY,
  /** What has been lost already; only where it is asked for. */
  LOSSES;

  /** The words of inputs. */
  static final List<String> WORDS = Arrays.stream(values()).map(RiskCheck::word).toList();

  /** Those made where none is asked for. */
  static final List<String> USUAL =
      List.of(CONCENTRATION.word(), EXPOSURE.word(), LIQUIDITY.word());

  /** The word in inputs and results. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static RiskCheck of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
