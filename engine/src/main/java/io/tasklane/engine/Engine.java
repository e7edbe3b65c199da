package io.tasklane.engine;

import io.tasklane.commit.GroupCommitter;
import io.tasklane.database.Database;
import io.tasklane.event.EventPartitions;
import io.tasklane.event.EventRows;
import io.tasklane.event.EventTail;
import io.tasklane.fault.FatalErrors;
import io.tasklane.fault.OngoingFaults;
import io.tasklane.feature.EngineContext;
import io.tasklane.feature.Feature;
import io.tasklane.monitor.QueueStatistics;
import io.tasklane.monitor.SystemHealth;
import io.tasklane.node.LeaseKeeper;
import io.tasklane.queue.admin.EnsureQueues;
import io.tasklane.queue.admin.QueueDirectory;
import io.tasklane.queue.dispatch.Dispatch;
import io.tasklane.queue.dispatch.DispatchTools;
import io.tasklane.queue.dispatch.PreemptionWatch;
import io.tasklane.queue.dispatch.RunCompletions;
import io.tasklane.queue.dispatch.WaitingTasks;
import io.tasklane.queue.ownership.Rebalancing;
import io.tasklane.queue.ownership.TakeQueues;
import io.tasklane.service.Services;
import io.tasklane.service.SystemService;
import io.tasklane.signal.Broker;
import io.tasklane.signal.SignalSender;
import io.tasklane.task.run.HeldTasks;
import io.tasklane.task.run.RunWatch;
import io.tasklane.time.Ticker;
import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import java.util.stream.Stream;

/** A running node. Plain Java, so that tests run exactly what the application runs. */
public final class Engine implements AutoCloseable {
  private final Database database;
  private final OngoingFaults faults;
  private final Duration stopGrace;
  private final Broker broker;
  private final QueueDirectory directory;
  private final EventTail tail;
  private final GroupCommitter committer;
  private final SignalSender sender;
  private final RunWatch watch;
  private final PreemptionWatch preemption;
  private final LeaseKeeper lease;
  private final LateDispatch late = new LateDispatch();
  private final Dispatch dispatch;
  private final DueWorkLoop dueWork;
  private final SystemHealth health;
  private final Features features;
  private final Services services;

  /**
   * Starts a node.
   *
   * @throws IllegalStateException if no feature reads a kind of event, or two do
   */
  public Engine(EngineComponents from) {
    database = from.database();
    stopGrace = from.node().stopGrace();
    faults = new OngoingFaults(from.clock(), from.endNode());
    ThreadFactory threads = FatalErrors.ending(from.threads(), from.endNode());
    directory = new QueueDirectory(database);
    EventRows rows = new EventRows(directory::idOf);
    tail = new EventTail(database, rows, threads, faults);
    committer = new GroupCommitter(database, threads, tail::wake);
    EventPartitions.keepAhead(database);
    committer.submit(new EnsureQueues(), from.queues().queues()).join();
    directory.refresh();
    broker = new Broker(from.node().brokerUrl());
    sender = new SignalSender(broker, directory::idOf, threads, faults);
    dueWork = new DueWorkLoop(database, committer, threads, faults);
    EngineContext context =
        new EngineContext(database, committer, new WakeUps(sender, dueWork::wakeIn), from.clock());
    QueueStatistics statistics = new QueueStatistics(database, directory, from.clock());
    features =
        new Features(
            from,
            new FeatureParts(context, directory, statistics, rows, tail, broker, faults, threads),
            late,
            sender);
    for (Feature feature : features.all()) {
      rows.register(feature.events());
      dueWork.register(feature.dueWork());
      feature.followers().forEach(tail::addFollower);
    }
    rows.requireAll();
    watch = new RunWatch(committer, threads, faults);
    watch.endNodeAfter(from.node().stuckLimit(), from.endNode());
    lease = lease(from, threads);
    tail.restLongerWhile(lease::isAlone);
    TakeQueues takes = new TakeQueues(features.tasks().losses());
    DispatchTools tools =
        new DispatchTools(
            committer,
            features.tasks().completions(),
            features.tasks().groups(),
            new Rebalancing(committer, takes, database, lease::node, Ticker.SYSTEM),
            features.runs().runner(context, watch),
            new RunCompletions(
                (child, parent) -> features.runs().admission().admit(child, "", parent),
                from.random(),
                from.clock()),
            lease,
            context.signals(),
            new HeldTasks(),
            faults);
    features.serveWorkers(tools);
    WaitingTasks waiting = new WaitingTasks(database);
    dispatch = new Dispatch(tools, broker, waiting, directory, watch, threads, database);
    late.is(dispatch);
    preemption = new PreemptionWatch(database, watch, threads, faults);
    tail.addFollower(watch::follow);
    tail.addFollower(dispatch::follow);
    tail.addFollower(preemption::follow);
    tail.addGapFollower(statistics::countAnew);
    tail.start();
    dispatch.keep();
    health = new SystemHealth(database, tail::now, statistics::refreshAges, threads, faults);
    health.include("event-topic", features.topic()::look);
    features.topic().start(lease::node, threads);
    health.include("jms-ingress", features.ingress()::look);
    features.ingress().start(threads);
    services =
        services(
            new SystemService(
                new SystemService.Components(
                    committer, tail, lease, dispatch, sender, watch, faults),
                health));
  }

  private LeaseKeeper lease(EngineComponents from, ThreadFactory threads) {
    return new LeaseKeeper(
        database,
        from.node().name(),
        from.node().dataDir(),
        Ticker.SYSTEM,
        threads,
        new LeaseEvents(
            watch,
            () -> late.giveMessagesBack(threads),
            () -> dueWork.soon(() -> late.takeOver(sender)),
            faults));
  }

  private Services services(SystemService system) {
    Stream<Object> all = features.all().stream().flatMap(feature -> feature.services().stream());
    return Services.of(Stream.concat(all, Stream.of(system)).toArray());
  }

  /** The services of this node, by type. */
  public Services services() {
    return services;
  }

  /**
   * The work of every second: what is due, and an owner for every queue. It does nothing without
   * the database, whose absence the tail of the event log notices, and health reports. What fails
   * is tried again by the next tick, and throws nothing: the container ends a timer that does.
   */
  public void tick() {
    if (!tail.isAway()) {
      dueWork.tick();
      faults.attempt("owners of all queues", dispatch::keep);
    }
  }

  /** The work of every hour: the event log's partitions for the coming days. */
  public void keepPartitionsAhead() {
    if (!tail.isAway()) {
      faults.attempt("partitions of the event log", () -> EventPartitions.keepAhead(database));
    }
  }

  /** Removes what has passed its retention period, if that is due on this node. */
  public void cleanUp() {
    if (!tail.isAway()) {
      Runnable artifactsToo = features.artifacts().cleaning()::removeAllExpired;
      features
          .cleanUp()
          .runIfDue()
          .ifPresent(done -> faults.attempt("removal of expired artifacts", artifactsToo));
    }
  }

  /** Starts nothing more, gives handlers a few seconds to end, and closes everything. */
  @Override
  public void close() {
    lease.nodeStops();
    features.cleanUp().close();
    try {
      dispatch.stop(stopGrace);
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
    health.close();
    dueWork.close();
    sender.close();
    preemption.close();
    features.topic().close();
    features.ingress().close();
    watch.close();
    committer.close();
    tail.close();
    lease.close();
    broker.close();
    features.all().forEach(Feature::close);
  }
}
