package io.tasklane.worker;

import io.tasklane.commit.Batch;
import io.tasklane.commit.CommandOrder;
import io.tasklane.commit.Outcome;
import io.tasklane.commit.SingleCommand;
import io.tasklane.task.Actor;
import java.sql.SQLException;

/** Has workers finish, because somebody asks for it; the result is the worker as it is then. */
public final class DrainWorkers implements SingleCommand<DrainWorkers.Drain, Worker> {
  /**
   * Asks a worker to take no more offers and to stop when its runs have ended.
   *
   * @param workerId final part of its name
   * @param actor who asks, and why
   */
  public record Drain(String workerId, Actor actor) {}

  private final ChangeWorkers changes = new ChangeWorkers();

  @Override
  public CommandOrder order() {
    return CommandOrder.DRAIN_WORKERS;
  }

  @Override
  public Outcome<Worker> executeOne(Batch batch, Drain drain) throws SQLException {
    WorkerReader reader = new WorkerReader(batch.connection());
    Worker before = reader.require(drain.workerId());
    if (before.state() == WorkerState.LOST || before.state() == WorkerState.STOPPED) {
      return Outcome.refused(ConnectWorkers.lost(drain.workerId()));
    }
    long key = reader.key(drain.workerId()).orElseThrow();
    changes.executeOne(batch, new ChangeWorkers.Drain(key, drain.actor()));
    return Outcome.done(reader.require(drain.workerId()));
  }
}
