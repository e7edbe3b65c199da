package io.tasklane.worker;

import io.tasklane.commit.Batch;
import io.tasklane.commit.CommandOrder;
import io.tasklane.commit.Outcome;
import io.tasklane.commit.SingleCommand;
import io.tasklane.database.NamedSql;
import io.tasklane.task.Actor;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * Writes that workers were heard of, and reads what became of them: one statement for all streams
 * of a node. What is missing in the result has another stream, or is lost. A row that another
 * command has locked is left to the next time: nobody waits for rows of workers.
 */
public final class RenewWorkers
    implements SingleCommand<List<RenewWorkers.Heard>, List<RenewWorkers.Known>> {
  /**
   * A worker with a stream here.
   *
   * @param worker key of its row
   * @param stream number of the stream
   * @param heard whether it was heard of since the last time
   * @param cpuLoad as it reported last
   * @param memoryBytes as it reported last
   */
  public record Heard(long worker, long stream, boolean heard, double cpuLoad, long memoryBytes) {}

  /**
   * A worker whose stream is its last one.
   *
   * @param worker key of its row
   * @param drainActor who asked it to drain
   */
  public record Known(long worker, Optional<Actor> drainActor) {}

  private static final String SQL =
      """
      WITH ask AS MATERIALIZED (
        SELECT * FROM unnest(:workers::bigint[], :streams::bigint[], :heard::boolean[],
            :cpu::float8[], :memory::bigint[]) AS a (worker, stream, heard, cpu, memory)),
      cur AS MATERIALIZED (
        SELECT w.id, w.drain_principal, w.drain_reason, a.heard, a.cpu, a.memory
        FROM ask a JOIN worker w ON w.id = a.worker AND w.stream = a.stream AND w.state <= 3),
      free AS MATERIALIZED (
        SELECT w.id FROM worker w WHERE w.id IN (SELECT c.id FROM cur c WHERE c.heard)
        FOR NO KEY UPDATE SKIP LOCKED),
      renewed AS (
        UPDATE worker w SET renewal_no = w.renewal_no + 1, heartbeat_time = clock_timestamp(),
            cpu_load = c.cpu, memory_bytes = c.memory
        FROM cur c, free f WHERE w.id = c.id AND f.id = c.id)
      SELECT id, drain_principal, drain_reason FROM cur""";

  @Override
  public CommandOrder order() {
    return CommandOrder.RENEW_WORKERS;
  }

  @Override
  public Outcome<List<Known>> executeOne(Batch batch, List<Heard> all) throws SQLException {
    return Outcome.done(
        NamedSql.on(batch.connection(), SQL)
            .rows(all)
            .add("workers", "int8", Heard::worker)
            .add("streams", "int8", Heard::stream)
            .add("heard", "bool", Heard::heard)
            .add("cpu", "float8", Heard::cpuLoad)
            .add("memory", "int8", Heard::memoryBytes)
            .list(
                row -> {
                  String principal = row.getString("drain_principal");
                  return new Known(
                      row.getLong("id"),
                      principal == null
                          ? Optional.empty()
                          : Optional.of(new Actor(principal, row.getString("drain_reason"))));
                }));
  }
}
