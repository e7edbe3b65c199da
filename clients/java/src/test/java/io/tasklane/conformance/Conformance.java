package io.tasklane.conformance;

import io.tasklane.client.TasklaneClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The runner: its arguments are the list of behaviours, the address of a proxy, which the caller
 * breaks when a {@link Caller} asks for it, and the names of the checks to run, by default all.
 */
public final class Conformance {
  private Conformance() {}

  /** A check of one behaviour; it throws where it does not hold. */
  interface Check {
    void run(TasklaneClient client) throws Exception;
  }

  /** Prints PASS or FAIL for each behaviour. */
  public static void main(String[] args) throws IOException {
    if (args.length > 2 && args[2].equals("--worker")) {
      SignalChecks.serve(args[1], args[3], Double.parseDouble(args[4]));
      System.exit(0);
    }
    Caller caller = new Caller(args[1]);
    Map<String, Check> checks = new LinkedHashMap<>();
    checks.putAll(new TaskChecks(caller).all());
    checks.putAll(new WorkflowChecks(caller).all());
    checks.putAll(new EventChecks(caller).all());
    checks.putAll(new WorkerChecks(caller).all());
    checks.putAll(new SignalChecks(caller).all());
    checks.putAll(new RunChecks(caller).all());
    checks.putAll(new StepChecks(caller).all());
    checks.putAll(KitChecks.all());
    List<String> chosen = List.of(args).subList(2, args.length);
    try (TasklaneClient client = TasklaneClient.connect(caller.address())) {
      for (String name : chosen.isEmpty() ? names(Path.of(args[0])) : chosen) {
        run(name, checks.get(name), client);
      }
    }
    System.exit(0);
  }

  private static List<String> names(Path list) throws IOException {
    return Files.readAllLines(list).stream()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .map(line -> line.split("\\s", 2)[0])
        .toList();
  }

  private static void run(String name, Check check, TasklaneClient client) {
    long start = System.nanoTime();
    try {
      check.run(client);
      System.out.printf("PASS %s %.2f%n", name, (System.nanoTime() - start) / 1e9);
    } catch (Exception | AssertionError failed) {
      failed.printStackTrace();
      System.out.println("FAIL " + name + " " + failed.toString().replaceAll("\\s+", " "));
    }
  }
}
