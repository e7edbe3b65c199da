package io.tasklane.batch;

import io.tasklane.database.NamedSql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;

/**
 * The targets of batch operations that were not tried yet: pieces of a hundred ids, so that a
 * million of them are ten thousand rows.
 *
 * @param connection of the command
 */
record TargetRows(Connection connection) {
  /** Ids in each piece but the last. */
  static final int IN_PIECE = 100;

  private static final String BETWEEN = " "; // no id has it
  private static final String ADD =
      """
      INSERT INTO batch_piece (batch, number, targets)
      SELECT :batch, * FROM unnest(:numbers::int[], :targets::text[])""";
  private static final String READ =
      "SELECT targets FROM batch_piece WHERE batch = :batch AND number = :number";
  private static final String REMOVE =
      "DELETE FROM batch_piece WHERE batch = :batch AND number < :number";

  /**
   * A piece.
   *
   * @param number of the piece, from 0
   * @param targets ids, in their order
   */
  record Piece(int number, List<String> targets) {
    Piece {
      targets = List.copyOf(targets);
    }
  }

  /** Adds pieces to a batch operation. */
  void add(String batch, List<Piece> pieces) throws SQLException {
    if (!pieces.isEmpty()) {
      NamedSql.on(connection, ADD)
          .set("batch", batch)
          .rows(pieces)
          .add("numbers", "int4", Piece::number)
          .add("targets", "text", piece -> String.join(BETWEEN, piece.targets()))
          .update();
    }
  }

  /** Ids from a place on, counted from 0, at most so many, and at most to the end of a piece. */
  List<String> next(String batch, int place, int limit) throws SQLException {
    List<String> piece =
        NamedSql.on(connection, READ)
            .set("batch", batch)
            .set("number", place / IN_PIECE)
            .one(row -> Arrays.asList(row.getString(1).split(BETWEEN)));
    int from = place % IN_PIECE;
    return piece.subList(from, Math.min(piece.size(), from + limit));
  }

  /** Removes the pieces before a place. */
  void removeBefore(String batch, int place) throws SQLException {
    NamedSql.on(connection, REMOVE).set("batch", batch).set("number", place / IN_PIECE).update();
  }
}
