package io.tasklane.system;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A port that leads to another one, until somebody pulls the plug, and again when it is back. */
final class Cable implements AutoCloseable {
  private static final InetAddress HERE = InetAddress.getLoopbackAddress();
  private final ServerSocket entry;
  private final int target;
  private final Set<Closeable> ends = ConcurrentHashMap.newKeySet();
  private volatile boolean cut;

  Cable(int target) throws IOException {
    this.target = target;
    this.entry = new ServerSocket(0, 50, HERE);
    start(this::accept);
  }

  int port() {
    return entry.getLocalPort();
  }

  void cut() {
    cut = true;
    ends.forEach(Cable::closed);
    ends.clear();
  }

  void mend() {
    cut = false;
  }

  private void accept() {
    while (!entry.isClosed()) {
      try {
        Socket client = entry.accept();
        if (cut) {
          client.close();
        } else {
          join(client, new Socket(HERE, target));
        }
      } catch (IOException closed) {
        // the loop ends where it is the entry that was closed
      }
    }
  }

  private void join(Socket client, Socket server) {
    ends.add(client);
    ends.add(server);
    start(() -> carry(client, server));
    start(() -> carry(server, client));
  }

  private void carry(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException gone) {
      // the other end is told below
    } finally {
      closed(from);
      closed(to);
      ends.remove(from);
      ends.remove(to);
    }
  }

  private static void closed(Closeable end) {
    try {
      end.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "cable");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    entry.close();
    cut();
  }
}
