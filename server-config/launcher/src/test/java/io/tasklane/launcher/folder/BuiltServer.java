package io.tasklane.launcher.folder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** The server folder as far as it is built when tests run, with the compiled classes as its jar. */
public final class BuiltServer {
  private static final Path TARGET = Path.of("target").toAbsolutePath();

  private BuiltServer() {}

  /** Links it together. */
  public static ServerFolder folder() throws IOException {
    ServerFolder server = new ServerFolder(TARGET.resolve("server-under-test"));
    Files.createDirectories(server.root());
    for (String part : new String[] {"broker", "conf", "postgres", "payara"}) {
      link(server.root().resolve(part), TARGET.resolve("server").resolve(part));
    }
    link(server.launcherJar(), TARGET.resolve("classes"));
    return server;
  }

  private static void link(Path link, Path target) throws IOException {
    if (!Files.exists(link, LinkOption.NOFOLLOW_LINKS)) {
      Files.createSymbolicLink(link, target);
    }
  }
}
