package io.tasklane.container;

import io.tasklane.config.Settings;
import io.tasklane.trading.TradingConfig;
import io.tasklane.trading.format.Decimals;
import io.tasklane.trading.risk.RiskLimits;
import io.tasklane.trading.risk.RiskMeasure;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * Reads where trading tasks take their data from (tasklane.trading.source, .folder, .as-of, .seed)
 * and what risks they allow (tasklane.trading.risk.max-symbol-weight and the other measures).
 */
public final class TradingSettings {
  private static final int SEED = 20260105;

  private TradingSettings() {}

  /** Reads the keys. */
  public static TradingConfig from(Settings settings) {
    TradingConfig config =
        switch (settings.text("tasklane.trading.source", "sample")) {
          case "sample" ->
              TradingConfig.sample(
                  settings.number("tasklane.trading.seed", SEED, 0, Integer.MAX_VALUE));
          case "files" -> TradingConfig.files(folder(settings));
          default ->
              throw Settings.wrong(
                  "tasklane.trading.source",
                  settings.text("tasklane.trading.source", ""),
                  "sample or files");
        };
    TradingConfig limited = config.withRiskLimits(riskLimits(settings));
    return asOf(settings).map(limited::withAsOf).orElse(limited);
  }

  private static RiskLimits riskLimits(Settings settings) {
    Map<RiskMeasure, BigDecimal> limits = new EnumMap<>(RiskMeasure.class);
    for (RiskMeasure measure : RiskMeasure.values()) {
      String key = "tasklane.trading.risk." + measure.limitName().replace('_', '-');
      settings.optional(key).ifPresent(text -> limits.put(measure, limit(key, text)));
    }
    return new RiskLimits(limits);
  }

  private static BigDecimal limit(String key, String text) {
    return Decimals.parse(text)
        .filter(RiskLimits::isAllowed)
        .orElseThrow(() -> Settings.wrong(key, text, RiskLimits.ALLOWED));
  }

  private static Path folder(Settings settings) {
    String text = settings.text("tasklane.trading.folder", "");
    Path folder = Path.of(text);
    if (text.isEmpty() || !Files.isDirectory(folder)) {
      throw Settings.wrong("tasklane.trading.folder", text, "a folder that exists");
    }
    return folder;
  }

  private static Optional<LocalDate> asOf(Settings settings) {
    return settings
        .optional("tasklane.trading.as-of")
        .map(
            text -> {
              try {
                return LocalDate.parse(text);
              } catch (DateTimeParseException notOne) {
                throw Settings.wrong("tasklane.trading.as-of", text, "a date such as 2026-01-05");
              }
            });
  }
}
