package io.tasklane.launcher.postgres;

import com.sun.security.auth.module.UnixSystem;
import io.tasklane.launcher.failure.CannotStart;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * PostgreSQL refuses to run as root. Started by root it therefore runs in a user namespace in which
 * root is nobody, or, where the system forbids those, as the user nobody itself.
 */
final class PlainUser {
  private static final String NOBODY = "65534";
  private static final List<String> NAMESPACE = List.of("unshare", "-U");
  private static final List<String> OTHER_USER =
      List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups");

  private final List<String> prefix;

  private PlainUser(List<String> prefix) {
    this.prefix = prefix;
  }

  /** The way that works here. */
  static PlainUser here() throws CannotStart {
    if (new UnixSystem().getUid() != 0) {
      return new PlainUser(List.of());
    }
    for (List<String> way : List.of(NAMESPACE, OTHER_USER)) {
      if (succeeds(with(way, List.of("true")))) {
        return new PlainUser(way);
      }
    }
    throw new CannotStart(
        "PostgreSQL does not run as root, and neither unshare -U nor setpriv is possible here; start the server as an ordinary user");
  }

  /** That command, run by somebody who is not root. */
  List<String> command(List<String> command) {
    return with(prefix, command);
  }

  /** Lets that user own a folder; nothing to do where the owner stays the same. */
  void own(Path folder) throws IOException {
    if (prefix.equals(OTHER_USER) && !succeeds(List.of("chown", "-R", NOBODY, folder.toString()))) {
      throw new IOException("cannot give " + folder + " to the user " + NOBODY);
    }
  }

  private static List<String> with(List<String> prefix, List<String> command) {
    List<String> all = new ArrayList<>(prefix);
    all.addAll(command);
    return all;
  }

  private static boolean succeeds(List<String> command) {
    try {
      return new ProcessBuilder(command)
              .redirectOutput(Redirect.DISCARD)
              .redirectError(Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException noSuchCommand) {
      return false;
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
