package io.tasklane.launcher.process;

import io.tasklane.launcher.address.Addresses;
import io.tasklane.launcher.failure.CannotStart;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Ports of the loopback interface. */
public final class FreePort {
  // Below the range that systems hand out to outgoing connections, so that a port found free stays
  // free until its owner binds it. Starting at the process number keeps launchers apart.
  private static final int LOWEST = 20_000;
  private static final int COUNT = 12_000;
  private static int next = (int) (ProcessHandle.current().pid() * 31 % COUNT);

  private FreePort() {}

  /** A port nobody listens on, never the same twice in one process. */
  public static synchronized int pick() throws CannotStart {
    for (int tries = 0; tries < COUNT; tries++) {
      int port = LOWEST + next++ % COUNT;
      if (isFree(port)) {
        return port;
      }
    }
    throw new CannotStart("no free port from " + LOWEST + " on; give ports by option");
  }

  /** The wanted port, checked, or any free one for 0. */
  public static int orAny(int wanted, String option) throws CannotStart {
    return wanted == 0 ? pick() : orZero(wanted, option);
  }

  /** The wanted port, checked; 0 stays 0 for the process that will listen to choose. */
  public static int orZero(int wanted, String option) throws CannotStart {
    if (wanted != 0 && !isFree(wanted)) {
      throw new CannotStart(
          option + ": port " + wanted + " is in use; give another one, or 0 for any free one");
    }
    return wanted;
  }

  private static boolean isFree(int port) {
    try (ServerSocket probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException taken) {
      return false;
    }
  }

  /** Whether somebody accepts connections there now. */
  public static boolean answers(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(Addresses.HOST, port), 500);
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }
}
