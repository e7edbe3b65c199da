package io.tasklane.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.v1.Event;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who does not read costs the server nothing, slows nobody, and misses nothing. */
@ExtendWith(SharedServer.class)
class SlowSubscriberIT {
  private static final int EVENTS = Integer.getInteger("tasklane.slow-events", 30_000);
  private static final int SLOW = 10;
  private static final String EVENT_CLASS = "io.tasklane.event.LogEvent";

  /** What the server keeps of the log's newest end, and some that are just being sent. */
  private static final int MOST_IN_MEMORY = 16_384 + 5_000;

  @Test
  void subscribers_that_do_not_read_are_waited_for_in_the_table(RunningServer server)
      throws Exception {
    List<PatientSubscriber> slow = new ArrayList<>();
    try (Client writer = server.client();
        Client fastClient = server.client();
        Client slowClient = server.client()) {
      String begin = writer.resumeToken();
      for (int i = 0; i < SLOW; i++) {
        slow.add(PatientSubscriber.of(slowClient, begin));
      }
      PatientSubscriber fast = PatientSubscriber.of(fastClient, begin);
      fast.read();
      EventTraffic.publish(writer, EVENTS, "{\"text\":\"" + "x".repeat(200) + "\"}");

      until("the fast one has read all", () -> fast.count() == EVENTS);
      assertThat(slow).allSatisfy(one -> assertThat(one.count()).isZero());
      assertThat(inMemory(server)).isBetween(1L, (long) MOST_IN_MEMORY);
      inOrder(fast);

      slow.forEach(PatientSubscriber::read);
      until("the slow ones have read on", () -> slow.stream().allMatch(s -> s.count() == EVENTS));
      slow.forEach(SlowSubscriberIT::inOrder);
      slow.forEach(PatientSubscriber::cancel);
      fast.cancel();
    }
  }

  private static void inOrder(PatientSubscriber subscriber) {
    assertThat(subscriber.events())
        .extracting(Event::getSubject)
        .containsExactlyElementsOf(IntStream.range(0, EVENTS).mapToObj(i -> "flow/" + i).toList());
  }

  /** How many events the node holds that anybody could still reach. */
  private static long inMemory(RunningServer server) throws IOException, InterruptedException {
    long events = 0;
    for (ProcessHandle process : server.living()) {
      if (isJvm(process)) {
        events += instances(histogram(process));
      }
    }
    return events;
  }

  /** The question begins with a signal, which makes a PostgreSQL end at once. */
  private static boolean isJvm(ProcessHandle process) {
    return process.info().command().filter(command -> command.endsWith("/java")).isPresent();
  }

  private static long instances(String histogram) {
    return histogram
        .lines()
        .filter(line -> line.endsWith(EVENT_CLASS))
        .mapToLong(line -> Long.parseLong(line.strip().split("\\s+")[1]))
        .sum();
  }

  /** Live objects by class. */
  private static String histogram(ProcessHandle process) throws IOException, InterruptedException {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    Process command =
        new ProcessBuilder(jcmd.toString(), Long.toString(process.pid()), "GC.class_histogram")
            .redirectErrorStream(true)
            .start();
    String text = new String(command.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return command.waitFor() == 0 ? text : "";
  }

  private static void until(String what, BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(120).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("not within 120 s: " + what).isLessThan(end);
      Thread.sleep(20);
    }
  }
}
