package io.tasklane.grpc.worker;

import com.google.rpc.Status;
import io.tasklane.grpc.stream.InboundWindow;
import io.tasklane.v1.WorkRequest;
import io.tasklane.v1.WorkResponse;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** What a worker has said and is not told yet, in its order. For one thread at a time. */
final class UnansweredMessages {
  /** A message that is not answered yet. */
  static final class Said {
    private final long sequence;
    private final long size;
    private final String lease;
    private boolean done;
    private Optional<Status> refusal = Optional.empty();

    Said(WorkRequest request, String lease) {
      this.sequence = request.getSequence();
      this.size = request.getSerializedSize();
      this.lease = lease;
    }

    /** In bytes. */
    long size() {
      return size;
    }

    /** It is written, or refused with this status. */
    void answer(Optional<Status> why) {
      done = true;
      refusal = why;
    }
  }

  private final Deque<Said> messages = new ArrayDeque<>();

  void add(Said said) {
    messages.add(said);
  }

  boolean isEmpty() {
    return messages.isEmpty();
  }

  boolean allDone() {
    return messages.stream().allMatch(said -> said.done);
  }

  /**
   * Moves the answers at the head, up to the first message that is under way.
   *
   * @param window has room again for what is answered
   * @param outbox gets the refusals, and one acknowledgement of all
   * @return whether there were any
   */
  boolean moveAnswered(InboundWindow window, Deque<WorkResponse> outbox) {
    long last = 0;
    while (!messages.isEmpty() && messages.peek().done) {
      Said said = messages.remove();
      window.answered(said.size);
      said.refusal
          .map(status -> WorkResponses.refused(said.sequence, said.lease, status))
          .ifPresent(outbox::add);
      last = said.sequence;
    }
    if (last > 0) {
      outbox.add(WorkResponses.acknowledgement(last));
    }
    return last > 0;
  }
}
