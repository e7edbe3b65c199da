package io.tasklane.artifact.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.time.Ticker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server that speaks S3, as a process of its own on a free port, with an empty bucket. */
final class S3Server implements AutoCloseable {
  static final String BUCKET = "artifacts";
  private static final Pattern PORT =
      Pattern.compile("Tomcat started on ports .*?(\\d+) \\(http\\)");

  private final Process process;
  private final Path log;
  private URI endpoint;

  S3Server(Path folder) throws IOException {
    Path jar = Path.of(System.getProperty("tasklane.s3.server"));
    assertThat(jar).as("the server that the build has fetched").exists();
    log = folder.resolve("s3-server.log");
    process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+UseSerialGC",
                    "-Djava.io.tmpdir=" + folder,
                    "-jar",
                    jar.toString(),
                    "--server.address=127.0.0.1",
                    "--server.port=0",
                    "--http.port=0",
                    "--vectors.http.port=0",
                    "--vectors.https.port=0",
                    "--com.adobe.testing.s3mock.store.initial-buckets=" + BUCKET))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
  }

  URI endpoint() {
    if (endpoint == null) {
      Matcher port = port();
      for (long begin = Ticker.SYSTEM.nanos(); !port.find(); port = port()) {
        assertThat(process.isAlive()).as("the server lives; its log is %s", log).isTrue();
        assertThat(Ticker.SYSTEM.since(begin)).isLessThan(Duration.ofMinutes(3));
        LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
      }
      endpoint = URI.create("http://127.0.0.1:" + port.group(1));
    }
    return endpoint;
  }

  private Matcher port() {
    try {
      return PORT.matcher(Files.readString(log));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException hurried) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
