package io.tasklane.bench.scenario;

import io.tasklane.bench.figure.Quantiles;
import io.tasklane.bench.figure.Unit;
import io.tasklane.bench.figure.Usage;
import io.tasklane.bench.raw.RawRows;
import io.tasklane.v1.Queue;
import io.tasklane.v1.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * So many clients that follow the events of one queue. Every task that is created there is news for
 * all of them: it is told how long it takes, from the call of CreateTask until the last of them
 * knows, the next when all know of the one before; and how many events a second that is. Then tasks
 * are created one at a time by one client in another queue, which the server has to keep from every
 * one of them. Both queues are paused.
 */
final class AudienceLoad implements SizedLoad {
  private static final int FEWEST = 3;

  private final Setting setting;
  private final Task.Builder watched;
  private final Task.Builder unwatched;
  private final Audience audience;
  private final int count;

  AudienceLoad(Setting setting, Queue policy, int count) {
    this.setting = setting;
    this.count = count;
    watched = Desk.noop(PausedQueue.create(setting.desk(), "WATCHED", policy).name());
    unwatched = Desk.noop(PausedQueue.create(setting.desk(), "UNWATCHED", policy).name());
    audience = new Audience(setting.target().grpc(), watched.getQueue());
  }

  @Override
  public void warmUp() throws Exception {
    audience.growTo(count);
    rounds(setting.shortWarmUp());
  }

  @Override
  public List<Cost> measure() throws Exception {
    setting.meter().begin();
    Quantiles millis = rounds(setting.time());
    Usage news = setting.meter().end().each(millis.count());
    setting.meter().begin();
    Pace created = Pace.of(() -> setting.desk().create(unwatched), setting.time());
    Usage creates = setting.meter().end().each(created.count());
    return List.of(
        Cost.rate("single create rate", created.perSecond(), RawRows.INSERTS, creates),
        Cost.of("news to all, p50", Unit.MILLISECONDS, millis.median()).using(news),
        Cost.of(
            "events delivered", Unit.EVENTS_PER_SECOND, 1000 * audience.size() / millis.mean()));
  }

  private Quantiles rounds(Duration time) throws Exception {
    List<Double> millis = new ArrayList<>();
    long begin = System.nanoTime();
    while (millis.size() < FEWEST || System.nanoTime() - begin < time.toNanos()) {
      audience.expectNews();
      long call = System.nanoTime();
      setting.desk().create(watched);
      millis.add((audience.awaitNews() - call) / 1e6);
    }
    return new Quantiles(millis.stream().mapToDouble(Double::doubleValue).toArray());
  }

  @Override
  public void close() {
    audience.close();
  }
}
