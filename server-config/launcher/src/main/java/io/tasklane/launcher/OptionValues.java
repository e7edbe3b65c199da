package io.tasklane.launcher;

import io.tasklane.launcher.process.RunRecord;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/** What the values of options may be. A refusal repeats the value and says what is allowed. */
final class OptionValues {
  private static final int MOST_RESTARTS = 100_000;

  private OptionValues() {}

  static TypeConversionException refused(String value, String allowed) {
    return new TypeConversionException("\"" + value + "\" is not allowed; give " + allowed);
  }

  /**
   * Refuses what does not go with the rest of a command.
   *
   * @param line the command, after it was parsed
   * @param options of which none may be given
   * @param why in words that follow the option's name
   * @throws ParameterException naming the first of them that is given
   */
  static void refuseGiven(CommandLine line, List<String> options, String why) {
    for (String option : options) {
      if (line.getParseResult().hasMatchedOption(option)) {
        throw new ParameterException(line, option + ": " + why);
      }
    }
  }

  private static int number(String value, int most, String allowed) {
    if (!value.matches("\\d{1,9}") || Integer.parseInt(value) > most) {
      throw refused(value, allowed);
    }
    return Integer.parseInt(value);
  }

  private static Path path(String value, String allowed) {
    try {
      if (!value.isBlank()) {
        return Path.of(value);
      }
    } catch (InvalidPathException notAPath) {
      // Falls through to the same refusal as an empty name.
    }
    throw refused(value, allowed);
  }

  static final class Port implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String value) {
      return number(value, 65535, "a port from 1 to 65535, or 0 for any free one");
    }
  }

  static final class Restarts implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String value) {
      return number(value, MOST_RESTARTS, "a whole number from 0 to " + MOST_RESTARTS);
    }
  }

  static final class StatusFormat implements ITypeConverter<StatusCommand.Format> {
    @Override
    public StatusCommand.Format convert(String value) {
      return switch (value) {
        case "table" -> StatusCommand.Format.TABLE;
        case "json" -> StatusCommand.Format.JSON;
        default -> throw refused(value, "table or json");
      };
    }
  }

  static final class LogFiles implements ITypeConverter<Integer> {
    private static final int MOST = 1000;

    @Override
    public Integer convert(String value) {
      return number(value, MOST, "a whole number from 0 to " + MOST);
    }
  }

  static final class Grace implements ITypeConverter<Duration> {
    private static final int MOST = 3600;

    @Override
    public Duration convert(String value) {
      return Duration.ofSeconds(number(value, MOST, "whole seconds from 0 to " + MOST));
    }
  }

  /** MiB of a size like 512m or 2g. */
  private static long mebibytes(String value, long least) {
    String size = value.toLowerCase(Locale.ROOT);
    if (size.matches("[1-9]\\d{0,6}[mg]")) {
      long number = Long.parseLong(size.substring(0, size.length() - 1));
      long mebibytes = size.endsWith("g") ? number << 10 : number;
      if (mebibytes >= least) {
        return mebibytes;
      }
    }
    throw refused(value, "a size of at least %dm, as 512m or 2g".formatted(least));
  }

  /** The heap of a node, as {@code -Xmx} takes it. */
  static final class Heap implements ITypeConverter<String> {
    private static final int LEAST = 256;

    @Override
    public String convert(String value) {
      return mebibytes(value, LEAST) + "m";
    }
  }

  /** The size of a log, in bytes. */
  static final class LogSize implements ITypeConverter<Long> {
    @Override
    public Long convert(String value) {
      return mebibytes(value, 1) << 20;
    }
  }

  /** A folder that need not exist, but must not be a file. It stays as relative as it was given. */
  static final class DataFolderPath implements ITypeConverter<Path> {
    @Override
    public Path convert(String value) {
      Path folder = path(value, "a folder");
      if (Files.exists(folder) && !Files.isDirectory(folder)) {
        throw refused(value, "a folder, this is a file");
      }
      return folder;
    }
  }

  static final class ReadableFolder implements ITypeConverter<Path> {
    @Override
    public Path convert(String value) {
      Path folder = path(value, "a folder");
      if (!Files.isDirectory(folder) || !Files.isReadable(folder)) {
        throw refused(value, "an existing folder that can be read");
      }
      return folder.toAbsolutePath().normalize();
    }
  }

  static final class ReadableFile implements ITypeConverter<Path> {
    @Override
    public Path convert(String value) {
      Path file = path(value, "a file");
      if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
        throw refused(value, "an existing file that can be read");
      }
      return file.toAbsolutePath().normalize();
    }
  }

  static final class Day implements ITypeConverter<LocalDate> {
    @Override
    public LocalDate convert(String value) {
      try {
        return LocalDate.parse(value);
      } catch (DateTimeException notADate) {
        throw refused(value, "a date as YYYY-MM-DD");
      }
    }
  }

  static final class NodeName implements ITypeConverter<String> {
    private static final Set<String> OTHER_COMPONENTS =
        Set.of("postgres", "broker", RunRecord.LAUNCHER);

    @Override
    public String convert(String value) {
      if (!value.matches("[a-z][a-z0-9-]{0,62}") || OTHER_COMPONENTS.contains(value)) {
        throw refused(
            value,
            "a lower-case letter, then up to 62 letters, digits or hyphens"
                + " (not postgres, broker, launcher)");
      }
      return value;
    }
  }

  static final class DatabaseUrl implements ITypeConverter<String> {
    private static final Pattern FORM =
        Pattern.compile("jdbc:postgresql://[^\\s/?#@]+/[^\\s/?#]+(\\?\\S*)?");

    // The value is not repeated where it may hold a password.
    @Override
    public String convert(String value) {
      if (value.toLowerCase(Locale.ROOT).contains("password")) {
        throw new TypeConversionException(
            "a password is not allowed in it; give --database-password-file, or"
                + " TASKLANE_DATABASE_PASSWORD in the environment");
      }
      if (!FORM.matcher(value).matches()) {
        throw refused(value, "jdbc:postgresql://HOST:PORT/NAME");
      }
      return value;
    }
  }
}
