package io.tasklane.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A headless Chromium of its own process and profile. Closing it ends both. */
public final class Chromium implements AutoCloseable {
  private static final Duration START = Duration.ofMinutes(2);
  private static final Pattern WEB_SOCKET = Pattern.compile("\"webSocketDebuggerUrl\": \"([^\"]+)");

  private final HttpClient http = HttpClient.newHttpClient();
  private final Path profile;
  private final Process process;
  private final List<Tab> tabs = new ArrayList<>();
  private final int port;

  private Chromium(ChromiumProgram program) throws IOException {
    profile = Files.createTempDirectory("chromium-");
    ProcessBuilder builder =
        new ProcessBuilder(
            program.path().toString(),
            "--headless",
            "--no-sandbox", // root has none, and only our own page is opened
            "--no-zygote",
            "--disable-gpu",
            "--in-process-gpu",
            "--disable-dev-shm-usage",
            "--no-first-run",
            "--disable-background-networking",
            "--user-data-dir=" + profile,
            "--remote-debugging-port=0",
            "about:blank");
    builder.environment().putAll(program.environment());
    builder.redirectErrorStream(true).redirectOutput(profile.resolve("chromium.log").toFile());
    process = builder.start();
    port = awaitPort();
  }

  /**
   * Starts a browser without a window, and connects to it.
   *
   * @param folder where it is installed to, where the machine has none
   */
  public static Chromium start(Path folder) {
    try {
      return new Chromium(ChromiumProgram.find(folder));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** It writes its port into a file when it listens. */
  private int awaitPort() throws IOException {
    Path file = profile.resolve("DevToolsActivePort");
    long end = System.nanoTime() + START.toNanos();
    while (System.nanoTime() < end && process.isAlive()) {
      if (Files.exists(file) && Files.size(file) > 0) {
        return Integer.parseInt(Files.readAllLines(file).get(0));
      }
      pause();
    }
    String said = Files.readString(profile.resolve("chromium.log"));
    close();
    throw ChromiumProgram.missing("It does not start:\n" + said, null);
  }

  private static void pause() {
    try {
      Thread.sleep(50);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  /** Opens an empty tab of this size in pixels. */
  public Tab open(int width, int height) {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/json/new?about:blank"))
              .PUT(HttpRequest.BodyPublishers.noBody())
              .timeout(START)
              .build();
      Matcher address = WEB_SOCKET.matcher(http.send(request, BodyHandlers.ofString()).body());
      if (!address.find()) {
        throw new IllegalStateException("Chromium opens no tab");
      }
      Tab tab = new Tab(DevTools.connect(http, URI.create(address.group(1))), width, height);
      tabs.add(tab);
      return tab;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stop);
    }
  }

  @Override
  public void close() {
    tabs.forEach(Tab::close);
    List<ProcessHandle> all =
        Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
    all.forEach(ProcessHandle::destroyForcibly);
    all.forEach(one -> one.onExit().orTimeout(20, TimeUnit.SECONDS).join());
    try (Stream<Path> files = Files.walk(profile)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
