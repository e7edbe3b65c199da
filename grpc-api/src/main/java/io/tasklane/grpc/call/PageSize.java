package io.tasklane.grpc.call;

/** How many a page holds (AIP-158); the contract allows 0 to 500. */
public final class PageSize {
  private static final int DEFAULT = 50;

  private PageSize() {}

  /** What the request's page_size means: 0 lets the server choose. */
  public static int of(int asked) {
    return asked == 0 ? DEFAULT : asked;
  }
}
