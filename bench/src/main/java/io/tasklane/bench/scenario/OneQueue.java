package io.tasklane.bench.scenario;

import io.grpc.ManagedChannel;
import io.tasklane.bench.Figures;
import io.tasklane.bench.RawUpdates;
import io.tasklane.bench.server.Target;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Command;

/**
 * No-op tasks through one sequential queue, each completion durable before the next start. The raw
 * rate is measured before and after, because the machine may change its pace meanwhile.
 */
@Command(
    name = "one-queue",
    description = "No-op tasks through one sequential queue, durability EACH.",
    mixinStandardHelpOptions = true)
public final class OneQueue extends Scenario {
  private static final int WARM_UP = 2000;
  // As many tasks as take about the time asked for at a rate that nothing of this kind exceeds.
  private static final int TASKS_A_SECOND = 1000;

  @Override
  Figures measure(Target target, ManagedChannel channel, Duration time) throws Exception {
    PausedQueue queue = new PausedQueue(channel, "queues/PORTFOLIO_SYNC");
    remark("warming up with " + WARM_UP + " tasks ...");
    queue.run(WARM_UP);
    Figures figures = new Figures("one-queue");
    Optional<Double> before = raw(target, time);
    int tasks = (int) (time.toSeconds() * TASKS_A_SECOND);
    remark("measuring " + tasks + " tasks ...");
    PausedQueue.Drain drain = queue.run(tasks);
    Optional<Double> after = raw(target, time);
    figures.put("tasks", tasks);
    figures.put("recorded_tasks_per_second", tasks / seconds(drain.recorded()));
    figures.put("outside_tasks_per_second", tasks / seconds(drain.outside()));
    if (before.isPresent() && after.isPresent()) {
      double raw = (before.get() + after.get()) / 2;
      figures.put("raw_updates_per_second_before", before.get());
      figures.put("raw_updates_per_second_after", after.get());
      figures.put("ratio_to_raw", tasks / seconds(drain.recorded()) / raw);
    }
    return figures;
  }

  private Optional<Double> raw(Target target, Duration time) throws SQLException {
    if (target.database().isEmpty()) {
      remark("the raw rate is left out: give the server's PostgreSQL by --database-url");
      return Optional.empty();
    }
    remark("measuring the raw rate of the database ...");
    return Optional.of(new RawUpdates(target.database().get()).perSecond(time.dividedBy(2)));
  }

  private static double seconds(Duration time) {
    return time.toNanos() / 1e9;
  }
}
