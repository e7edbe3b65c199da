package io.tasklane.bench.growth;

import io.tasklane.bench.figure.Quantiles;
import io.tasklane.bench.figure.Unit;
import io.tasklane.bench.figure.Usage;
import io.tasklane.bench.raw.RawRows;
import io.tasklane.bench.scenario.Pace;
import io.tasklane.bench.scenario.PausedQueue;
import io.tasklane.bench.scenario.Setting;
import io.tasklane.bench.scenario.TaskCalls;
import io.tasklane.v1.Queue;
import io.tasklane.v1.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A number of clients that subscribe to the events of one queue. Every task that is created there
 * is an event for all of them. Measured is the time from the call of CreateTask until the last
 * subscriber has the event, one task at a time, and how many events a second that is. Then one
 * client creates tasks one at a time in another queue, whose events the server has to filter out
 * for every subscriber. Both queues are paused.
 */
final class SubscribersLoad implements SizedLoad {
  private static final int FEWEST = 3;

  private final Setting setting;
  private final Task.Builder watched;
  private final Task.Builder unwatched;
  private final Subscribers subscribers;
  private final int count;

  SubscribersLoad(Setting setting, Queue policy, int count) {
    this.setting = setting;
    this.count = count;
    watched = TaskCalls.noop(PausedQueue.create(setting.calls(), "WATCHED", policy).name());
    unwatched = TaskCalls.noop(PausedQueue.create(setting.calls(), "UNWATCHED", policy).name());
    subscribers = new Subscribers(setting.target().grpc(), watched.getQueue());
  }

  @Override
  public void warmUp() throws Exception {
    subscribers.growTo(count);
    rounds(setting.shortWarmUp());
  }

  @Override
  public List<Cost> measure() throws Exception {
    setting.meter().begin();
    Quantiles millis = rounds(setting.time());
    Usage deliveries = setting.meter().end().each(millis.count());
    setting.meter().begin();
    Pace created = Pace.of(() -> setting.calls().create(unwatched), setting.time());
    Usage creates = setting.meter().end().each(created.count());
    return List.of(
        Cost.rate("single create rate", created.perSecond(), RawRows.INSERTS, creates),
        Cost.of("news to all, p50", Unit.MILLISECONDS, millis.median()).using(deliveries),
        Cost.of(
            "events delivered", Unit.EVENTS_PER_SECOND, 1000 * subscribers.size() / millis.mean()));
  }

  private Quantiles rounds(Duration time) throws Exception {
    List<Double> millis = new ArrayList<>();
    long begin = System.nanoTime();
    while (millis.size() < FEWEST || System.nanoTime() - begin < time.toNanos()) {
      subscribers.expectEvent();
      long call = System.nanoTime();
      setting.calls().create(watched);
      millis.add((subscribers.awaitEvent() - call) / 1e6);
    }
    return new Quantiles(millis.stream().mapToDouble(Double::doubleValue).toArray());
  }

  @Override
  public void close() {
    subscribers.close();
  }
}
