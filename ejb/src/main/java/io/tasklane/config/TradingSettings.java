package io.tasklane.config;

import io.tasklane.trading.TradingConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * Reads where trading tasks take their data from: tasklane.trading.source, .folder, .as-of, .seed.
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
    return asOf(settings).map(config::withAsOf).orElse(config);
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
