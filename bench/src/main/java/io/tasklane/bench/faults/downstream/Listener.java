package io.tasklane.bench.faults.downstream;

import io.tasklane.bench.faults.record.Chronicle;
import io.tasklane.bench.faults.record.Entry;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Takes the calls of handlers, one connection a run, one line a word, one line an answer. */
public final class Listener implements Closeable {
  private static final int BACKLOG = 500;

  private final Downstream downstream;
  private final ServerSocket door;
  private final ExecutorService calls =
      Executors.newCachedThreadPool(
          work -> {
            Thread thread = new Thread(work, "handler-call");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * Listens on a free port of the loopback interface.
   *
   * @param chronicle where everything is noted
   */
  public Listener(Chronicle chronicle) throws IOException {
    downstream = new Downstream(chronicle);
    door = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    calls.execute(this::accept);
  }

  /** Where it listens. */
  public int port() {
    return door.getLocalPort();
  }

  private void accept() {
    while (!door.isClosed()) {
      try {
        Socket call = door.accept();
        calls.execute(() -> serve(call));
      } catch (IOException closed) {
        // the loop ends where it is the door that was closed
      }
    }
  }

  private void serve(Socket call) {
    try (call;
        BufferedReader in =
            new BufferedReader(
                new InputStreamReader(call.getInputStream(), StandardCharsets.UTF_8))) {
      call.setTcpNoDelay(true);
      Downstream.Caller caller = null;
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String[] words = line.split(" ");
        if (words[0].equals("BEGIN")) {
          caller = begin(words);
        }
        String answer = answer(caller, words);
        call.getOutputStream().write((answer + "\n").getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException gone) {
      // The handler's node was killed or stopped: that is what all this is about.
    }
  }

  private Downstream.Caller begin(String[] words) {
    return downstream.begin(
        new Downstream.Caller(words[1], Long.parseLong(words[5]), words[6]),
        words[2],
        words[3],
        Integer.parseInt(words[4]),
        Long.parseLong(words[7]));
  }

  private String answer(Downstream.Caller caller, String[] words) {
    return switch (words[0]) {
      case "BEGIN" -> "GO";
      case "KNOWS" -> downstream.knows(caller, words[1]) ? "YES" : "NO";
      case "EFFECT" -> downstream.effect(caller, words[1]) ? "ACCEPTED" : "REFUSED";
      case "KILL" -> downstream.kills(caller, Integer.parseInt(words[1])) ? "DIE" : "LIVE";
      case "END" -> {
        downstream.end(caller, Entry.Outcome.valueOf(words[1]));
        yield "BYE";
      }
      default -> "WHAT";
    };
  }

  @Override
  public void close() throws IOException {
    door.close();
    calls.shutdownNow();
  }
}
