package io.tasklane.commit;

import io.tasklane.database.Database;
import io.tasklane.database.Postgres;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.postgresql.ds.PGSimpleDataSource;

/** The network between a node and its PostgreSQL; it fails at the worst moment, when told to. */
public final class CuttingProxy implements AutoCloseable {
  /** Where the next COMMIT is lost. */
  public enum Cut {
    /** Nowhere. */
    NONE,
    /** On its way: PostgreSQL never hears of it. */
    BEFORE_COMMIT,
    /** On the way back: PostgreSQL has committed, nobody is told. */
    AFTER_COMMIT,
    /** It is given up as lost, and comes to PostgreSQL when it is let go. */
    LATE
  }

  /** What both directions of a connection know. */
  private static final class Link {
    private volatile boolean deaf;
    private final CountDownLatch answered = new CountDownLatch(1);
    private final StringBuilder unheard = new StringBuilder();

    /**
     * Of PostgreSQL's answers only that to the COMMIT counts: others may be under way before it.
     */
    private boolean hears(byte[] buffer, int length) {
      unheard.append(new String(buffer, 0, length, StandardCharsets.ISO_8859_1));
      return unheard.indexOf("COMMIT\0") >= 0 || unheard.indexOf("SERROR\0") >= 0;
    }
  }

  /** The message that ends what a client says, of PostgreSQL's protocol: 'S' and its length. */
  private static final byte[] SYNC = {'S', 0, 0, 0, 4};

  private final ServerSocket door;
  private final int target;
  private final AtomicReference<Cut> next = new AtomicReference<>(Cut.NONE);
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private final CountDownLatch late = new CountDownLatch(1);
  private final CountDownLatch lateIsOver = new CountDownLatch(1);
  private volatile boolean away;
  private volatile boolean mute;

  /** Stands before this port. */
  public CuttingProxy(int target) throws IOException {
    this.target = target;
    door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    start(this::accept);
  }

  /** The database behind it; statements always travel as text, so that a COMMIT is seen. */
  public Database database() {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(url());
    source.setUser("postgres");
    source.setPrepareThreshold(0);
    return new Database(source, source);
  }

  /** Where the database behind it is reached. */
  public String url() {
    return Postgres.url(door.getLocalPort());
  }

  /** Cuts the connection that sends the next COMMIT. */
  public void cutNext(Cut where) {
    next.set(where);
  }

  /** Lets what was held back go, and waits for PostgreSQL's answer to it. */
  public void letGo() throws InterruptedException {
    late.countDown();
    if (!lateIsOver.await(60, TimeUnit.SECONDS)) {
      throw new IllegalStateException("nothing was held back, or it was never answered");
    }
  }

  /** Whether the cut has happened. */
  public boolean hasCut() {
    return next.get() == Cut.NONE;
  }

  /** Cuts everything, and takes no new connection until it is back. */
  public void setAway(boolean isAway) {
    away = isAway;
    open.forEach(CuttingProxy::shut);
  }

  /** Holds back whatever is said, as when the machine behind is gone: no connection breaks. */
  public void setMute(boolean isMute) {
    mute = isMute;
  }

  private void accept() {
    while (!door.isClosed()) {
      try {
        Socket client = door.accept();
        if (away) {
          shut(client);
          continue;
        }
        Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
        open.add(client);
        open.add(server);
        Link link = new Link();
        start(() -> pump(client, server, true, link));
        start(() -> pump(server, client, false, link));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void pump(Socket from, Socket to, boolean watches, Link link) {
    byte[] buffer = new byte[64 * 1024];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      int length;
      while ((length = in.read(buffer)) >= 0) {
        if (watches && next.get() != Cut.NONE) {
          length = readUpToSync(in, buffer, length);
        }
        Cut cut = watches && saysCommit(buffer, length) ? next.getAndSet(Cut.NONE) : Cut.NONE;
        if (cut == Cut.BEFORE_COMMIT) {
          return;
        }
        if (!watches && link.deaf) {
          if (link.hears(buffer, length)) {
            link.answered.countDown(); // it finds nobody
            return;
          }
          continue;
        }
        if (cut != Cut.NONE) {
          link.deaf = true; // by this direction alone, the other one only reads it
        }
        if (cut == Cut.LATE) {
          shut(from);
          late.await();
        }
        while (mute) {
          LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
        if (!isPassedOn(out, buffer, length) && (watches || !link.deaf)) {
          return;
        }
        if (watches && link.deaf) {
          link.answered.await();
          lateIsOver.countDown();
          return;
        }
      }
    } catch (IOException | InterruptedException gone) {
      // the other side is told below
    } finally {
      shut(from);
      shut(to);
    }
  }

  /** Not where the other side is gone: an answer to what came before the COMMIT is lost then. */
  private static boolean isPassedOn(OutputStream out, byte[] buffer, int length) {
    try {
      out.write(buffer, 0, length);
      out.flush();
      return true;
    } catch (IOException gone) {
      return false;
    }
  }

  /**
   * Reads on until the client has said all that PostgreSQL answers at once: a long transaction
   * comes in several pieces, of which one alone would be answered by nobody.
   *
   * @return how many bytes the buffer holds then
   */
  private static int readUpToSync(InputStream in, byte[] buffer, int begun) throws IOException {
    int length = begun;
    while (!endsWithSync(buffer, length)) {
      int more = in.read(buffer, length, buffer.length - length);
      if (more < 0) {
        return length;
      }
      length += more;
    }
    return length;
  }

  private static boolean endsWithSync(byte[] buffer, int length) {
    int start = length - SYNC.length;
    return start >= 0 && Arrays.equals(buffer, start, length, SYNC, 0, SYNC.length);
  }

  private static boolean saysCommit(byte[] buffer, int length) {
    return new String(buffer, 0, length, StandardCharsets.ISO_8859_1).contains("COMMIT\0");
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "cutting-proxy");
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
    open.forEach(CuttingProxy::shut);
  }
}
