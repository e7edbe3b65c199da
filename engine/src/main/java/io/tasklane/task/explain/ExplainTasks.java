package io.tasklane.task.explain;

import io.tasklane.database.NamedSql;
import io.tasklane.explain.Blocker;
import io.tasklane.explain.Explanation;
import io.tasklane.explain.StartEstimate;
import io.tasklane.feature.ClaimCondition;
import io.tasklane.feature.ClaimVerdict;
import io.tasklane.node.LeaseKeeper;
import io.tasklane.queue.QueueState;
import io.tasklane.task.claim.ClaimConditions;
import io.tasklane.task.state.TaskState;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Explains why a task is not running. It asks what a claim asks, in the same words where SQL
 * decides and of the same features: who owns the queue, whether a slot is free, which task is the
 * head, and whether that one may start.
 */
final class ExplainTasks {
  private final ClaimConditions conditions;
  private final QueueLine line;

  /** Explains by these conditions, which claims ask too. */
  ExplainTasks(ClaimConditions conditions) {
    this.conditions = conditions;
    this.line = new QueueLine(conditions);
  }

  /**
   * Explains a task, in one snapshot.
   *
   * @param connection in autocommit mode, as which it is returned
   * @throws io.tasklane.api.Refusal NOT_FOUND: TASK_NOT_FOUND
   */
  Explanation explain(Connection connection, String taskId) throws SQLException {
    connection.setAutoCommit(false);
    try {
      NamedSql.on(connection, "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
          .update();
      WaitingFacts facts = WaitingFacts.read(connection, conditions, taskId);
      return facts.waits()
          ? waiting(connection, taskId, facts)
          : new Explanation(
              taskId, facts.state(), List.of(), 0, StartEstimate.NONE, facts.revision());
    } finally {
      connection.rollback();
      connection.setAutoCommit(true);
    }
  }

  private Explanation waiting(Connection connection, String taskId, WaitingFacts facts)
      throws SQLException {
    QueueLine.Ahead ahead = line.before(connection, facts);
    List<Blocker> blockers = new ArrayList<>(ofTask(connection, facts));
    List<Blocker> holding = new ArrayList<>();
    for (ClaimCondition condition : conditions.all()) {
      ClaimVerdict verdict = condition.look(connection, facts.task());
      (verdict instanceof ClaimVerdict.SetAside ? blockers : holding).addAll(verdict.blockers());
    }
    boolean isAside = facts.state() == TaskState.QUEUED && !facts.place().ready();
    if (isAside && blockers.isEmpty()) {
      blockers.add(new Blocker.Other("was set aside and returns to its queue within a second"));
    }
    blockers.addAll(ofQueue(facts));
    blockers.addAll(holding);
    boolean full = facts.queue().slots().areTaken(facts.alone(), facts.queue().taken());
    if (full) {
      blockers.addAll(RunningTasks.blockers(connection, facts));
    }
    ahead.blocker().ifPresent(blockers::add);
    return new Explanation(
        taskId,
        facts.state(),
        blockers,
        ahead.ahead(),
        StartTimes.estimate(connection, facts, blockers, ahead.ahead()),
        facts.revision());
  }

  /** What keeps the task itself from being ready. */
  private static List<Blocker> ofTask(Connection connection, WaitingFacts facts)
      throws SQLException {
    List<Blocker> blockers = new ArrayList<>();
    if (facts.state() == TaskState.BLOCKED) {
      blockers.addAll(WaitingFor.dependencies(connection, facts));
      if (blockers.isEmpty()) {
        blockers.add(new Blocker.Other("waits for its dependencies to be resolved"));
      }
    }
    switch (facts.state()) {
      case SCHEDULED ->
          blockers.add(
              new Blocker.NotBefore(facts.nextAttempt().or(facts::runAfter).orElse(facts.at())));
      case RETRY_WAIT ->
          blockers.add(new Blocker.RetryBackoff(facts.nextAttempt().orElse(facts.at())));
      case BLOCKED ->
          facts
              .runAfter()
              .filter(time -> time.isAfter(facts.at()))
              .ifPresent(time -> blockers.add(new Blocker.NotBefore(time)));
      case OFFERED -> blockers.add(new Blocker.Other("is offered to a worker"));
      default -> {
        // it is QUEUED
      }
    }
    facts.limits().over(facts.at()).ifPresent(over -> blockers.add(new Blocker.TimeOver(over)));
    blockers.addAll(WaitingFor.orderingKey(connection, facts));
    return blockers;
  }

  /** What keeps every task of the queue from starting. */
  private static List<Blocker> ofQueue(WaitingFacts facts) {
    WaitingFacts.OfQueue queue = facts.queue();
    List<Blocker> blockers = new ArrayList<>();
    if (queue.state() == QueueState.PAUSED) {
      blockers.add(new Blocker.QueuePaused(queue.pauseActor(), queue.pauseTime()));
    }
    if (queue.owner().isEmpty() || queue.ownerLives() && queue.bidder().isPresent()) {
      blockers.add(new Blocker.NoOwner(queue.owner(), queue.bidder()));
    }
    queue.owner().flatMap(node -> oldLease(node, facts)).ifPresent(blockers::add);
    return blockers;
  }

  /** A node that has not renewed its lease for so long claims nothing. */
  private static Optional<Blocker> oldLease(String node, WaitingFacts facts) {
    Optional<Instant> end = facts.queue().renewTime().map(time -> time.plus(LeaseKeeper.LEASE));
    boolean silent = end.filter(time -> time.isAfter(facts.at())).isEmpty();
    return facts.queue().ownerLives() && !silent
        ? Optional.empty()
        : Optional.of(new Blocker.OldLease(node, end.filter(time -> time.isAfter(facts.at()))));
  }
}
