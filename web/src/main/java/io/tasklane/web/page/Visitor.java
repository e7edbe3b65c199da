package io.tasklane.web.page;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a request says it comes from.
 *
 * @param host header Host: what the client asked for
 * @param origin header Origin: which site made a browser ask; empty for what is no browser and for
 *     a page's own plain requests
 */
record Visitor(Optional<String> host, Optional<String> origin) {
  /** A port, after localhost or an address. A name could be pointed at this machine by anybody. */
  private static final Pattern OURS =
      Pattern.compile("(localhost|[0-9.]+|\\[[0-9a-f:.]+])(:[0-9]+)?");

  /** Why the request is refused, empty where it is not. */
  Optional<String> refusal() {
    String asked = host.orElse("").toLowerCase(Locale.ROOT);
    if (!OURS.matcher(asked).matches()) {
      return Optional.of(
          "Host " + asked + " is refused: open the server by localhost or by its address");
    }
    boolean foreign =
        origin.isPresent()
            && !origin.get().equalsIgnoreCase("http://" + asked)
            && !origin.get().equalsIgnoreCase("https://" + asked);
    return foreign
        ? Optional.of("Origin " + origin.get() + " is refused: only pages of this server may ask")
        : Optional.empty();
  }
}
