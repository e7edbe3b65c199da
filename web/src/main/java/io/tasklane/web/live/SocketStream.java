package io.tasklane.web.live;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import io.tasklane.api.DrainLoop;
import io.tasklane.grpc.stream.MessageSource;
import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * Sends the messages of a source over a socket as fast as the client reads: the source is asked for
 * its next message after the one before was sent, so nothing piles up for a slow client.
 */
final class SocketStream {
  private static final JsonFormat.Printer JSON =
      JsonFormat.printer().omittingInsignificantWhitespace();

  /** A close frame holds 125 bytes, two of them for the code. */
  private static final int LONGEST_REASON = 100;

  private final MessageSource<? extends Message> source;
  private final Socket socket;
  private final Runnable ended;
  private final DrainLoop loop;
  private volatile boolean sending;
  private volatile CloseReason ending;
  private boolean over;

  /**
   * A stream that is not started yet.
   *
   * @param source what is sent
   * @param socket where to
   * @param executor runs the drains
   * @param ended called once, when nothing more will be sent
   */
  SocketStream(
      MessageSource<? extends Message> source, Socket socket, Executor executor, Runnable ended) {
    this.source = source;
    this.socket = socket;
    this.ended = ended;
    loop = new DrainLoop(executor, this::step);
  }

  /** Starts to send. */
  void start() {
    try {
      source.open(loop::wake);
    } catch (RuntimeException failure) {
      ending = reason(CloseCodes.TRY_AGAIN_LATER, failure.getMessage());
    }
    loop.start();
  }

  /** Ends the stream with a reason, after the message that is being sent. */
  void end(CloseReason why) {
    ending = why;
    loop.wake();
  }

  static CloseReason reason(CloseCodes code, String words) {
    String text = words == null ? "" : words;
    return new CloseReason(code, text.substring(0, Math.min(text.length(), LONGEST_REASON)));
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
      source.close();
      socket.close(ending);
      ended.run();
    }
  }

  private void sendNext() {
    try {
      Optional<? extends Message> next = source.next();
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
    loop.wake();
  }
}
