package io.tasklane.differential;

import io.tasklane.commit.CuttingProxy;
import io.tasklane.database.Database;
import io.tasklane.database.Postgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** A script that the engine runs by a route. */
final class ScriptRun implements AutoCloseable {
  private final ScriptDatabase database = new ScriptDatabase();
  private final List<RouteNode> nodes = new ArrayList<>();
  private final List<List<String>> outcomes = new ArrayList<>();
  private final List<Long> stepEnds = new ArrayList<>();
  private final Script script;
  private final Route route;
  private final Random random;

  private ScriptRun(Script script, Route route) {
    this.script = script;
    this.route = route;
    this.random = new Random(script.seed());
    for (int i = 0; i < route.nodes(); i++) {
      nodes.add(new RouteNode(database, route));
    }
  }

  /** What the readers say at its end. */
  static View run(Script script, Route route) {
    try (ScriptRun run = new ScriptRun(script, route)) {
      return run.run(List.of());
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }

  /** The same where the writes of a column get lost; says how many were. */
  static View runSpoilt(Script script, Route route, DroppedColumn column, AtomicLong hits) {
    try (ScriptRun run = new ScriptRun(script, route)) {
      View view = run.run(column.spoil());
      hits.set(Postgres.number(run.database.direct(), DroppedColumn.HITS));
      return view;
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }

  private View run(List<String> spoil) throws SQLException {
    Database direct = database.direct();
    try (Connection connection = direct.open()) {
      EngineUnderTest engine = new EngineUnderTest(nodes.get(0).committer(), connection, script);
      for (String sql : spoil) {
        try (Statement statement = connection.createStatement()) {
          statement.execute(sql);
        }
      }
      for (Script.Step step : script.steps()) {
        TestClock.pass(connection, step.hours());
        outcomes.add(Outcomes.inOrder(step.commands(), take(engine, step)));
        stepEnds.add(number(connection, "xmax"));
      }
      awaitVisible(connection);
      return new EngineReaders(direct, connection, engine.values().begin(), stepEnds)
          .view(outcomes);
    }
  }

  private List<String> take(EngineUnderTest engine, Script.Step step) {
    List<String> answers = new ArrayList<>();
    for (List<Command> part : byNode(step.commands())) {
      RouteNode node = nodeOf(part);
      boolean alone = part.stream().anyMatch(Command::isAlone);
      answers.addAll(
          route.together() && !alone
              ? node.together(engine, part, cut())
              : node.oneByOne(engine, part, cut()));
    }
    return answers;
  }

  /** In their order, and no commands of two nodes together: each node has its own writer. */
  private static List<List<Command>> byNode(List<Command> commands) {
    List<List<Command>> parts = new ArrayList<>();
    String last = "";
    for (Command command : commands) {
      boolean isOther =
          !command.node().isEmpty() && !last.isEmpty() && !command.node().equals(last);
      if (parts.isEmpty() || isOther) {
        parts.add(new ArrayList<>());
      }
      parts.get(parts.size() - 1).add(command);
      last = command.node().isEmpty() ? last : command.node();
    }
    return parts;
  }

  /** The second node of a script has a writer of its own where there are two; others take turns. */
  private RouteNode nodeOf(List<Command> part) {
    String name = part.stream().map(Command::node).filter(n -> !n.isEmpty()).findFirst().orElse("");
    int number = name.isEmpty() ? outcomes.size() : name.equals("n1") ? 0 : 1;
    return nodes.get(number % nodes.size());
  }

  private Optional<CuttingProxy.Cut> cut() {
    if (!route.cuts() || random.nextInt(6) > 0) {
      return Optional.empty();
    }
    return Optional.of(
        random.nextBoolean() ? CuttingProxy.Cut.BEFORE_COMMIT : CuttingProxy.Cut.AFTER_COMMIT);
  }

  /** Readers of the log go no further than the oldest transaction that runs, anywhere. */
  private void awaitVisible(Connection connection) throws SQLException {
    long end = stepEnds.isEmpty() ? 0 : stepEnds.get(stepEnds.size() - 1);
    for (int i = 0; i < 1_000 && number(connection, "xmin") < end; i++) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
    }
  }

  private static long number(Connection connection, String bound) throws SQLException {
    String sql = "SELECT pg_snapshot_%s(pg_current_snapshot())::text::bigint".formatted(bound);
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  @Override
  public void close() {
    nodes.forEach(RouteNode::close);
    database.close();
  }
}
