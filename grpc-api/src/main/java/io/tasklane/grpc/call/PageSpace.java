package io.tasklane.grpc.call;

import com.google.protobuf.Message;
import java.util.List;

/** How much fits into one page, so that an answer stays under the 4 MiB that clients take. */
public final class PageSpace {
  private static final int MAXIMUM_BYTES = 3 * 1024 * 1024;

  private PageSpace() {}

  /** The first of these that fit, at least one. */
  public static <M extends Message> List<M> fitting(List<M> found) {
    long bytes = 0;
    for (int taken = 0; taken < found.size(); taken++) {
      bytes += found.get(taken).getSerializedSize();
      if (taken > 0 && bytes > MAXIMUM_BYTES) {
        return found.subList(0, taken);
      }
    }
    return found;
  }
}
