package io.tasklane.bench.peer;

import com.google.gson.Gson;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The peer's process: measures one thing, prints it as one line of JSON, and ends. */
public final class PeerMain {
  private PeerMain() {}

  /**
   * Measures.
   *
   * @param words "create SECONDS", "create-bulk SECONDS", "run TASKS THREADS" or "latency SECONDS"
   */
  public static void main(String[] words) throws Exception {
    // What it says of itself while it works is of no use, and costs time.
    Logger.getLogger("").setLevel(Level.WARNING);
    try (PeerDatabase database = PeerDatabase.open(System.getenv(Peer.DATABASE))) {
      PeerWork work = new PeerWork(database.source(), Clock.systemUTC());
      System.out.println(new Gson().toJson(measure(work, words)));
    }
    System.exit(0); // whatever threads it left
  }

  private static Map<String, Double> measure(PeerWork work, String[] words) throws Exception {
    int number = Integer.parseInt(words[1]);
    return switch (words[0]) {
      case "create" -> work.create(Duration.ofSeconds(number));
      case "create-bulk" -> work.createInBulk(Duration.ofSeconds(number));
      case "run" -> work.run(number, Integer.parseInt(words[2]));
      case "latency" -> work.latency(Duration.ofSeconds(number));
      default -> throw new IllegalArgumentException("the peer does not do " + words[0]);
    };
  }
}
