package io.tasklane.bench.scenario;

import io.tasklane.bench.figure.Figures;
import io.tasklane.bench.figure.Measure;
import io.tasklane.bench.figure.Unit;
import io.tasklane.bench.figure.Usage;
import io.tasklane.bench.raw.Limits;
import io.tasklane.bench.raw.RawCalls;
import io.tasklane.bench.raw.RawRows;
import io.tasklane.v1.Queue;
import io.tasklane.v1.Task;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;

/**
 * Tasks created one at a time by one client over gRPC: each is answered, and so durable, before the
 * next is sent. Their queue is paused, so that nothing but creating is counted. What is counted is
 * answers in the time, of a client that sends a request_id and of one that does not, in turn, each
 * for the whole time; before it, the same is done and not counted. The limit is single-row inserts,
 * one commit each; the peer schedules tasks one at a time inside its own process.
 */
@Command(
    name = "create",
    description = "Tasks created one at a time by one client, with and without request_id.",
    mixinStandardHelpOptions = true)
public final class Create extends Scenario {
  private static final double GOAL = 2200;

  private final Map<Client, Pace> paces = new EnumMap<>(Client.class);
  private final Map<Client, Usage> usages = new EnumMap<>(Client.class);
  private long created;

  @Override
  protected Figures measure(Setting setting) throws Exception {
    String queue = PausedQueue.create(setting.calls(), "CREATE", Queue.getDefaultInstance()).name();
    Limits limits =
        setting.limits(
            List.of(RawRows::inserts, RawRows::updates, RawRows::insertsWithUpdates),
            RawCalls.busy(setting.channel()));
    limits.measure();
    Task.Builder task = TaskCalls.noop(queue);
    setting.remark("warming up ...");
    Pace.of(() -> createOfEach(setting.calls(), task), setting.warmUp());
    for (Client client : Client.IN_TURN) {
      setting.remark("measuring " + client.words() + " ...");
      measure(setting, client, task);
    }
    var peer = setting.peer("create", Long.toString(setting.time().toSeconds()));
    limits.measure();
    Figures figures = setting.figures();
    for (Client client : Client.values()) {
      String name = "create one at a time, " + client.words();
      figures.add(
          Measure.of(name, Unit.TASKS_PER_SECOND, paces.get(client).perSecond())
              .shall(GOAL)
              .against(limits.rate(RawRows.INSERTS))
              .beside(Setting.peer(peer, "tasks_per_second"))
              .costing(usages.get(client).each(paces.get(client).count())));
    }
    limits.tell(figures);
    return figures;
  }

  private void measure(Setting setting, Client client, Task.Builder task) throws Exception {
    Duration time = setting.time().dividedBy(Client.TURNS);
    setting.meter().begin();
    Pace pace = Pace.of(() -> create(setting.calls(), client, task), time);
    Usage usage = setting.meter().end();
    paces.merge(client, pace, Pace::plus);
    usages.merge(client, usage, Usage::plus);
  }

  private void createOfEach(TaskCalls calls, Task.Builder task) {
    for (Client client : Client.values()) {
      create(calls, client, task);
    }
  }

  private void create(TaskCalls calls, Client client, Task.Builder task) {
    calls.tasks().createTask(client.request(calls.id("create-" + created++)).setTask(task).build());
  }
}
