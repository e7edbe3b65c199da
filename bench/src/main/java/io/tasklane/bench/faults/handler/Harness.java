package io.tasklane.bench.faults.handler;

import io.tasklane.task.Run;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * One run's line to the harness, which is also the target of its effect. Every word is answered, so
 * what was said has been noted when a method returns.
 */
final class Harness implements Closeable {
  private final Socket socket;
  private final OutputStream out;
  private final BufferedReader in;

  private Harness(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    out = socket.getOutputStream();
    in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
  }

  /** Says that the run begins. */
  static Harness begin(Order order, Run run) throws IOException {
    Harness harness = new Harness(order.harnessPort());
    String node = System.getProperty("tasklane.node", "unknown");
    harness.ask(
        String.join(
            " ",
            "BEGIN",
            run.task(),
            run.queue(),
            node,
            Integer.toString(run.attempt()),
            Long.toString(run.fencingToken()),
            order.lane(),
            Long.toString(ProcessHandle.current().pid())));
    return harness;
  }

  /** Whether the target has had this effect already. A later run with this key is then too late. */
  boolean knows(String key) throws IOException {
    return ask("KNOWS " + key).equals("YES");
  }

  /** Has the effect on the target; false where a run with a larger token was there before. */
  boolean effect(String key) throws IOException {
    return ask("EFFECT " + key).equals("ACCEPTED");
  }

  /**
   * Whether this run of the task is to kill its node; if so, that is noted.
   *
   * @param most runs of the task that do
   */
  boolean kills(int most) throws IOException {
    return ask("KILL " + most).equals("DIE");
  }

  /** Says how the run is about to end: RESULT, FAILURE or STOPPED. */
  void end(String outcome) throws IOException {
    ask("END " + outcome);
  }

  private String ask(String words) throws IOException {
    out.write((words + "\n").getBytes(StandardCharsets.UTF_8));
    String answer = in.readLine();
    if (answer == null) {
      throw new IOException("the harness hung up");
    }
    return answer;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
