package io.tasklane.trading.source;

import java.util.List;

/** Gives the files of a trading day as bytes, by key: "accounts.json", "prices/AAPL.csv". */
public interface Source {
  /** What results call it in {@code data_source}: "sample" or "files". */
  String name();

  /**
   * The bytes of one file.
   *
   * @throws io.tasklane.task.FailureException permanent if there is no such file, retryable if it
   *     cannot be read just now
   */
  byte[] read(String key);

  /** Keys of the files in a folder such as "news" whose names end so, in order; maybe none. */
  List<String> list(String folder, String ending);
}
