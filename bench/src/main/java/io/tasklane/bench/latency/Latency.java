package io.tasklane.bench.latency;

import com.google.protobuf.Timestamp;
import io.tasklane.bench.figure.Figures;
import io.tasklane.bench.raw.Limits;
import io.tasklane.bench.raw.RawCalls;
import io.tasklane.bench.raw.RawRows;
import io.tasklane.bench.scenario.Client;
import io.tasklane.bench.scenario.Scenario;
import io.tasklane.bench.scenario.Setting;
import io.tasklane.bench.scenario.TaskCalls;
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
 * client's view: from the call of CreateTask until an event stream of the same client delivers the
 * start, and the result; the delivery is included. The server's view: from the same call to the
 * recorded start and end, by the database's clock; on one machine that is the client's clock too,
 * and a start is recorded a moment before its commit. A client that sends a request_id and one that
 * does not take turns, each for the whole time. The tasks of the warm-up, at least 300, do not
 * count. The limit is what one single-row update takes, as far apart. The peer executes at once, in
 * its own process, and its times end where its handler begins and where its completion is durable.
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
  protected Figures measure(Setting setting) throws Exception {
    String queue = setting.calls().createQueue("LATENCY", Queue.getDefaultInstance());
    Limits limits =
        setting.limits(
            List.of(RawRows::updates, RawRows::sparseUpdates),
            RawCalls.busy(setting.channel()),
            RawCalls.sparse(setting.channel()));
    limits.measure();
    for (Client client : Client.values()) {
      samples.put(client, new LatencySamples(client));
    }
    try (StreamedEvents events = StreamedEvents.of(setting.channel(), queue)) {
      setting.warmUp(
          setting.warmUpTasks(WARM_UP),
          i -> sample(setting, events, queue, Client.values()[i % 2], "warm-up-" + i));
      for (Client client : Client.IN_TURN) {
        setting.remark("measuring " + client.words() + " ...");
        measure(setting, events, queue, client);
      }
    }
    var peer = setting.peer("latency", Long.toString(setting.time().toSeconds()));
    limits.measure();
    for (LatencySamples one : samples.values()) {
      one.addTo(setting.figures(), limits, peer);
    }
    limits.tell(setting.figures());
    return setting.figures();
  }

  private void measure(Setting setting, StreamedEvents events, String queue, Client client)
      throws Exception {
    LatencySamples into = samples.get(client);
    long time = setting.time().dividedBy(Client.TURNS).toNanos();
    int enough = into.count() + FEWEST / Client.TURNS;
    setting.meter().begin();
    long start = System.nanoTime();
    while (into.count() < enough || System.nanoTime() - start < time) {
      into.add(sample(setting, events, queue, client, client + "-" + into.count()));
    }
    into.add(setting.meter().end());
  }

  private static LatencySamples.Sample sample(
      Setting setting, StreamedEvents events, String queue, Client client, String role)
      throws Exception {
    TaskCalls calls = setting.calls();
    String id = calls.id(role);
    String name = "tasks/" + id;
    CreateTaskRequest request =
        client.request(id).setTaskId(id).setTask(TaskCalls.noop(queue)).build();
    Instant time = setting.clock().instant();
    long submit = System.nanoTime();
    calls.tasks().createTask(request);
    long answer = System.nanoTime();
    long startEvent = events.ofStart(name);
    long resultEvent = events.ofResult(name);
    Task ended = calls.get(name);
    Thread.sleep(PAUSE.toMillis());
    return new LatencySamples.Sample(
        (answer - submit) / 1e6,
        (startEvent - submit) / 1e6,
        (resultEvent - submit) / 1e6,
        millis(time, ended.getStartTime()),
        millis(time, ended.getEndTime()));
  }

  private static double millis(Instant from, Timestamp to) {
    Instant end = Instant.ofEpochSecond(to.getSeconds(), to.getNanos());
    return Duration.between(from, end).toNanos() / 1e6;
  }
}
