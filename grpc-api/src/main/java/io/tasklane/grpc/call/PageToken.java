package io.tasklane.grpc.call;

import io.tasklane.grpc.error.InvalidRequest;
import io.tasklane.grpc.error.Reason;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * Where the next page begins, opaque to clients and bound to the list it is from, its filter and
 * its order.
 */
public final class PageToken {
  private final String scope;

  /**
   * Writes and reads the tokens of one list with one filter; it refuses those of others.
   *
   * @param list such as "tasks"
   * @param filter as the client wrote it
   */
  public PageToken(String list, String filter) {
    CRC32C sum = new CRC32C();
    sum.update((list + '\n' + filter.strip()).getBytes(StandardCharsets.UTF_8));
    scope = HexFormat.of().toHexDigits((int) sum.getValue());
  }

  /** The token of the page after this position. */
  public String after(String position) {
    byte[] content = (scope + position).getBytes(StandardCharsets.UTF_8);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(content);
  }

  /**
   * The position a request's token stands for, empty for the first page.
   *
   * @throws InvalidRequest PAGE_TOKEN where it is not from this list with this filter
   */
  public Optional<String> position(String token) {
    if (token.isEmpty()) {
      return Optional.empty();
    }
    String content = decoded(token);
    if (!content.startsWith(scope)) {
      throw refused(token);
    }
    return Optional.of(content.substring(scope.length()));
  }

  private static String decoded(String token) {
    try {
      return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notOurs) {
      throw refused(token);
    }
  }

  /** The token is not from this list. */
  public static InvalidRequest refused(String token) {
    return InvalidRequest.field(
        Reason.PAGE_TOKEN,
        "page_token",
        "\"" + token + "\" is not allowed: the next_page_token of this list with this filter");
  }
}
