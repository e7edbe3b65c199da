package io.tasklane.rollup;

import io.tasklane.commit.Batch;
import io.tasklane.commit.CommandOrder;
import io.tasklane.commit.Outcome;
import io.tasklane.commit.SingleCommand;
import io.tasklane.database.NamedSql;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Adds counted events to the rollups, and moves the cursor past them, in one transaction. The
 * result is whether it did: not where the cursor is no longer where the events were read, because
 * another node has counted them, or this one has and did not hear of it.
 */
record AddRollups() implements SingleCommand<RollupBatch, Boolean> {
  private static final String MOVE =
      """
      UPDATE rollup_cursor SET xid = :to_xid, seq = :to_seq, time = clock_timestamp()
      WHERE xid = :from_xid AND seq = :from_seq""";

  private static final String ADD =
      """
      INSERT INTO rollup AS r
        (queue, task_type, minute, arrivals, retries, failures, waits, runs, backoffs)
      SELECT u.queue, u.task_type, u.minute, u.arrivals, u.retries, u.failures,
          u.waits::bigint[], u.runs::bigint[], u.backoffs::bigint[]
      FROM unnest(:queues::int[], :task_types::text[], :minutes::timestamptz[],
          :arrivals::bigint[], :retries::bigint[], :failures::bigint[], :waits::text[],
          :runs::text[], :backoffs::text[])
        AS u (queue, task_type, minute, arrivals, retries, failures, waits, runs, backoffs)
      ON CONFLICT (queue, minute, task_type) DO UPDATE SET
          arrivals = r.arrivals + EXCLUDED.arrivals,
          retries = r.retries + EXCLUDED.retries,
          failures = r.failures + EXCLUDED.failures,
          waits = ${waits}, runs = ${runs}, backoffs = ${backoffs}"""
          .replace("${waits}", sum("waits"))
          .replace("${runs}", sum("runs"))
          .replace("${backoffs}", sum("backoffs"));

  /** Two arrays of counts, added bucket by bucket; the shorter one is padded with nulls. */
  private static String sum(String column) {
    return """
        ARRAY(SELECT coalesce(c.a, 0) + coalesce(c.b, 0)
            FROM unnest(r.%1$s, EXCLUDED.%1$s) WITH ORDINALITY AS c (a, b, i) ORDER BY c.i)"""
        .formatted(column);
  }

  @Override
  public CommandOrder order() {
    return CommandOrder.ADD_ROLLUPS;
  }

  @Override
  public Outcome<Boolean> executeOne(Batch batch, RollupBatch counted) throws SQLException {
    boolean moved =
        NamedSql.on(batch.connection(), MOVE)
                .set("from_xid", counted.from().transaction())
                .set("from_seq", counted.from().sequence())
                .set("to_xid", counted.to().transaction())
                .set("to_seq", counted.to().sequence())
                .update()
            == 1;
    if (moved && !counted.counts().isEmpty()) {
      add(batch, counted.counts());
    }
    return Outcome.done(moved);
  }

  private static void add(Batch batch, Map<RollupKey, RollupCounts> counts) throws SQLException {
    List<Map.Entry<RollupKey, RollupCounts>> rows =
        counts.entrySet().stream()
            .sorted(
                Map.Entry.comparingByKey(
                    Comparator.comparing((RollupKey key) -> key.queue().value())
                        .thenComparing(RollupKey::minute)
                        .thenComparing(RollupKey::taskType)))
            .toList();
    NamedSql.on(batch.connection(), ADD)
        .rows(rows)
        .add("queues", "int4", row -> row.getKey().queue().value())
        .add("task_types", "text", row -> row.getKey().taskType())
        .add("minutes", "timestamptz", row -> Timestamp.from(row.getKey().minute()))
        .add("arrivals", "int8", row -> row.getValue().arrivals())
        .add("retries", "int8", row -> row.getValue().retries())
        .add("failures", "int8", row -> row.getValue().failures())
        .add("waits", "text", row -> text(row.getValue().waits()))
        .add("runs", "text", row -> text(row.getValue().runs()))
        .add("backoffs", "text", row -> text(row.getValue().backoffs()))
        .update();
  }

  private static String text(Histogram histogram) {
    return Arrays.stream(histogram.counts())
        .mapToObj(Long::toString)
        .collect(Collectors.joining(",", "{", "}"));
  }
}
