package io.tasklane.bench.peer;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Runs what the peer does in a process of its own, and reads what it measured. */
public final class Peer {
  /** As figures name it. */
  public static final String NAME = "db-scheduler 16";

  static final String DATABASE = "TASKLANE_BENCH_DATABASE";

  private final String database;

  /**
   * The peer on this database.
   *
   * @param database JDBC URL with user and password
   */
  public Peer(String database) {
    this.database = database;
  }

  /**
   * Measures.
   *
   * @param words of {@link PeerMain}
   * @return its figures by name
   */
  public Map<String, Double> measure(String... words) throws IOException, InterruptedException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> command = new ArrayList<>(List.of(java, "-Xmx512m", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.add(PeerMain.class.getName());
    command.addAll(List.of(words));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().put(DATABASE, database);
    Process process = builder.start();
    try {
      String out = new String(process.getInputStream().readAllBytes()).strip();
      if (process.waitFor() != 0) {
        throw new IOException("the peer's process ended with " + process.exitValue());
      }
      return figures(out.substring(out.lastIndexOf('\n') + 1));
    } finally {
      process.destroyForcibly();
    }
  }

  private static Map<String, Double> figures(String line) {
    JsonObject json = JsonParser.parseString(line).getAsJsonObject();
    return json.asMap().entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().getAsDouble()));
  }
}
