package io.tasklane.bench.peer;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.event.AbstractSchedulerListener;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.tasklane.bench.figure.Quantiles;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;
import javax.sql.DataSource;

/**
 * What the peer does, at its fastest settings that keep every task durable and its priorities on.
 * It is called inside its own process, where a client of ours pays for a remote call.
 */
final class PeerWork {
  private static final int BATCH = 1000;
  private static final Duration SHORTEST_WARM_UP = Duration.ofSeconds(1);
  private static final int WARM_UP_TASKS = 2000;
  private static final Duration PAUSE = Duration.ofMillis(5);

  private final DataSource source;
  private final Clock clock;
  private int created;

  PeerWork(DataSource source, Clock clock) {
    this.source = source;
    this.clock = clock;
  }

  /** One task a commit, one after another. */
  Map<String, Double> create(Duration time) {
    OneTimeTask<Void> noop = noop();
    SchedulerClient client = client(noop);
    Runnable one = () -> client.scheduleIfNotExists(instance(noop), clock.instant());
    perSecond(one, 1, warmUp(time));
    return Map.of("tasks_per_second", perSecond(one, 1, time));
  }

  /** A thousand tasks a commit, one batch after another. */
  Map<String, Double> createInBulk(Duration time) {
    OneTimeTask<Void> noop = noop();
    SchedulerClient client = client(noop);
    Runnable batch = () -> client.scheduleBatch(instances(noop, BATCH), clock.instant());
    perSecond(batch, BATCH, warmUp(time));
    return Map.of("tasks_per_second", perSecond(batch, BATCH, time));
  }

  /**
   * Runs tasks that wait, on so many threads. It locks them in batches of up to a hundred for each
   * thread and deletes each in a commit of its own: so a task of high priority waits for those that
   * are locked, and that is the fastest it can do.
   */
  Map<String, Double> run(int tasks, int threads) throws InterruptedException {
    runEmpty(Math.min(WARM_UP_TASKS, tasks), threads);
    return Map.of("tasks_per_second", tasks / runEmpty(tasks, threads));
  }

  /** One task at a time on an idle scheduler that looks as soon as a task is scheduled. */
  Map<String, Double> latency(Duration time) throws InterruptedException {
    BlockingQueue<Long> starts = new LinkedBlockingQueue<>();
    BlockingQueue<Long> ends = new LinkedBlockingQueue<>();
    OneTimeTask<Void> noop =
        Tasks.oneTime("noop").execute((task, context) -> starts.add(System.nanoTime()));
    Scheduler scheduler =
        Scheduler.create(source, noop)
            .threads(1)
            .enablePriority()
            .enableImmediateExecution()
            .pollingInterval(Duration.ofSeconds(1))
            .addSchedulerListener(
                new AbstractSchedulerListener() {
                  @Override
                  public void onExecutionComplete(ExecutionComplete end) {
                    ends.add(System.nanoTime());
                  }
                })
            .build();
    scheduler.start();
    List<Double> toStart = new ArrayList<>();
    List<Double> toResult = new ArrayList<>();
    Duration warmUp = warmUp(time);
    long begin = System.nanoTime();
    while (System.nanoTime() - begin < warmUp.plus(time).toNanos()) {
      long submit = System.nanoTime();
      scheduler.scheduleIfNotExists(instance(noop), clock.instant());
      double start = (starts.take() - submit) / 1e6;
      double end = (ends.take() - submit) / 1e6;
      if (submit - begin > warmUp.toNanos()) {
        toStart.add(start);
        toResult.add(end);
      }
      Thread.sleep(PAUSE.toMillis());
    }
    scheduler.stop();
    return Map.of(
        "start_p50", quantiles(toStart).percentile(50),
        "start_p99", quantiles(toStart).percentile(99),
        "result_p50", quantiles(toResult).percentile(50),
        "result_p99", quantiles(toResult).percentile(99));
  }

  private double runEmpty(int tasks, int threads) throws InterruptedException {
    CountDownLatch left = new CountDownLatch(tasks);
    OneTimeTask<Void> noop = noop();
    SchedulerClient client = client(noop);
    for (int from = 0; from < tasks; from += BATCH) {
      client.scheduleBatch(instances(noop, Math.min(BATCH, tasks - from)), clock.instant());
    }
    Scheduler scheduler =
        Scheduler.create(source, noop)
            .threads(threads)
            .enablePriority()
            .pollUsingLockAndFetch(50, 100)
            .pollingInterval(Duration.ofMillis(100))
            .addSchedulerListener(
                new AbstractSchedulerListener() {
                  @Override
                  public void onExecutionComplete(ExecutionComplete end) {
                    left.countDown();
                  }
                })
            .build();
    long start = System.nanoTime();
    scheduler.start();
    left.await();
    double seconds = (System.nanoTime() - start) / 1e9;
    scheduler.stop();
    return seconds;
  }

  private SchedulerClient client(OneTimeTask<Void> task) {
    return SchedulerClient.Builder.create(source, task).enablePriority().build();
  }

  private TaskInstance<Void> instance(OneTimeTask<Void> task) {
    return task.instance(Integer.toString(created++));
  }

  private List<TaskInstance<?>> instances(OneTimeTask<Void> task, int count) {
    return IntStream.range(0, count).<TaskInstance<?>>mapToObj(i -> instance(task)).toList();
  }

  private static OneTimeTask<Void> noop() {
    return Tasks.oneTime("noop").execute((task, context) -> {});
  }

  private static double perSecond(Runnable round, int tasks, Duration time) {
    long start = System.nanoTime();
    long done = 0;
    while (System.nanoTime() - start < time.toNanos()) {
      round.run();
      done += tasks;
    }
    return done * 1e9 / (System.nanoTime() - start);
  }

  // As long as ours: half the time.
  private static Duration warmUp(Duration time) {
    Duration half = time.dividedBy(2);
    return half.compareTo(SHORTEST_WARM_UP) < 0 ? SHORTEST_WARM_UP : half;
  }

  private static Quantiles quantiles(List<Double> figures) {
    return new Quantiles(figures.stream().mapToDouble(Double::doubleValue).toArray());
  }
}
