package io.tasklane.engine;

import io.tasklane.artifact.ArtifactStore;
import io.tasklane.commit.GroupCommitter;
import io.tasklane.database.Database;
import io.tasklane.effect.EffectService;
import io.tasklane.event.EventFeature;
import io.tasklane.event.EventPages;
import io.tasklane.event.EventPartitions;
import io.tasklane.event.EventRows;
import io.tasklane.event.EventTail;
import io.tasklane.fact.FactFeature;
import io.tasklane.fact.FactService;
import io.tasklane.fault.FatalErrors;
import io.tasklane.fault.OngoingFaults;
import io.tasklane.feature.EngineContext;
import io.tasklane.feature.Feature;
import io.tasklane.key.QueueKey;
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
import io.tasklane.resource.ResourceFeature;
import io.tasklane.retention.CleanUp;
import io.tasklane.schedule.ScheduleFeature;
import io.tasklane.schedule.ScheduledRuns;
import io.tasklane.service.Services;
import io.tasklane.service.SystemService;
import io.tasklane.signal.Broker;
import io.tasklane.signal.SignalSender;
import io.tasklane.step.StepFeature;
import io.tasklane.task.TaskNames;
import io.tasklane.task.claim.IdleOwners;
import io.tasklane.task.create.TaskAdmission;
import io.tasklane.task.recover.SuspectFeature;
import io.tasklane.task.run.HeldTasks;
import io.tasklane.task.run.RunWatch;
import io.tasklane.task.type.Handlers;
import io.tasklane.time.Ticker;
import io.tasklane.topic.EventTopic;
import io.tasklane.trigger.TriggerFeature;
import io.tasklane.workflow.execution.WorkflowFeature;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
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
  private final Dispatch dispatch;
  private final DueWorkLoop dueWork;
  private final ArtifactStore artifacts;
  private final CleanUp cleanUp;
  private final SystemHealth health;
  private final EventTopic topic;
  private final List<Feature> features;
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
    Handlers handlers = new Handlers(from.handlers());
    TaskNames names = new TaskNames(from.clock(), from.random());
    TaskAdmission admission = new TaskAdmission(directory, handlers, names, from.clock());
    WorkflowFeature workflows = new WorkflowFeature(context, directory, handlers, names, rows);
    List<Feature> joining =
        List.of(
            new ResourceFeature(context),
            new ScheduledRuns(context.signals()),
            new SuspectFeature(context),
            new StepFeature(context, rows),
            workflows);
    TaskFeature tasks =
        TaskFeature.of(context, from.resolver(), joining, this::idle, admission, handlers);
    workflows.use(admission, tasks.creation(), tasks.cancels(), tasks.copies());
    EffectService effects = new EffectService(committer);
    FactService facts = new FactService(context);
    artifacts =
        ArtifactStore.of(from.artifacts(), database, committer, from.random(), from.node().name());
    topic = new EventTopic(context, tail, broker, from.retention().events(), faults);
    workflows.use(artifacts, threads);
    cleanUp = new CleanUp(database, from.node().name(), from.retention(), faults);
    features =
        Stream.of(
                List.of(tasks),
                joining,
                List.of(
                    new QueueFeature(
                        context, directory, statistics, from.queues().ids(), this::changed),
                    new DeadLetterFeature(context, tasks.copies()),
                    ScheduleFeature.of(
                        context,
                        tasks.creation(),
                        tasks.cancels(),
                        admission,
                        workflows.starter(),
                        from.retention().tasks()),
                    new EventFeature(context, tail, new EventPages(database, rows)),
                    effects,
                    new FactFeature(facts),
                    new TriggerFeature(context, workflows.starter(), rows),
                    artifacts,
                    topic,
                    cleanUp))
            .<Feature>flatMap(List::stream)
            .toList();
    for (Feature feature : features) {
      rows.register(feature.events());
      dueWork.register(feature.dueWork());
      feature.followers().forEach(tail::addFollower);
    }
    rows.requireAll();
    watch = new RunWatch(committer, threads, faults);
    watch.endNodeAfter(from.node().stuckLimit(), from.endNode());
    lease = lease(from, threads);
    tail.restLongerWhile(lease::isAlone);
    dispatch =
        new Dispatch(
            new DispatchTools(
                committer,
                tasks.completions(),
                tasks.groups(),
                new Rebalancing(
                    committer,
                    new TakeQueues(tasks.losses()),
                    database,
                    lease::node,
                    Ticker.SYSTEM),
                new RunParts(handlers, names, admission, artifacts, effects, facts)
                    .runner(context, watch),
                new RunCompletions(
                    (child, parent) -> admission.admit(child, "", parent),
                    from.random(),
                    from.clock()),
                lease,
                context.signals(),
                new HeldTasks(),
                faults),
            broker,
            new WaitingTasks(database),
            directory,
            watch,
            threads,
            database);
    preemption = new PreemptionWatch(database, watch, threads, faults);
    tail.addFollower(watch::follow);
    tail.addFollower(dispatch::follow);
    tail.addFollower(preemption::follow);
    tail.addGapFollower(statistics::countAnew);
    tail.start();
    dispatch.keep();
    health = new SystemHealth(database, tail::now, statistics::refreshAges, threads, faults);
    health.include("event-topic", topic::look);
    topic.start(lease::node, threads);
    services =
        services(
            new SystemService(
                new SystemService.Components(
                    committer, tail, lease, dispatch, sender, watch, faults),
                health));
  }

  /** While the engine is still being assembled nobody waits yet. */
  private Optional<IdleOwners.Idle> idle(QueueKey queue) {
    return dispatch == null ? Optional.empty() : dispatch.idle(queue);
  }

  /**
   * While the engine is still being assembled, this does nothing: its owners look by themselves.
   */
  private void takeOver() {
    if (dispatch != null) {
      dueWork.soon(() -> dispatch.takeOver(sender));
    }
  }

  private void changed(QueueKey queue) {
    dispatch.keep();
    dispatch.wake(queue, sender);
  }

  /** On a thread of its own, because it waits for the broker. */
  private void giveMessagesBack(ThreadFactory threads) {
    if (dispatch != null) {
      threads.newThread(dispatch::leaseIsOver).start();
    }
  }

  private LeaseKeeper lease(EngineComponents from, ThreadFactory threads) {
    return new LeaseKeeper(
        database,
        from.node().name(),
        from.node().dataDir(),
        Ticker.SYSTEM,
        threads,
        new LeaseEvents(watch, () -> giveMessagesBack(threads), this::takeOver, faults));
  }

  private Services services(SystemService system) {
    Stream<Object> all = features.stream().flatMap(feature -> feature.services().stream());
    return Services.of(Stream.concat(all, Stream.of(system)).toArray());
  }

  /** The services of this node, by type. */
  public Services services() {
    return services;
  }

  /**
   * The work of every second: what is due, and an owner for every queue. Without the database it
   * does nothing; the health of the node reports that. What fails is tried again by the next tick,
   * and throws nothing: the container ends a timer that does. The tail of the event log reads all
   * the time, so it knows whether the database can be reached.
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
      Runnable artifactsToo = artifacts.cleaning()::removeAllExpired;
      cleanUp
          .runIfDue()
          .ifPresent(done -> faults.attempt("removal of expired artifacts", artifactsToo));
    }
  }

  /** Starts nothing more, gives handlers a few seconds to end, and closes everything. */
  @Override
  public void close() {
    lease.nodeStops();
    cleanUp.close();
    try {
      dispatch.stop(stopGrace);
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
    health.close();
    dueWork.close();
    sender.close();
    preemption.close();
    topic.close();
    watch.close();
    committer.close();
    tail.close();
    lease.close();
    broker.close();
    features.forEach(Feature::close);
  }
}
