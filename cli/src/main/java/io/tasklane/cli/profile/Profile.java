package io.tasklane.cli.profile;

import java.util.Optional;

/**
 * A server that has a name.
 *
 * @param server "HOST:PORT"
 * @param token what it knows the user by; empty if it asks for none
 */
record Profile(String server, Optional<String> token) {
  /** Without the token, so that no message can show it. */
  @Override
  public String toString() {
    return server + (token.isPresent() ? " with a token" : "");
  }
}
