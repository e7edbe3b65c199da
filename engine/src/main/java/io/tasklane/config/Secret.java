package io.tasklane.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A secret. It has no text form, so that no log and no message can contain it. */
public final class Secret {
  private final String word;

  private Secret(String word) {
    this.word = word;
  }

  /**
   * Reads it from the file that {@code KEY-file} names or, if none is named, from KEY, which
   * belongs in the environment; empty if both are missing.
   */
  public static Optional<Secret> from(Settings settings, String key) {
    Optional<String> file = settings.optional(key + "-file");
    return file.isPresent()
        ? Optional.of(new Secret(read(key + "-file", file.get())))
        : settings.optional(key).map(Secret::new);
  }

  private static String read(String key, String file) {
    try {
      return Files.readString(Path.of(file)).strip();
    } catch (IOException unreadable) {
      throw Settings.wrong(key, file, "a file that can be read (" + unreadable + ")");
    }
  }

  /** The secret itself. */
  public String reveal() {
    return word;
  }

  @Override
  public String toString() {
    return "(secret)";
  }
}
