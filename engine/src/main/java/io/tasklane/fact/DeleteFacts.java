package io.tasklane.fact;

import io.tasklane.api.StoredFact;
import io.tasklane.commit.Batch;
import io.tasklane.commit.CommandOrder;
import io.tasklane.commit.Outcome;
import io.tasklane.commit.SingleCommand;
import io.tasklane.task.Actor;
import java.sql.SQLException;
import java.util.Optional;

/** Deletes facts; the result is what was deleted. */
record DeleteFacts() implements SingleCommand<DeleteFacts.Delete, StoredFact> {
  /**
   * What to delete.
   *
   * @param name final part of the fact's name
   * @param actor who deletes it
   */
  record Delete(String name, Actor actor) {}

  @Override
  public CommandOrder order() {
    return CommandOrder.DELETE_FACTS;
  }

  @Override
  public Outcome<StoredFact> executeOne(Batch batch, Delete wanted) throws SQLException {
    Optional<StoredFact> before = new FactReader(batch.connection()).lock(wanted.name());
    if (before.isEmpty()) {
      return Outcome.refused(FactReader.notFound(wanted.name()));
    }
    return FactRows.delete(batch, wanted.name(), wanted.actor())
        ? Outcome.done(before.get())
        : Outcome.again();
  }
}
