package io.tasklane.trading.news;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Word lists that ship beside this class: a word or phrase and its weight on each line. */
final class WordWeights {
  private WordWeights() {}

  static Map<String, Double> load(String resource) {
    try (InputStream in = WordWeights.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("word list " + resource + " is missing");
      }
      Map<String, Double> weights = new LinkedHashMap<>();
      new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .forEach(line -> put(weights, line.strip()));
      return Map.copyOf(weights);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void put(Map<String, Double> weights, String line) {
    int blank = line.lastIndexOf(' ');
    weights.put(line.substring(0, blank), Double.parseDouble(line.substring(blank + 1)));
  }
}
