package io.tasklane.forecast;

import io.tasklane.queue.RateLimit;
import io.tasklane.rollup.RollupCounts;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** A queue in one round: its line and its slots. */
final class QueuePool {
  private static final double MINUTE = 60;
  private static final double NANOS = 1e9;

  /** The priority of tasks that have not come yet: the default one. */
  private static final int USUAL = 5;

  private final Timeline timeline;
  private final QueueOutlook outlook;
  private final Map<String, RollupCounts> history;
  private final RandomGenerator random;
  private final Consumer<Job> ended;
  private final RollupCounts all;
  private final boolean dense;
  private final PriorityQueue<Job> line = new PriorityQueue<>();
  private final List<Job> held = new ArrayList<>();
  private final Set<Job> atWork = new LinkedHashSet<>();
  private final Deque<Double> starts = new ArrayDeque<>();
  private int free;
  private int holds;
  private long order;
  private double nextLook = Double.POSITIVE_INFINITY;
  private Live lastToEnd;

  /**
   * The queue at the present.
   *
   * @param history of its task types
   * @param ended is told when a job has ended
   */
  QueuePool(
      Timeline timeline,
      QueueOutlook outlook,
      Map<String, RollupCounts> history,
      RandomGenerator random,
      Consumer<Job> ended) {
    this.timeline = timeline;
    this.outlook = outlook;
    this.history = history;
    this.random = random;
    this.ended = ended;
    this.all = history.values().stream().reduce(RollupCounts.NONE, RollupCounts::plus);
    this.free = outlook.concurrency();
    this.dense = outlook.isDense();
    for (QueueOutlook.Running run : outlook.running()) {
      Job job = new Job(run.taskType(), USUAL, 0, 1, null);
      run(job, of(run.taskType()).runs().drawLonger(run.elapsed(), random) - run.elapsed());
    }
    for (QueueOutlook.Waiting waiting : outlook.waiting()) {
      order = Math.max(order, waiting.place() + 1L);
      line.add(
          new Job(waiting.taskType(), waiting.priority(), waiting.place(), waiting.count(), null));
    }
    if (!outlook.minutes().isEmpty() && !dense) {
      timeline.in(0, this::arriveForAMinute);
    }
    wake(0);
  }

  /** What is known of a type; of one that is hardly known, what is known of the whole queue. */
  RollupCounts of(String taskType) {
    RollupCounts known = history.get(taskType);
    return known != null && known.areKnown() ? known : all;
  }

  /** Tasks of others do not start any more until {@link #release}. */
  void hold() {
    holds++;
  }

  /** Takes a hold back. */
  void release() {
    holds--;
    if (holds == 0) {
      line.addAll(held);
      held.clear();
    }
  }

  /** A task of the workflow that runs already. */
  void goesOn(Live task, ForecastNode.Work work, double elapsed) {
    double left = of(work.kind().taskType()).runs().drawLonger(elapsed, random) - elapsed;
    run(new Job(work.kind().taskType(), work.priority(), 0, 1, task), left);
  }

  /** A task of the workflow that waits at this place. */
  void waits(Live task, ForecastNode.Work work, int place) {
    order = Math.max(order, place + 1L);
    line.add(new Job(work.kind().taskType(), work.priority(), place, 1, task));
    wake(0);
  }

  /** A task of the workflow becomes ready. */
  void add(Live task, ForecastNode.Work work) {
    if (dense) {
      double others = of(work.kind().taskType()).waits().draw(random);
      timeline.in(others, () -> lineUp(task, work));
    } else {
      lineUp(task, work);
    }
  }

  private void lineUp(Live task, ForecastNode.Work work) {
    line.add(new Job(work.kind().taskType(), work.priority(), order++, 1, task));
    wake(0);
  }

  /** A node waits for the end of all that waits here now, and of what runs if it has begun. */
  void drain(Live node, boolean withRunning) {
    List<Job> all = new ArrayList<>(line);
    if (withRunning) {
      all.addAll(atWork);
    }
    all.stream().filter(job -> job.owner == null).forEach(job -> job.drains.add(node));
    node.open = (int) all.stream().filter(job -> job.owner == null).count();
    wake(0);
  }

  private void arriveForAMinute() {
    List<Map<String, Long>> minutes = outlook.minutes();
    minutes
        .get(random.nextInt(minutes.size()))
        .forEach(
            (type, count) -> {
              for (long i = 0; i < count; i++) {
                timeline.in(random.nextDouble() * MINUTE, () -> arrive(type));
              }
            });
    timeline.in(MINUTE, this::arriveForAMinute);
  }

  private void arrive(String type) {
    line.add(new Job(type, USUAL, order++, 1, null));
    if (free > 0) {
      start();
    }
  }

  /** Looks again then; a look that is planned for an earlier time is enough. */
  private void wake(double seconds) {
    double time = timeline.now() + seconds;
    if (time < nextLook) {
      nextLook = time;
      timeline.in(
          seconds,
          () -> {
            nextLook = timeline.now() < nextLook ? nextLook : Double.POSITIVE_INFINITY;
            start();
          });
    }
  }

  private void start() {
    while (free > 0 && !line.isEmpty()) {
      double closed = closedFor();
      if (closed > 0) {
        wake(closed);
        return;
      }
      Job job = line.poll();
      if (holds > 0 && job.owner == null) {
        held.add(job);
      } else {
        startNow(job);
      }
    }
    lastToEnd = null;
  }

  private void startNow(Job job) {
    if (outlook.rate().isPresent()) {
      starts.addLast(timeline.now());
    }
    if (job.owner != null) {
      job.owner.runBegin = timeline.now();
      job.owner.slotFrom = lastToEnd;
    }
    lastToEnd = null;
    run(job, runTime(job));
  }

  private double runTime(Job job) {
    RollupCounts known = of(job.taskType);
    if (job.count == 1) {
      return known.runs().draw(random);
    }
    double spread = Math.sqrt(job.count * known.runs().variance());
    return Math.max(0, job.count * known.runs().mean() + spread * random.nextGaussian());
  }

  private void run(Job job, double seconds) {
    free--;
    atWork.add(job);
    if (job.owner != null) {
      job.owner.runTime += seconds;
    }
    timeline.in(seconds, () -> end(job));
  }

  private void end(Job job) {
    free++;
    atWork.remove(job);
    lastToEnd = job.owner;
    ended.accept(job);
    start();
  }

  /** Seconds until the rate limit allows the next start; 0 where it does now. */
  private double closedFor() {
    if (outlook.rate().isEmpty()) {
      return 0;
    }
    RateLimit limit = outlook.rate().get();
    while (starts.size() > limit.permits()) {
      starts.removeFirst();
    }
    return starts.size() < limit.permits()
        ? 0
        : starts.getFirst() + limit.period().toNanos() / NANOS - timeline.now();
  }
}
