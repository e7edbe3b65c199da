package io.tasklane.system;

import io.grpc.StatusRuntimeException;
import io.tasklane.v1.CreateQueueRequest;
import io.tasklane.v1.DeleteQueueRequest;
import io.tasklane.v1.ListTaskAttemptsRequest;
import io.tasklane.v1.ListTasksRequest;
import io.tasklane.v1.ListTasksResponse;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The runner of one language, which checks what its client does. It reaches the server through a
 * proxy, which it has broken by a line of its output.
 */
final class ConformanceRun {
  /** How long the server of the checks of workers keeps a lease. */
  private static final String LEASE_SECONDS = "2";

  private static final Duration PATIENCE = Duration.ofSeconds(40);

  private final Optional<Client> client;
  private final CutProxy proxy;
  private Optional<String> queue = Optional.empty();
  private final Map<String, String> outcomes = new TreeMap<>();

  private ConformanceRun(Optional<Client> client, CutProxy proxy) {
    this.client = client;
    this.proxy = proxy;
  }

  /**
   * Starts the runner of a language behind a proxy of its own.
   *
   * @param server its address, "HOST:PORT"
   * @param client one of that server; empty of the stand-in, which has no queues
   * @param words the command, in which ADDRESS stands for that of the server
   * @return "PASS", or "FAIL" and why, for each behaviour that it has checked
   */
  static CompletableFuture<Map<String, String>> start(
      String server, Optional<Client> client, List<String> words) {
    return CompletableFuture.supplyAsync(
        () -> {
          try (CutProxy proxy = new CutProxy(server)) {
            return new ConformanceRun(client, proxy).run(words);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        },
        work -> new Thread(work, "conformance").start());
  }

  private Map<String, String> run(List<String> words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(words);
    command.replaceAll(word -> word.equals("ADDRESS") ? proxy.address() : word);
    Path errors = Files.createTempFile("conformance", ".err");
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
    builder.environment().put("TASKLANE_LEASE", LEASE_SECONDS);
    Process process = builder.start();
    try (BufferedReader lines = process.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] parts = line.split(" ", 3);
        if (parts[0].equals("PASS") || parts[0].equals("FAIL")) {
          outcomes.put(parts[1], parts[0].equals("PASS") ? "PASS" : line);
        } else {
          answer(process, parts);
        }
      }
      process.waitFor(10, TimeUnit.SECONDS);
      if (outcomes.isEmpty()) {
        throw new IllegalStateException(command + "\n" + Files.readString(errors));
      }
      if (!outcomes.values().stream().allMatch("PASS"::equals)) {
        System.err.println(Files.readString(errors));
      }
      if (outcomes.values().stream().allMatch("PASS"::equals)) {
        deleteQueue();
      }
      return outcomes;
    } finally {
      process.destroyForcibly();
      Files.delete(errors);
    }
  }

  private void answer(Process process, String[] line) throws IOException {
    String answer = "done";
    switch (line[0]) {
      case "CUT" -> proxy.cut();
      case "DOWN" -> proxy.down();
      case "UP" -> proxy.up();
      case "QUEUE" -> answer = queue("CONFORMANCE_" + line[1].toUpperCase(Locale.ROOT));
      case "LOG" -> answer = log(line[1]);
      case "COUNT" -> answer = String.valueOf(count(line[1]));
      default -> {
        return;
      }
    }
    process.outputWriter().write(answer + "\n");
    process.outputWriter().flush();
  }

  /** Creates the queue of the workers of a language; the stand-in knows none and takes any. */
  private String queue(String id) {
    CreateQueueRequest.Builder request = CreateQueueRequest.newBuilder().setQueueId(id);
    request.getQueueBuilder().setConcurrency(8);
    queue = client.map(c -> c.queues().createQueue(request.build()).getQueue().getName());
    return id;
  }

  /** The task of a worker that was killed is unfinished until its lease is over. */
  private void deleteQueue() throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (queue.isPresent()) {
      try {
        client
            .orElseThrow()
            .queues()
            .deleteQueue(DeleteQueueRequest.newBuilder().setName(queue.get()).build());
        queue = Optional.empty();
      } catch (StatusRuntimeException unfinished) {
        if (System.nanoTime() > end) {
          throw unfinished;
        }
        Thread.sleep(500);
      }
    }
  }

  /** The log of the first attempt of a task. */
  private String log(String task) {
    ListTaskAttemptsRequest request = ListTaskAttemptsRequest.newBuilder().setName(task).build();
    return client
        .orElseThrow()
        .tasks()
        .listTaskAttempts(request)
        .getAttempts(0)
        .getLog()
        .replace('\n', '|');
  }

  /** How many tasks have the label "run" with this value. */
  private int count(String run) {
    ListTasksRequest.Builder request =
        ListTasksRequest.newBuilder().setFilter("labels.run = \"" + run + "\"").setPageSize(500);
    request.getReadMaskBuilder().addPaths("name");
    int count = 0;
    do {
      ListTasksResponse page = client.orElseThrow().tasks().listTasks(request.build());
      count += page.getTasksCount();
      request.setPageToken(page.getNextPageToken());
    } while (!request.getPageToken().isEmpty());
    return count;
  }
}
