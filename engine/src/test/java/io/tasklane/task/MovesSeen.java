package io.tasklane.task;

import io.tasklane.database.Database;
import io.tasklane.task.state.Move;
import io.tasklane.task.state.MoveTable;
import io.tasklane.task.state.TaskState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The moves that the tests of this build have made, as the event logs tell. Each JVM that runs
 * tests keeps those of its own in a file, because no JVM runs them all.
 */
public final class MovesSeen {
  private static final Path FOLDER = Path.of("target", "moves-seen");
  private static final Path OWN = FOLDER.resolve(System.getProperty("tasklane.fork", "jvm-1"));
  private static final Set<String> SEEN = new TreeSet<>();
  private static final String SQL =
      "SELECT DISTINCT concat_ws(' ', coalesce(from_state, 0), move, to_state) FROM task_event WHERE kind = 1";

  private MovesSeen() {}

  /** Takes in what this database's log has. */
  public static synchronized void register(Database database) {
    database.with(
        connection -> {
          try (var statement = connection.createStatement();
              ResultSet row = statement.executeQuery(SQL)) {
            while (row.next()) {
              SEEN.add(row.getString(1));
            }
          }
          return null;
        });
    try {
      Files.createDirectories(FOLDER);
      Files.write(OWN, SEEN); // instead of what an earlier build has left there
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** What the files of all JVMs have. */
  static Set<MoveTable.Line> all() {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.flatMap(MovesSeen::lines).map(MovesSeen::line).collect(Collectors.toSet());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static Stream<String> lines(Path file) {
    try {
      return Files.readAllLines(file).stream();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static MoveTable.Line line(String codes) {
    String[] code = codes.split(" ");
    int from = Integer.parseInt(code[0]);
    return new MoveTable.Line(
        from == 0 ? null : TaskState.of(from),
        Move.of(Integer.parseInt(code[1])),
        TaskState.of(Integer.parseInt(code[2])));
  }
}
