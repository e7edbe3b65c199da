package io.tasklane.worker.stream;

import io.tasklane.api.Refusal;
import io.tasklane.event.LogEvent;
import io.tasklane.key.TaskKey;
import io.tasklane.task.RunEnd;
import io.tasklane.task.row.JsonColumns;
import io.tasklane.task.row.TaskReader;
import io.tasklane.task.state.Move;
import io.tasklane.worker.ConnectWorkers;
import io.tasklane.worker.HeldLease;
import io.tasklane.worker.Hello;
import io.tasklane.worker.LeaseName;
import io.tasklane.worker.RejectOffers;
import io.tasklane.worker.RenewWorkers;
import io.tasklane.worker.WorkerListener;
import io.tasklane.worker.WorkerSession;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** The streams of workers that end at this node. Safe for many threads. */
final class WorkerStreams {
  private final StreamTools tools;
  private final Supplier<String> names;
  private final Map<Long, Session> sessions = new ConcurrentHashMap<>();
  private volatile boolean closed;

  /**
   * Starts without streams.
   *
   * @param tools shared by all streams
   * @param names draws the ids of new workers
   */
  WorkerStreams(StreamTools tools, Supplier<String> names) {
    this.tools = tools;
    this.names = names;
  }

  /** The stream of the worker with this key. */
  Optional<Session> find(long worker) {
    return Optional.ofNullable(sessions.get(worker));
  }

  void remove(Session session) {
    sessions.remove(session.key(), session);
  }

  /**
   * A worker has said Hello. Waits until that is durable.
   *
   * @throws Refusal FAILED_PRECONDITION: TASK_TYPE_DIFFERS, WORKER_LOST; UNAVAILABLE
   */
  WorkerSession connect(Hello hello, WorkerListener listener) {
    ConnectWorkers.Connected worker =
        await(
            tools
                .context()
                .committer()
                .submit(
                    new ConnectWorkers(),
                    new ConnectWorkers.Connect(hello, names.get(), tools.me())));
    Session session = new Session(tools, worker, listener, this);
    Set<LeaseName> named = new HashSet<>(hello.leases());
    List<Long> kept = new ArrayList<>();
    List<LiveLease> forgotten = new ArrayList<>();
    for (HeldLease held : worker.leases()) {
      if (named.contains(held.name())) {
        session.leases().add(live(held));
        kept.add(held.name().token().value());
      } else if (!held.isOffer()) {
        forgotten.add(live(held));
      }
    }
    Optional.ofNullable(sessions.put(worker.worker(), session)).ifPresent(Session::replaced);
    giveBack(worker, kept, forgotten);
    if (closed) {
      session.listener().nodeStops();
    }
    return session;
  }

  private LiveLease live(HeldLease held) {
    return LiveLease.of(
        held,
        tools.context().database().with(c -> new TaskReader(c).require(held.name().taskId())),
        tools.ticker());
  }

  /** What it had and does not name any more. */
  private void giveBack(
      ConnectWorkers.Connected worker, List<Long> kept, List<LiveLease> forgotten) {
    RunEnds ends = new RunEnds(tools);
    for (LiveLease lease : forgotten) {
      try {
        await(ends.write(lease, new RunEnd.HandedBack()));
      } catch (Refusal stale) {
        if (StreamTools.isAway(stale)) {
          throw stale;
        }
      }
    }
    if (worker.leases().stream().anyMatch(HeldLease::isOffer)) {
      await(
          tools
              .context()
              .committer()
              .submit(
                  new RejectOffers(tools.returns()),
                  new RejectOffers.OfWorker(worker.worker(), kept)));
    }
  }

  private static <T> T await(CompletableFuture<T> durable) {
    try {
      return durable.join();
    } catch (CompletionException failed) {
      throw failed.getCause() instanceof Refusal refusal ? refusal : failed;
    }
  }

  /** Writes which workers were heard of, and tells those that are to drain. */
  void renew() {
    List<Session> all = List.copyOf(sessions.values());
    if (all.isEmpty()) {
      return;
    }
    List<RenewWorkers.Known> known =
        await(
            tools
                .context()
                .committer()
                .submit(new RenewWorkers(), all.stream().map(Session::heard).toList()));
    Set<Long> current = new HashSet<>();
    for (RenewWorkers.Known one : known) {
      current.add(one.worker());
      one.drainActor().ifPresent(actor -> find(one.worker()).ifPresent(s -> s.drained(actor)));
    }
    all.stream().filter(session -> !current.contains(session.key())).forEach(Session::replaced);
  }

  /** Watches the runs of all streams. */
  void watch() {
    RunEnds ends = new RunEnds(tools);
    sessions.values().forEach(session -> new LeaseWatch(session, ends).look());
  }

  /** Tells the workers what happened to the tasks that they have. */
  void follow(List<LogEvent> events) {
    if (sessions.isEmpty()) {
      return;
    }
    for (LogEvent event : events) {
      event
          .change()
          .filter(change -> change.move().isPresent())
          .ifPresent(change -> follow(change.taskKey(), event));
    }
  }

  private void follow(TaskKey task, LogEvent event) {
    boolean force =
        event
                .change()
                .flatMap(change -> change.move())
                .filter(Move.REQUEST_CANCEL::equals)
                .isPresent()
            && "force".equals(JsonColumns.object(event.data()).getString("cancel", ""));
    sessions.values().forEach(session -> session.follow(task, event, force));
  }

  /** The node stops: workers go on at another one. */
  void close() {
    closed = true;
    sessions.values().forEach(session -> session.listener().nodeStops());
  }
}
