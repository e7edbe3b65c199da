package io.tasklane.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Collects the targets of a batch operation in pieces; what is too much for one start goes out. */
final class TargetCollection {
  private static final int MOST_PIECES = 50;

  private final Consumer<List<TargetRows.Piece>> out;
  private final List<TargetRows.Piece> pieces = new ArrayList<>();
  private List<String> piece = new ArrayList<>();
  private int count;

  /** Hands full lists of pieces to this consumer. */
  TargetCollection(Consumer<List<TargetRows.Piece>> out) {
    this.out = out;
  }

  /** Adds the next target. */
  void add(String id) {
    piece.add(id);
    count++;
    if (piece.size() == TargetRows.IN_PIECE) {
      end();
      if (pieces.size() == MOST_PIECES) {
        out.accept(List.copyOf(pieces));
        pieces.clear();
      }
    }
  }

  private void end() {
    pieces.add(new TargetRows.Piece((count - 1) / TargetRows.IN_PIECE, piece));
    piece = new ArrayList<>();
  }

  /** How many targets were added. */
  int count() {
    return count;
  }

  /** The pieces that were not handed out yet, to be called once. */
  List<TargetRows.Piece> rest() {
    if (!piece.isEmpty()) {
      end();
    }
    return pieces;
  }
}
