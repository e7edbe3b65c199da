package io.tasklane.cli.demo;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * How the demo's own server is started.
 *
 * @param home the folder of the {@code tasklane} script
 * @param tradingData the user's files, or null for the generated sample
 * @param asOf the day of the morning, or null for the server's choice
 */
record ServerCommandLine(Path home, Path tradingData, LocalDate asOf) {
  /** The command, with all ports free to choose. */
  List<String> words(Path data) {
    List<String> words = new ArrayList<>();
    words.addAll(List.of(home.resolve("tasklane").toString(), "server", "start"));
    words.addAll(List.of("--data", data.toString()));
    words.addAll(List.of("--grpc-port", "0", "--http-port", "0", "--jms-port", "0"));
    if (tradingData != null) {
      words.addAll(List.of("--trading-data", tradingData.toString()));
    }
    if (asOf != null) {
      words.addAll(List.of("--as-of", asOf.toString()));
    }
    return words;
  }
}
