package io.tasklane.commit;

import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** A command that PostgreSQL refuses. */
public final class BadSql implements CommandKind<String, Boolean> {
  @Override
  public CommandOrder order() {
    return CommandOrder.DISCARD_DEAD_LETTERS;
  }

  @Override
  public List<Outcome<Boolean>> execute(Batch batch, List<String> commands) throws SQLException {
    try (Statement statement = batch.connection().createStatement()) {
      statement.execute(commands.get(0));
    }
    return commands.stream().map(c -> Outcome.done(true)).toList();
  }
}
