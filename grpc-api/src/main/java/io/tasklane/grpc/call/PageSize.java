package io.tasklane.grpc.call;

import io.tasklane.grpc.error.InvalidRequest;
import io.tasklane.grpc.error.Reason;

/** How many a page holds (AIP-158): 50 where the client does not say, at most 500. */
public final class PageSize {
  private static final int DEFAULT = 50;
  private static final int MAXIMUM = 500;

  private PageSize() {}

  /**
   * What the request's page_size means.
   *
   * @throws InvalidRequest where it is negative
   */
  public static int of(int asked) {
    if (asked < 0) {
      throw InvalidRequest.field(
          Reason.INVALID_FIELD,
          "page_size",
          asked + " is not allowed: 0 to 500, 0 means " + DEFAULT);
    }
    return asked == 0 ? DEFAULT : Math.min(asked, MAXIMUM);
  }
}
