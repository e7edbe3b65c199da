package io.tasklane.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads Prometheus' text format, strictly: every family has a help text, a type and lines of its
 * own in one place; names follow the conventions; no line comes twice; histograms are whole.
 */
final class Exposition {
  private static final Pattern HELP = Pattern.compile("# HELP ([a-z][a-z0-9_]*) (\\S.*\\S)");
  private static final Pattern TYPE =
      Pattern.compile("# TYPE ([a-z][a-z0-9_]*) (counter|gauge|histogram)");
  private static final String LABEL = "[a-z_]+=\"(?:[^\"\\\\\\n]|\\\\[\"\\\\n])*\"";
  private static final Pattern SAMPLE =
      Pattern.compile(
          "([a-z][a-z0-9_]*)(?:\\{(" + LABEL + "(?:," + LABEL + ")*),?})? (-?[0-9.eE+-]+|\\+Inf)");
  private static final List<String> FORBIDDEN_UNITS =
      List.of("_millis", "_milliseconds", "_ms", "_minutes", "_kilobytes", "_percent");

  private final Map<String, Double> values = new LinkedHashMap<>();
  private final Map<String, String> types = new HashMap<>();
  private final Set<String> helped = new HashSet<>();
  private final Set<String> closed = new HashSet<>();
  private String family = "";

  private Exposition() {}

  static Exposition read(String text) {
    assertThat(text).endsWith("\n");
    Exposition exposition = new Exposition();
    text.lines().forEach(exposition::take);
    exposition.checkHistograms();
    assertThat(exposition.types.keySet()).isEqualTo(exposition.helped);
    return exposition;
  }

  /** The value of a line, such as {@code tasklane_tasks_queued{queue="A"}}. */
  double value(String series) {
    assertThat(values).containsKey(series);
    return values.get(series);
  }

  /** The families, with their types. */
  Map<String, String> types() {
    return types;
  }

  private void take(String line) {
    Matcher help = HELP.matcher(line);
    Matcher type = TYPE.matcher(line);
    if (help.matches()) {
      begin(help.group(1));
      assertThat(helped.add(family)).as("one help for " + family).isTrue();
    } else if (type.matches()) {
      begin(type.group(1));
      assertThat(types.put(family, type.group(2))).as("one type for " + family).isNull();
      checkName();
    } else {
      sample(line);
    }
  }

  private void begin(String name) {
    if (!name.equals(family)) {
      assertThat(closed.add(family)).as(family + " comes in one piece").isTrue();
      assertThat(closed).doesNotContain(name);
      family = name;
    }
  }

  private void checkName() {
    assertThat(family.endsWith("_total"))
        .as(family + " ends with _total as every counter does, and nothing else")
        .isEqualTo(types.get(family).equals("counter"));
    assertThat(FORBIDDEN_UNITS).as("base units in " + family).noneMatch(family::contains);
  }

  private void sample(String line) {
    Matcher sample = SAMPLE.matcher(line);
    assertThat(sample.matches()).as("a line of the format: " + line).isTrue();
    String name = sample.group(1);
    String plain =
        types.getOrDefault(family, "").equals("histogram")
            ? name.replaceFirst("_(bucket|count|sum)$", "")
            : name;
    assertThat(plain).as(line + " stands under its own family").isEqualTo(family);
    double value =
        sample.group(3).equals("+Inf")
            ? Double.POSITIVE_INFINITY
            : Double.parseDouble(sample.group(3));
    if (types.get(family).equals("counter")) {
      assertThat(value).as(line).isNotNegative();
    }
    String series = name + (sample.group(2) == null ? "" : "{" + sample.group(2) + "}");
    assertThat(values.put(series, value)).as(series + " comes once").isNull();
  }

  private void checkHistograms() {
    Map<String, TreeMap<Double, Double>> buckets = new LinkedHashMap<>();
    Pattern bound = Pattern.compile(",?le=\"([^\"]+)\"");
    values.forEach(
        (series, value) -> {
          Matcher le = bound.matcher(series);
          if (series.contains("_bucket{") && le.find()) {
            String whole = le.replaceFirst("").replace("_bucket{", "{").replace("{}", "");
            buckets
                .computeIfAbsent(whole, s -> new TreeMap<>())
                .put(Double.parseDouble(le.group(1).replace("+Inf", "Infinity")), value);
          }
        });
    buckets.forEach(this::checkHistogram);
  }

  private void checkHistogram(String series, TreeMap<Double, Double> buckets) {
    assertThat(List.copyOf(buckets.values())).as(series + " counts up").isSorted();
    assertThat(buckets.lastKey()).as(series + " ends with +Inf").isInfinite();
    int brace = series.indexOf('{') < 0 ? series.length() : series.indexOf('{');
    String name = series.substring(0, brace);
    String labels = series.substring(brace);
    assertThat(value(name + "_count" + labels)).isEqualTo(buckets.lastEntry().getValue());
    assertThat(value(name + "_sum" + labels)).isNotNegative();
  }
}
