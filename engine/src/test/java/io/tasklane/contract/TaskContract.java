package io.tasklane.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The contract of tasks: the fields of the message and the tables in its comment.
 *
 * @param text of the proto file
 */
public record TaskContract(String text) {
  private static final Path FILE = Path.of("..", "proto/src/main/proto/tasklane/v1/task.proto");
  private static final Pattern ROW = Pattern.compile("// {3}([a-z_]+) {2,}(\\S.*)");
  private static final Pattern FIELD =
      Pattern.compile("((?: {2}//.*\\n)+) {2}(?:repeated )?(?:map<[^>]*>|[\\w.]+) (\\w+) = \\d+");

  /** The contract as it is in the source. */
  public static TaskContract read() {
    try {
      return new TaskContract(Files.readString(FILE));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /**
   * The rows of a table by their first column.
   *
   * @param introduction end of the line before it
   */
  public Map<String, String> table(String introduction) {
    Map<String, String> rows = new LinkedHashMap<>();
    String begin = introduction + "\n//\n";
    assertThat(text).containsOnlyOnce(begin);
    String table = text.substring(text.indexOf(begin) + begin.length());
    table = table.substring(0, table.indexOf("\n//\n"));
    for (String line : table.split("\n")) {
      Matcher row = ROW.matcher(line);
      if (row.matches() && !row.group(1).equals("field")) { // the head of a table
        rows.put(row.group(1), row.group(2));
      }
    }
    return rows;
  }

  /** The fields of a task that are output only, or those that are not. */
  public Set<String> fields(boolean outputOnly) {
    String message = text.substring(text.indexOf("message Task {"));
    message = message.substring(0, message.indexOf("\n}\n"));
    List<MatchResult> fields = FIELD.matcher(message).results().toList();
    assertThat(fields).hasSizeGreaterThan(30);
    return fields.stream()
        .filter(field -> field.group(1).contains("Output only") == outputOnly)
        .map(field -> field.group(2))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
