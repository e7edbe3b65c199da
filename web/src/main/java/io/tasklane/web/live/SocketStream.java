package io.tasklane.web.live;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import io.tasklane.grpc.stream.Feed;
import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Sends a feed over a socket as fast as the client reads: the feed is asked for its next message
 * when the one before has left, so nothing piles up for a slow client.
 *
 * <p>One drain runs at a time; who wakes the stream meanwhile only counts up, and the drain goes
 * round again.
 */
final class SocketStream {
  private static final JsonFormat.Printer JSON =
      JsonFormat.printer().omittingInsignificantWhitespace();

  /** A close frame holds 125 bytes, two of them for the code. */
  private static final int LONGEST_REASON = 100;

  private final Feed<? extends Message> feed;
  private final Socket socket;
  private final Executor executor;
  private final Runnable ended;
  private final AtomicInteger wakes = new AtomicInteger();
  private volatile boolean sending;
  private volatile CloseReason ending;
  private boolean over;

  /**
   * A stream that is not started yet.
   *
   * @param feed what is sent
   * @param socket where to
   * @param executor runs the drains
   * @param ended called once, when nothing more will be sent
   */
  SocketStream(Feed<? extends Message> feed, Socket socket, Executor executor, Runnable ended) {
    this.feed = feed;
    this.socket = socket;
    this.executor = executor;
    this.ended = ended;
  }

  /** Begins to send. */
  void start() {
    wakes.set(1); // no drain touches the feed before it is open
    try {
      feed.open(this::wake);
    } catch (RuntimeException failure) {
      ending = reason(CloseCodes.TRY_AGAIN_LATER, failure.getMessage());
    }
    schedule();
  }

  /** Ends it in words, after the message that is being sent. */
  void end(CloseReason why) {
    ending = why;
    wake();
  }

  static CloseReason reason(CloseCodes code, String words) {
    String text = words == null ? "" : words;
    return new CloseReason(code, text.substring(0, Math.min(text.length(), LONGEST_REASON)));
  }

  private void wake() {
    if (wakes.getAndIncrement() == 0) {
      schedule();
    }
  }

  private void schedule() {
    try {
      executor.execute(this::drain);
    } catch (RejectedExecutionException serverHasStopped) {
      wakes.set(0);
    }
  }

  private void drain() {
    int seen;
    do {
      seen = wakes.get();
      step();
    } while (!wakes.compareAndSet(seen, 0));
  }

  private void step() {
    if (over) {
      return;
    }
    if (ending == null && !sending) {
      sendNext();
    }
    if (ending != null) {
      over = true;
      feed.close();
      socket.close(ending);
      ended.run();
    }
  }

  private void sendNext() {
    try {
      Optional<? extends Message> next = feed.next();
      if (next.isPresent()) {
        sending = true;
        socket.send(JSON.print(next.get()), this::sent);
      }
    } catch (InvalidProtocolBufferException | RuntimeException failure) {
      ending = reason(CloseCodes.TRY_AGAIN_LATER, failure.getMessage());
    }
  }

  private void sent(boolean arrived) {
    sending = false;
    if (!arrived) {
      ending = reason(CloseCodes.GOING_AWAY, "the client takes no messages");
    }
    wake();
  }
}
