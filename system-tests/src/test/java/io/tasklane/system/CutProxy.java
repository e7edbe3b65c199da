package io.tasklane.system;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The network between a client and a server; it breaks when it is told to, and works again. */
final class CutProxy implements AutoCloseable {
  private final ServerSocket door;
  private final int target;
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private volatile boolean down;

  /** Stands before this address, "HOST:PORT". */
  CutProxy(String address) throws IOException {
    target = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    start(this::accept);
  }

  /** Where clients connect to. */
  String address() {
    return "127.0.0.1:" + door.getLocalPort();
  }

  /** Breaks every connection, in the middle of whatever it carries. */
  void cut() {
    open.forEach(CutProxy::shut);
    open.clear();
  }

  /** Breaks every connection, and each new one at once, until {@link #up}. */
  void down() {
    down = true;
    cut();
  }

  /** Lets connections through again. */
  void up() {
    down = false;
  }

  private void accept() {
    while (!door.isClosed()) {
      try {
        Socket client = door.accept();
        if (down) {
          client.close();
          continue;
        }
        Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
        open.addAll(List.of(client, server));
        start(() -> pump(client, server));
        start(() -> pump(server, client));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private static void pump(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException gone) {
      // the other side is told below
    } finally {
      shut(from);
      shut(to);
    }
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "cut-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  private static void shut(Closeable socket) {
    try {
      socket.close();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  @Override
  public void close() throws IOException {
    door.close();
    cut();
  }
}
