package io.tasklane.cli.importer;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What of a file could not be carried over, and why. */
final class Report {
  /**
   * Something that could not be carried over.
   *
   * @param line in the file, from 1
   * @param what its name in the file
   * @param why it could not, and what to do
   */
  record Remark(int line, String what, String why) {
    @Override
    public String toString() {
      return "line " + line + ": " + what + ": " + why;
    }
  }

  private final List<Remark> remarks = new ArrayList<>();

  /** Notes what could not be carried over, with its line and the reason. */
  void add(int line, String what, String why) {
    remarks.add(new Remark(line, what, why));
  }

  /** Whether all was carried over. */
  boolean isEmpty() {
    return remarks.isEmpty();
  }

  /** All of it, by line. */
  List<Remark> remarks() {
    return remarks.stream().sorted(Comparator.comparingInt(Remark::line)).toList();
  }
}
