package io.tasklane.grpc.call;

import com.google.protobuf.Message;
import java.util.List;

/** Limits the size of a page, so that a response stays below the 4 MiB that clients accept. */
public final class PageLimit {
  private static final int MAXIMUM_BYTES = 3 * 1024 * 1024;

  private PageLimit() {}

  /** The first of these that fit into one page, at least one. */
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
