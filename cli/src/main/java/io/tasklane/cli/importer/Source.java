package io.tasklane.cli.importer;

import io.tasklane.cli.importer.text.Malformed;
import java.time.ZoneId;
import java.util.List;

/** Reads the files of one system. */
interface Source {
  /**
   * The entries of a file, in its order.
   *
   * @param text of the file
   * @param zone of wall times for which the file names no zone
   * @param report takes what cannot be carried over
   * @throws Malformed where the file as a whole cannot be read
   */
  List<Entry> read(String text, ZoneId zone, Report report) throws Malformed;
}
