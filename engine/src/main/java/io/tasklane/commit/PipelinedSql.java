package io.tasklane.commit;

import io.tasklane.database.NamedSql;

/**
 * The SQL of a whole transaction that takes one round trip.
 *
 * @param sql all of it, from the commit mark to COMMIT
 * @param locksOwners whether a result with owner rows comes before that of its own statement
 */
public record PipelinedSql(NamedSql sql, boolean locksOwners) {
  /**
   * The SQL of a transaction whose statement follows the lock on one owner row, that of the
   * parameter {@code queue}.
   */
  public static PipelinedSql afterOwner(String statement) {
    return new PipelinedSql(whole(Batch.OWNER + ";\n" + statement), true);
  }

  /**
   * The SQL of a transaction whose statement follows the lock on owner rows, those of the parameter
   * {@code owners}.
   */
  public static PipelinedSql afterOwners(String statement) {
    return new PipelinedSql(whole(Batch.OWNERS + ";\n" + statement), true);
  }

  /** The SQL of a transaction whose statement needs no owner row. */
  public static PipelinedSql alone(String statement) {
    return new PipelinedSql(whole(statement), false);
  }

  private static NamedSql whole(String statements) {
    return NamedSql.of(CommitMark.LEAVE + ";\n" + statements + ";\nCOMMIT");
  }
}
