package io.tasklane.bench.faults.cluster;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A port of the loopback interface that leads to another one, and can be cut or made slow. */
public final class Wire implements Closeable {
  private static final int BACKLOG = 50;
  private static final int CHUNK = 16 * 1024;

  private final ServerSocket entry;
  private final int target;
  private final Set<Socket> ends = ConcurrentHashMap.newKeySet();
  private volatile boolean cut;
  private volatile long delayMillis;

  /** Leads to this port. */
  public Wire(int target) throws IOException {
    this.target = target;
    this.entry = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    start(this::accept);
  }

  /** Where it begins. */
  public int port() {
    return entry.getLocalPort();
  }

  /** Breaks every connection, in the middle of whatever it carries, and lets no new one through. */
  public void cut() {
    cut = true;
    ends.forEach(Wire::shut);
  }

  /** Carries everything so much later. */
  public void delay(long millis) {
    delayMillis = millis;
  }

  /** Works again. */
  public void mend() {
    cut = false;
    delayMillis = 0;
  }

  private void accept() {
    while (!entry.isClosed()) {
      try {
        join(entry.accept());
      } catch (IOException closed) {
        // the loop ends where it is the entry that was closed
      }
    }
  }

  private void join(Socket near) throws IOException {
    if (cut) {
      shut(near);
      return;
    }
    try {
      Socket far = new Socket(InetAddress.getLoopbackAddress(), target);
      ends.add(near);
      ends.add(far);
      start(() -> carry(near, far));
      start(() -> carry(far, near));
      if (cut) { // meanwhile
        ends.forEach(Wire::shut);
      }
    } catch (IOException nobodyThere) {
      shut(near);
    }
  }

  private void carry(Socket from, Socket to) {
    byte[] chunk = new byte[CHUNK];
    try {
      from.setTcpNoDelay(true);
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int size = in.read(chunk); size >= 0; size = in.read(chunk)) {
        if (delayMillis > 0) {
          Thread.sleep(delayMillis);
        }
        out.write(chunk, 0, size);
      }
    } catch (IOException | InterruptedException gone) {
      // the other end is told below
    } finally {
      shut(from);
      shut(to);
      ends.remove(from);
      ends.remove(to);
    }
  }

  private static void shut(Socket end) {
    try {
      end.close();
    } catch (IOException closedAlready) {
      // that is what was wanted
    }
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "wire");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    entry.close();
    cut();
  }
}
