package io.tasklane.bench.scenario;

import com.google.protobuf.Timestamp;
import io.tasklane.bench.figure.Figures;
import io.tasklane.bench.raw.Limits;
import io.tasklane.bench.raw.RawCalls;
import io.tasklane.bench.raw.RawRows;
import io.tasklane.v1.CreateTaskRequest;
import io.tasklane.v1.Queue;
import io.tasklane.v1.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;

/**
 * One no-op task at a time on an idle queue, the next 5 ms after the result of the one before. A
 * client's view: from the call of CreateTask to the news of the start, and of the result, over an
 * event stream of the same client; what the stream takes is in it. The server's view: from the same
 * call to the recorded start and end, which have the database's clock; it is the clock of the
 * client too, on one machine, and a start is recorded a moment before its commit. A client that
 * sends a request_id and one that does not take turns, each for the whole time. Those of the
 * warm-up, at least 300, do not count. The limit is what one single-row update takes, as far apart;
 * the peer is told to execute at once, in its own process, and its times end where its handler
 * begins and where its completion is durable.
 */
@Command(
    name = "latency",
    description = "Submit to start and to result on an idle queue, with and without request_id.",
    mixinStandardHelpOptions = true)
public final class Latency extends Scenario {
  private static final int WARM_UP = 300;
  private static final int FEWEST = 100;
  private static final Duration PAUSE = Duration.ofMillis(5);

  private final Map<Client, LatencySamples> samples = new EnumMap<>(Client.class);

  @Override
  Figures measure(Setting setting) throws Exception {
    String queue = setting.desk().createQueue("LATENCY", Queue.getDefaultInstance());
    Limits limits =
        setting.limits(
            List.of(RawRows::updates, RawRows::sparseUpdates),
            RawCalls.busy(setting.channel()),
            RawCalls.sparse(setting.channel()));
    limits.measure();
    for (Client client : Client.values()) {
      samples.put(client, new LatencySamples(client));
    }
    try (News news = News.of(setting.channel(), queue)) {
      setting.warmUp(
          setting.warmUpTasks(WARM_UP),
          i -> sample(setting, news, queue, Client.values()[i % 2], "warm-up-" + i));
      for (Client client : Client.IN_TURN) {
        setting.remark("measuring " + client.words() + " ...");
        measure(setting, news, queue, client);
      }
    }
    var peer = setting.peer("latency", Long.toString(setting.time().toSeconds()));
    limits.measure();
    for (LatencySamples one : samples.values()) {
      one.tell(setting.figures(), limits, peer);
    }
    limits.tell(setting.figures());
    return setting.figures();
  }

  private void measure(Setting setting, News news, String queue, Client client) throws Exception {
    LatencySamples into = samples.get(client);
    long time = setting.time().dividedBy(Client.TURNS).toNanos();
    int enough = into.count() + FEWEST / Client.TURNS;
    setting.meter().begin();
    long start = System.nanoTime();
    while (into.count() < enough || System.nanoTime() - start < time) {
      into.add(sample(setting, news, queue, client, client + "-" + into.count()));
    }
    into.add(setting.meter().end());
  }

  private static LatencySamples.Sample sample(
      Setting setting, News news, String queue, Client client, String role) throws Exception {
    Desk desk = setting.desk();
    String id = desk.id(role);
    String name = "tasks/" + id;
    CreateTaskRequest request = client.request(id).setTaskId(id).setTask(Desk.noop(queue)).build();
    Instant time = setting.clock().instant();
    long submit = System.nanoTime();
    desk.tasks().createTask(request);
    long answer = System.nanoTime();
    long startNews = news.ofStart(name);
    long resultNews = news.ofResult(name);
    Task ended = desk.get(name);
    Thread.sleep(PAUSE.toMillis());
    return new LatencySamples.Sample(
        (answer - submit) / 1e6,
        (startNews - submit) / 1e6,
        (resultNews - submit) / 1e6,
        millis(time, ended.getStartTime()),
        millis(time, ended.getEndTime()));
  }

  private static double millis(Instant from, Timestamp to) {
    Instant end = Instant.ofEpochSecond(to.getSeconds(), to.getNanos());
    return Duration.between(from, end).toNanos() / 1e6;
  }
}
