package io.tasklane.commit;

import io.tasklane.api.Refusal;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * A kind of change whose commands are executed one after another.
 *
 * @param <C> the command
 * @param <R> what its caller gets back
 */
public interface SingleCommand<C, R> extends CommandKind<C, R> {
  /**
   * Executes one command.
   *
   * @throws Refusal where it must not be done; nothing may be written before
   */
  Outcome<R> executeOne(Batch batch, C command) throws SQLException;

  @Override
  default List<Outcome<R>> execute(Batch batch, List<C> commands) throws SQLException {
    List<Outcome<R>> outcomes = new ArrayList<>();
    for (C command : commands) {
      try {
        outcomes.add(executeOne(batch, command));
      } catch (Refusal refusal) {
        outcomes.add(Outcome.refused(refusal));
      }
    }
    return outcomes;
  }
}
