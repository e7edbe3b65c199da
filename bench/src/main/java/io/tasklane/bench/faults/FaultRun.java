package io.tasklane.bench.faults;

import io.tasklane.bench.faults.cluster.Cluster;
import io.tasklane.bench.faults.cluster.ClusterNode;
import io.tasklane.bench.faults.downstream.Listener;
import io.tasklane.bench.faults.fault.Fault;
import io.tasklane.bench.faults.fault.FaultDriver;
import io.tasklane.bench.faults.fault.FaultPlan;
import io.tasklane.bench.faults.fault.ForeignMessages;
import io.tasklane.bench.faults.load.Doors;
import io.tasklane.bench.faults.load.LoadQueue;
import io.tasklane.bench.faults.load.Producers;
import io.tasklane.bench.faults.load.Queues;
import io.tasklane.bench.faults.load.Readings;
import io.tasklane.bench.faults.load.Subscriber;
import io.tasklane.bench.faults.record.Chronicle;
import io.tasklane.bench.faults.record.Entry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One run: a system is started, used and broken for a while, then left alone until it has worked
 * off everything, and read.
 *
 * @param home the folder of the {@code tasklane} script
 * @param handlers the jar with the handler
 * @param folder for all data and logs
 * @param seed draws faults and tasks
 * @param time how long it is broken
 * @param remark hears what goes on
 */
record FaultRun(
    Path home, Path handlers, Path folder, long seed, Duration time, Consumer<String> remark) {
  private static final Duration SILENCE = Duration.ofMinutes(5);
  // Longer than any call may take: after that a create without an answer has arrived or never will.
  private static final Duration LAST_CALLS = Duration.ofSeconds(10);
  private static final Duration LAST_MOVES = Duration.ofSeconds(20);
  private static final long LOOK_MILLIS = 200;

  /**
   * Breaks a cluster under load, waits until all tasks have ended, and checks the record.
   *
   * @param nodes how many
   * @param rate tasks created a second
   * @param record where the record is kept
   * @return what happened
   */
  FaultReport run(int nodes, int rate, Path record) throws IOException, InterruptedException {
    try (Chronicle chronicle = new Chronicle(record, Clock.systemUTC());
        Listener listener = new Listener(chronicle);
        Cluster cluster = Cluster.start(home, folder, nodes, Optional.of(handlers), remark);
        Doors doors = new Doors(cluster.nodes().stream().map(ClusterNode::grpc).toList());
        Subscriber subscriber = new Subscriber(doors, chronicle)) {
      List<LoadQueue> queues = Queues.create(doors, chronicle);
      subscriber.awaitBegin();
      Producers producers =
          new Producers(doors, chronicle, queues, listener.port(), subscriber::finished);
      long begin = System.nanoTime();
      Broken broken;
      try (ForeignMessages foreign = foreign(cluster, chronicle, queues);
          FaultDriver driver = driver(cluster, doors, chronicle, queues, producers)) {
        producers.begin(new SplittableRandom(seed), rate);
        broken =
            breakIt(
                driver,
                nodes,
                () -> {
                  producers.requireHealth();
                  subscriber.requireHealth();
                  foreign.requireHealth();
                });
        producers.end();
        foreign.end();
        workOff(expected(producers, doors, chronicle), subscriber);
        awaitMoves(foreign);
      } finally {
        producers.breakOff();
      }
      Duration took = Duration.ofNanos(System.nanoTime() - begin);
      read(doors, chronicle);
      return new FaultReport(chronicle.entries())
          .put("seed", seed)
          .put("nodes", nodes)
          .put("minutes", time.toMinutes())
          .put("seconds_to_the_last_end", took.toSeconds())
          .put("faults_left_out", broken.leftOut())
          .put(FaultReport.HEALED, broken.healed())
          .put("event_streams", subscriber.streams())
          .put("calls_without_answer", doors.unanswered());
    }
  }

  private FaultDriver driver(
      Cluster cluster,
      Doors doors,
      Chronicle chronicle,
      List<LoadQueue> queues,
      Producers producers) {
    return new FaultDriver(cluster, doors, chronicle, ids(queues), producers::created, remark);
  }

  private ForeignMessages foreign(Cluster cluster, Chronicle chronicle, List<LoadQueue> queues) {
    SplittableRandom random = new SplittableRandom(~seed);
    return new ForeignMessages(cluster.brokerUrl(), ids(queues), chronicle, random);
  }

  private static List<String> ids(List<LoadQueue> queues) {
    return queues.stream().map(queue -> queue.name().substring("queues/".length())).toList();
  }

  /**
   * What became of the plan.
   *
   * @param leftOut faults that could not be done in time
   * @param healed whether every node worked again afterwards
   */
  private record Broken(int leftOut, boolean healed) {}

  private Broken breakIt(FaultDriver driver, int nodes, FaultDriver.Look look)
      throws InterruptedException {
    List<Fault> plan = FaultPlan.draw(seed, time, nodes);
    remark.accept("breaking it " + plan.size() + " times within " + time.toMinutes() + " min ...");
    int leftOut = driver.run(plan, time, look);
    remark.accept("mending everything ...");
    return new Broken(leftOut, driver.heal());
  }

  /** How many tasks there are: those acknowledged, and of those without an answer what exists. */
  private long expected(Producers producers, Doors doors, Chronicle chronicle)
      throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(LAST_CALLS.toMillis());
    return producers.created() + new Readings(doors, chronicle).count(producers.unanswered());
  }

  /** Waits until every task has ended, or none has for minutes; then the checker says which. */
  private void workOff(long expected, Subscriber subscriber) throws InterruptedException {
    remark.accept("waiting for the last of " + expected + " tasks ...");
    long finished = -1;
    long news = System.nanoTime();
    while ((subscriber.finished() < expected || subscriber.unfinished() > 0)
        && System.nanoTime() - news < SILENCE.toNanos()) {
      if (subscriber.finished() != finished) {
        finished = subscriber.finished();
        news = System.nanoTime();
      }
      subscriber.requireHealth();
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }
  }

  /** What is lost with the broker does not come; then the checker says whether that is right. */
  private static void awaitMoves(ForeignMessages foreign) throws InterruptedException {
    long begin = System.nanoTime();
    while (foreign.isAnyMissing() && System.nanoTime() - begin < LAST_MOVES.toNanos()) {
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }
  }

  private void read(Doors doors, Chronicle chronicle) throws InterruptedException {
    List<String> tasks =
        chronicle.entries().stream().flatMap(entry -> task(entry).stream()).toList();
    remark.accept("reading how " + tasks.size() + " tasks ended ...");
    new Readings(doors, chronicle).read(tasks);
  }

  private static Optional<String> task(Entry entry) {
    if (entry instanceof Entry.CreateUnanswered create) {
      return Optional.of(create.wanted().task());
    }
    return entry instanceof Entry.Created created ? Optional.of(created.task()) : Optional.empty();
  }
}
