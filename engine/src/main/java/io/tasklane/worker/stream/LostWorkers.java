package io.tasklane.worker.stream;

import io.tasklane.database.Database;
import io.tasklane.fault.OngoingFaults;
import io.tasklane.task.Failure;
import io.tasklane.task.RunEnd;
import io.tasklane.task.recover.Loss;
import io.tasklane.task.recover.LostLease;
import io.tasklane.task.row.TaskReader;
import io.tasklane.task.state.TaskState;
import io.tasklane.worker.ChangeWorkers;
import io.tasklane.worker.HeldLease;
import io.tasklane.worker.RejectOffers;
import io.tasklane.worker.WorkerLeases;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Declares workers lost that were not heard of, and gives their tasks back to their queues, and
 * those of workers that have left with something in hand. Any node does it; what two do at once is
 * done once, by the token of each lease.
 */
final class LostWorkers {
  private final StreamTools tools;
  private final RunEnds ends;
  private final OngoingFaults faults;
  private final WorkerLeases leases;

  LostWorkers(StreamTools tools, OngoingFaults faults) {
    this.tools = tools;
    this.ends = new RunEnds(tools);
    this.faults = faults;
    this.leases = new WorkerLeases(tools.ticker());
  }

  void look() {
    Database database = tools.context().database();
    try {
      for (ChangeWorkers.Lose lost : database.with(leases::look)) {
        tools.context().committer().submit(new ChangeWorkers(), lost).join();
      }
    } catch (RuntimeException away) {
      leases.forget();
      throw away;
    }
    List<HeldLease> left = database.with(HeldLease::ofEnded);
    Map<Long, Long> runs =
        left.stream()
            .filter(lease -> !lease.isOffer())
            .collect(Collectors.groupingBy(HeldLease::worker, Collectors.counting()));
    faults.attemptEach(
        "leases of lost workers",
        left,
        lease -> end(lease, runs.getOrDefault(lease.worker(), 0L) == 1));
  }

  private void end(HeldLease held, boolean alone) {
    if (held.isOffer()) {
      tools
          .context()
          .committer()
          .submit(new RejectOffers(tools.returns()), new RejectOffers.One(held.key()))
          .join();
      return;
    }
    LiveLease lease =
        LiveLease.of(
            held,
            tools.context().database().with(c -> new TaskReader(c).require(held.name().taskId())),
            tools.ticker());
    ends.write(lease, lost(held, alone))
        .exceptionally(
            failed -> {
              if (StreamTools.isAway(failed)) {
                throw new IllegalStateException(failed);
              }
              return null; // another node was first, or the worker itself
            })
        .join();
  }

  /** As for the loss of a node: what is lost alone fails from the third loss on. */
  private RunEnd lost(HeldLease held, boolean alone) {
    if (!held.lost()) {
      return new RunEnd.HandedBack();
    }
    Loss loss = alone ? Loss.ALONE : Loss.BESIDE_OTHERS;
    boolean fails =
        LostLease.of(TaskState.RUNNING, 1, held.lostCount(), 0, loss).to() == TaskState.FAILED;
    String message =
        held.workerName()
            + " is gone"
            + (fails
                ? ", on which nothing else ran; " + (held.lostCount() + 1) + " runs were lost so"
                : "");
    Failure failure = tools.failure(Failure.Kind.LEASE_LOST, "LEASE_LOST", message);
    return fails
        ? new RunEnd.Failed(failure, Optional.empty(), Optional.empty())
        : new RunEnd.LeaseLost(failure, alone);
  }
}
