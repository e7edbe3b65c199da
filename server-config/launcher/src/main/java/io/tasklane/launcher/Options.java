package io.tasklane.launcher;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The {@code --name value} pairs and the {@code --flags} of a command line, each given at most
 * once.
 */
final class Options {
  private final Map<String, String> values = new LinkedHashMap<>();

  private Options() {}

  /** Reads {@code --name value} and {@code --name=value}; anything else is refused. */
  static Options read(List<String> arguments, Set<String> known) throws BadOption {
    return read(arguments, known, Set.of());
  }

  /** Reads these too: options that stand for themselves, without a value. */
  static Options read(List<String> arguments, Set<String> named, Set<String> flags)
      throws BadOption {
    Options options = new Options();
    Set<String> known = new TreeSet<>(named);
    known.addAll(flags);
    for (int i = 0; i < arguments.size(); i++) {
      if (flags.contains(arguments.get(i))) {
        options.put(arguments.get(i), "");
        continue;
      }
      String[] pair = arguments.get(i).split("=", 2);
      if (!named.contains(pair[0])) {
        throw new BadOption(
            "\"" + arguments.get(i) + "\" is not an option here; give " + list(known));
      }
      if (pair.length == 1 && i + 1 == arguments.size()) {
        throw new BadOption(pair[0] + ": a value is missing");
      }
      options.put(pair[0], pair.length == 2 ? pair[1] : arguments.get(++i));
    }
    return options;
  }

  private static String list(Set<String> known) {
    return String.join(", ", new TreeSet<>(known));
  }

  private void put(String option, String value) throws BadOption {
    if (values.putIfAbsent(option, value) != null) {
      throw new BadOption(option + ": given twice; give it once");
    }
  }

  boolean has(String option) {
    return values.containsKey(option);
  }

  String text(String option, String otherwise) {
    return values.getOrDefault(option, otherwise);
  }

  int port(String option, int otherwise) throws BadOption {
    String value = text(option, Integer.toString(otherwise));
    if (!value.matches("\\d{1,5}") || Integer.parseInt(value) > 65535) {
      throw BadOption.value(option, value, "a port from 1 to 65535, or 0 for any free one");
    }
    return Integer.parseInt(value);
  }

  int number(String option, int otherwise, int most) throws BadOption {
    String value = text(option, Integer.toString(otherwise));
    if (!value.matches("\\d{1,9}") || Integer.parseInt(value) > most) {
      throw BadOption.value(option, value, "a whole number from 0 to " + most);
    }
    return Integer.parseInt(value);
  }

  Path path(String option, String otherwise) throws BadOption {
    String value = text(option, otherwise);
    try {
      if (!value.isBlank()) {
        return Path.of(value).toAbsolutePath().normalize();
      }
    } catch (InvalidPathException notAPath) {
      // Falls through to the same refusal as an empty name.
    }
    throw BadOption.value(option, value, "a folder");
  }
}
