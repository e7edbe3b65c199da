package io.tasklane.engine;

import io.tasklane.artifact.ArtifactStore;
import io.tasklane.commit.GroupCommitter;
import io.tasklane.database.Database;
import io.tasklane.effect.EffectLedger;
import io.tasklane.event.DeadLetterEvents;
import io.tasklane.event.EventKind;
import io.tasklane.event.EventPages;
import io.tasklane.event.EventPartitions;
import io.tasklane.event.EventRows;
import io.tasklane.event.EventTail;
import io.tasklane.event.LogEvent;
import io.tasklane.event.PublishEvents;
import io.tasklane.event.PublishedEvents;
import io.tasklane.feature.EventCodec;
import io.tasklane.monitor.QueueStatistics;
import io.tasklane.monitor.SystemHealth;
import io.tasklane.node.LeaseKeeper;
import io.tasklane.queue.admin.EnsureQueues;
import io.tasklane.queue.admin.QueueDirectory;
import io.tasklane.queue.dispatch.Dispatch;
import io.tasklane.queue.dispatch.PreemptionWatch;
import io.tasklane.queue.dispatch.RunCompletions;
import io.tasklane.queue.dispatch.WaitingTasks;
import io.tasklane.queue.ownership.Rebalancing;
import io.tasklane.queue.ownership.TakeQueues;
import io.tasklane.retention.RemovalEvents;
import io.tasklane.signal.Broker;
import io.tasklane.signal.SignalSender;
import io.tasklane.task.TaskNames;
import io.tasklane.task.TaskType;
import io.tasklane.task.claim.IdleOwners;
import io.tasklane.task.create.TaskAdmission;
import io.tasklane.task.row.TaskEvents;
import io.tasklane.task.run.CompleteInput;
import io.tasklane.task.run.RunWatch;
import io.tasklane.task.run.SaveCheckpoints;
import io.tasklane.task.run.StoredRunArtifacts;
import io.tasklane.task.run.TaskRunner;
import io.tasklane.task.type.Handlers;
import io.tasklane.time.Ticker;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;

/** A running node. Plain Java, so that tests run exactly what the application runs. */
public final class Engine implements AutoCloseable {
  private static final Duration STOP_GRACE = Duration.ofSeconds(3);

  private final Database database;
  private final Clock clock;
  private final Broker broker;
  private final QueueDirectory directory;
  private final EventTail tail;
  private final GroupCommitter committer;
  private final SignalSender sender;
  private final RunWatch watch;
  private final PreemptionWatch givingWay;
  private final LeaseKeeper lease;
  private final QueueStatistics statistics;
  private final Dispatch dispatch;
  private final TaskAdmission admission;
  private final WaitingTasks waiting;
  private final PublishEvents publishing = new PublishEvents();
  private final EventPages pages;
  private final TaskCommands tasks;
  private final Handlers handlers;
  private final DueWork clockwork;
  private final ArtifactStore artifacts;
  private final EffectLedger effects;
  private final NodeHealth health;
  private final QueueCommands queues;

  /** Starts a node. */
  public Engine(EngineComponents from) {
    database = from.database();
    clock = from.clock();
    ThreadFactory threads = from.threads();
    directory = new QueueDirectory(database);
    waiting = new WaitingTasks(database);
    EventRows rows = new EventRows(directory::idOf);
    rows.register(TaskEvents.CODECS)
        .register(DeadLetterEvents.CODECS)
        .register(
            List.of(
                PublishedEvents.CODEC,
                RemovalEvents.CODEC,
                EventCodec.stored(EventKind.QUEUE_CHANGED, LogEvent.QUEUE_CHANGED)))
        .requireAll();
    pages = new EventPages(database, rows);
    tail = new EventTail(database, rows, threads);
    committer = new GroupCommitter(database, threads, tail::wake);
    keepPartitions();
    committer.submit(new EnsureQueues(), from.queues().queues()).join();
    directory.refresh();
    broker = new Broker(from.node().brokerUrl());
    sender = new SignalSender(broker, directory::idOf, threads);
    watch = new RunWatch(committer, threads);
    watch.endNodeAfter(from.node().stuckLimit(), from.endNode());
    lease =
        new LeaseKeeper(
            database,
            from.node().name(),
            from.node().dataDir(),
            Ticker.SYSTEM,
            threads,
            new LeaseKeeper.Listener() {
              @Override
              public void leaseIsOver() {
                watch.leaseIsOver();
              }

              @Override
              public void nodeIsGone() {
                takeOver();
              }
            });
    statistics = new QueueStatistics(database, directory, from.clock());
    handlers = new Handlers(from.handlers());
    TaskNames names = new TaskNames(from.clock(), from.random());
    admission = new TaskAdmission(directory, handlers, names, from.clock());
    tasks =
        TaskCommands.signalling(
            from.resolver(), new WakeUps(sender, this::dueIn), this::idle, admission);
    effects = new EffectLedger(committer);
    artifacts =
        ArtifactStore.of(from.artifacts(), database, committer, from.random(), from.node().name());
    clockwork =
        new DueWork(committer, tasks.due(), tasks.expiry(), tasks.refills(), waiting, threads);
    queues = QueueCommands.notifying(from.queues().ids(), this::changed);
    dispatch =
        new Dispatch(
            committer,
            tasks.completions(),
            tasks.groups(),
            new Rebalancing(
                committer, new TakeQueues(tasks.losses()), database, lease::node, Ticker.SYSTEM),
            new TaskRunner(
                handlers,
                watch,
                from.clock(),
                names,
                new CompleteInput(database, admission::checkComplete),
                new StoredRunArtifacts(artifacts),
                effects,
                task -> database.with(c -> SaveCheckpoints.find(c, task)),
                Ticker.SYSTEM),
            new RunCompletions(
                (child, parent) -> admission.admit(child, "", parent), from.random(), from.clock()),
            lease,
            clockwork::wakeIn,
            broker,
            waiting,
            directory,
            watch,
            threads);
    tail.addFollower(statistics::follow);
    tail.addFollower(watch::follow);
    tail.addFollower(dispatch::follow);
    givingWay = new PreemptionWatch(database, watch, threads);
    tail.addFollower(givingWay::follow);
    tail.addGapFollower(statistics::countAnew);
    tail.start();
    dispatch.keep();
    health =
        new NodeHealth(
            new NodeHealth.Components(committer, tail, lease, dispatch, sender, watch),
            new SystemHealth(database, tail::now, statistics::refreshAges, threads));
  }

  /** While the engine is still being assembled there is nothing to wake yet. */
  private void dueIn(Duration time) {
    if (clockwork != null) {
      clockwork.wakeIn(time);
    }
  }

  /** While the engine is still being assembled nobody waits yet. */
  private Optional<IdleOwners.Idle> idle(int queue) {
    return dispatch == null ? Optional.empty() : dispatch.idle(queue);
  }

  /**
   * While the engine is still being assembled, this does nothing: its owners will look by
   * themselves.
   */
  private void takeOver() {
    if (dispatch != null) {
      clockwork.soon(() -> dispatch.takeOver(sender));
    }
  }

  private void changed(int queue) {
    dispatch.keep();
    dispatch.wake(queue, sender);
  }

  /** The work of every second: releases what is due, and keeps an owner for every queue. */
  public void tick() {
    clockwork.tick();
    dispatch.keep();
  }

  /** Creates the event log's partitions for the coming days. */
  public void keepPartitions() {
    database.with(
        connection -> {
          EventPartitions.keepAhead(connection);
          return null;
        });
  }

  /** Commits the commands of this node. */
  public GroupCommitter committer() {
    return committer;
  }

  /** Checks requests for tasks. */
  public TaskAdmission admission() {
    return admission;
  }

  /** Stores large payloads. */
  public ArtifactStore artifacts() {
    return artifacts;
  }

  /** Records effects of runs. */
  public EffectLedger effects() {
    return effects;
  }

  /** The commands that change tasks. */
  public TaskCommands tasks() {
    return tasks;
  }

  /** The task types that this node serves, by name. */
  public List<TaskType> taskTypes() {
    return handlers.types();
  }

  /** The commands that change queues. */
  public QueueCommands queues() {
    return queues;
  }

  /** Publishes events of external producers. */
  public PublishEvents publishing() {
    return publishing;
  }

  /** Reads pages of the event log. */
  public EventPages pages() {
    return pages;
  }

  /** The statistics of the queues. */
  public QueueStatistics statistics() {
    return statistics;
  }

  /** Follows the event log. */
  public EventTail tail() {
    return tail;
  }

  /** The clock. */
  public Clock clock() {
    return clock;
  }

  /** The database. */
  public Database database() {
    return database;
  }

  /** The health of this node. */
  public NodeHealth health() {
    return health;
  }

  /** The known queues. */
  public QueueDirectory directory() {
    return directory;
  }

  /** Whether the tail of the event log, which reads all the time, can reach the database. */
  public boolean canReachDatabase() {
    return tail.fault().isEmpty();
  }

  /** Starts nothing more, gives handlers a few seconds to end, and closes everything. */
  @Override
  public void close() {
    try {
      dispatch.stop(STOP_GRACE);
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
    health.close();
    clockwork.close();
    sender.close();
    givingWay.close();
    watch.close();
    committer.close();
    tail.close();
    lease.close();
    broker.close();
    artifacts.close();
  }
}
