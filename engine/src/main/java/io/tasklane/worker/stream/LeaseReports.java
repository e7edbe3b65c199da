package io.tasklane.worker.stream;

import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import io.tasklane.commit.CommandKind;
import io.tasklane.database.Rows;
import io.tasklane.fact.NewFact;
import io.tasklane.task.Actor;
import io.tasklane.task.Payload;
import io.tasklane.task.Progress;
import io.tasklane.task.RunEnd;
import io.tasklane.task.Task;
import io.tasklane.task.complete.ReportProgress;
import io.tasklane.task.row.TaskReader;
import io.tasklane.task.run.RunPayloads;
import io.tasklane.task.run.SaveCheckpoints;
import io.tasklane.worker.AcceptOffers;
import io.tasklane.worker.LeaseName;
import io.tasklane.worker.RejectOffers;
import io.tasklane.worker.WorkerListener;
import io.tasklane.worker.WorkerMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** What a worker says of its leases, and what follows from it. */
final class LeaseReports {
  private final StreamTools tools;
  private final Leases leases;
  private final WorkerListener listener;
  private final RunEnds ends;
  private final AcceptOffers accepting = new AcceptOffers();
  private final ReportProgress reporting = new ReportProgress();
  private final SaveCheckpoints saving = new SaveCheckpoints();

  LeaseReports(StreamTools tools, Leases leases, WorkerListener listener) {
    this.tools = tools;
    this.leases = leases;
    this.listener = listener;
    this.ends = new RunEnds(tools);
  }

  RunEnds ends() {
    return ends;
  }

  private LiveLease require(LeaseName name) {
    return leases.named(name).orElseThrow(() -> RunEnds.stale(name));
  }

  private LiveLease running(LeaseName name) {
    LiveLease lease = require(name);
    if (!lease.isRunning()) {
      throw Refusal.of(
          Refusal.Sort.ABORTED,
          RefusalReason.STALE_LEASE,
          "tasks/" + name.taskId(),
          name + " is an offer: accept it, and wait for the acknowledgement");
    }
    return lease;
  }

  private <C, R> CompletableFuture<R> submit(CommandKind<C, R> kind, C command) {
    return tools.context().committer().submit(kind, command);
  }

  /** Whatever is neither the end of a run nor a sign of life. */
  CompletionStage<Void> of(WorkerMessage.OfLease message) {
    if (message instanceof WorkerMessage.Accept) {
      return accept(require(message.lease()));
    }
    if (message instanceof WorkerMessage.Reject) {
      return reject(message.lease());
    }
    LiveLease lease = running(message.lease());
    if (message instanceof WorkerMessage.Suspended step) {
      return end(lease, new RunEnd.Suspended(step.step(), step.rest()));
    }
    if (message instanceof WorkerMessage.Checkpoint checkpoint) {
      return checkpoint(lease, checkpoint.state());
    }
    if (message instanceof WorkerMessage.SetFact fact) {
      return fact(lease, fact);
    }
    if (message instanceof WorkerMessage.Log log) {
      log.lines().forEach(line -> lease.log().add(tools.context().clock().instant(), line));
    } else if (message instanceof WorkerMessage.PartialResult result) {
      lease.partial(storable("partial_result.partial_result", result.partial()));
    }
    return CompletableFuture.completedFuture(null);
  }

  private CompletionStage<Void> accept(LiveLease lease) {
    return submit(accepting, lease.key())
        .thenAccept(
            started -> {
              if (!started) {
                leases.remove(lease);
                throw RunEnds.stale(lease.name());
              }
              lease.started();
            });
  }

  /** An offer that is over already needs no rejection. */
  private CompletionStage<Void> reject(LeaseName name) {
    Optional<LiveLease> lease = leases.named(name).filter(offer -> !offer.isRunning());
    if (lease.isEmpty()) {
      return CompletableFuture.completedFuture(null);
    }
    leases.remove(lease.get());
    return submit(new RejectOffers(tools.returns()), new RejectOffers.One(lease.get().key()))
        .thenAccept(returned -> {});
  }

  private static Payload storable(String field, Payload payload) {
    RunPayloads.faultOf(payload)
        .ifPresent(
            fault -> {
              throw Refusal.invalid(RefusalReason.INVALID_FIELD, field, "is not allowed: " + fault);
            });
    return payload;
  }

  private CompletionStage<Void> checkpoint(LiveLease lease, Payload state) {
    storable("checkpoint.checkpoint", state);
    return submit(saving, new SaveCheckpoints.Save(lease.key().task(), lease.key().token(), state))
        .thenAccept(saved -> requireLive(lease, saved));
  }

  private CompletionStage<Void> fact(LiveLease lease, WorkerMessage.SetFact wanted) {
    NewFact fact;
    try {
      fact = NewFact.of(wanted.fact(), new Actor(lease.task().name(), ""));
    } catch (IllegalArgumentException notStorable) {
      throw Refusal.invalid(
          RefusalReason.INVALID_FIELD, "fact.fact.value", notStorable.getMessage());
    }
    return tools
        .facts()
        .setOfRun(lease.key().task(), lease.key().token(), fact)
        .thenAccept(set -> requireLive(lease, set));
  }

  private void requireLive(LiveLease lease, boolean written) {
    if (!written) {
      leases.remove(lease);
      throw RunEnds.stale(lease.name());
    }
  }

  /** A sign of life does not fail for the leases that are over. */
  CompletionStage<Void> beats(List<WorkerMessage.Beat> beats) {
    List<CompletableFuture<?>> all = new ArrayList<>();
    for (WorkerMessage.Beat beat : beats) {
      Optional<LiveLease> lease = leases.named(beat.lease()).filter(LiveLease::isRunning);
      if (lease.isEmpty()) {
        listener.leaseLost(beat.lease(), "this worker does not hold it");
      } else {
        beat.progress()
            .filter(lease.get()::isNews)
            .ifPresent(progress -> all.add(report(lease.get(), progress)));
      }
    }
    return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new));
  }

  private CompletableFuture<Boolean> report(LiveLease lease, Progress progress) {
    return submit(
        reporting,
        new ReportProgress.Report(
            lease.key().task(),
            lease.key().token(),
            new Progress(
                progress.completedUnits(),
                progress.totalUnits(),
                Rows.storable(progress.currentUnit()),
                Rows.storable(progress.message()),
                tools.context().clock().instant())));
  }

  CompletionStage<Void> completed(WorkerMessage.Completed done) {
    return end(done.lease(), lease -> ends.of(lease, done));
  }

  CompletionStage<Void> failed(WorkerMessage.Failed failed) {
    return end(failed.lease(), lease -> ends.of(lease, failed));
  }

  CompletionStage<Void> released(WorkerMessage.Release release) {
    LiveLease lease = running(release.lease());
    Supplier<CompletionStage<Void>> end = () -> end(lease, new RunEnd.HandedBack());
    return release.checkpoint().isPresent()
        ? checkpoint(lease, release.checkpoint().get()).thenCompose(saved -> end.get())
        : end.get();
  }

  @FunctionalInterface
  private interface Decision {
    RunEnd of(LiveLease lease);
  }

  private CompletionStage<Void> end(LeaseName name, Decision decision) {
    Optional<LiveLease> lease = leases.named(name);
    return lease.isPresent()
        ? end(running(name), decision.of(lease.get()))
        : endOnceMore(name, decision);
  }

  private CompletionStage<Void> end(LiveLease lease, RunEnd end) {
    return ends.write(lease, end)
        .whenComplete(
            (done, failed) -> {
              if (failed == null || !StreamTools.isAway(failed)) {
                leases.remove(lease);
              }
            });
  }

  /**
   * A worker whose stream broke sends the end of a run once more, which may have been written
   * before: that is as good as now.
   */
  private CompletionStage<Void> endOnceMore(LeaseName name, Decision decision) {
    Optional<Task> task =
        tools.context().database().with(c -> new TaskReader(c).find(name.taskId()));
    if (task.filter(found -> found.fencingToken().equals(name.token())).isEmpty()) {
      throw RunEnds.stale(name);
    }
    LiveLease ended =
        LiveLease.ended(name, tools.queues().apply(task.get().queue()), task.get(), tools.ticker());
    return ends.write(ended, decision.of(ended));
  }
}
