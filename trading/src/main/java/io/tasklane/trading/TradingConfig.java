package io.tasklane.trading;

import io.tasklane.trading.risk.RiskLimits;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Optional;

/**
 * Where the trading tasks take their data from.
 *
 * @param source generated or the user's own
 * @param folder the user's folder; needed for FILES, else ignored
 * @param asOf the day the data are seen on; empty means today
 * @param seed of the sample; the same seed and day give the same data
 * @param riskLimits what a portfolio is held against, where a task does not say otherwise
 */
public record TradingConfig(
    DataSource source,
    Optional<Path> folder,
    Optional<LocalDate> asOf,
    long seed,
    RiskLimits riskLimits) {

  /** Where data come from. */
  public enum DataSource {
    /** A generated market. */
    SAMPLE,
    /** The folder of the user. */
    FILES
  }

  /** Checks that a folder is there where one is needed. */
  public TradingConfig {
    if (source == DataSource.FILES && folder.isEmpty()) {
      throw new IllegalArgumentException("data source FILES needs a folder, and none is given");
    }
  }

  /** The sample of today. */
  public static TradingConfig sample(long seed) {
    return new TradingConfig(
        DataSource.SAMPLE, Optional.empty(), Optional.empty(), seed, RiskLimits.USUAL);
  }

  /** The user's folder, seen today. */
  public static TradingConfig files(Path folder) {
    return new TradingConfig(
        DataSource.FILES, Optional.of(folder), Optional.empty(), 0, RiskLimits.USUAL);
  }

  /** The same seen on that day. */
  public TradingConfig withAsOf(LocalDate day) {
    return new TradingConfig(source, folder, Optional.of(day), seed, riskLimits);
  }

  /** The same held against those limits. */
  public TradingConfig withRiskLimits(RiskLimits limits) {
    return new TradingConfig(source, folder, asOf, seed, limits);
  }
}
