package io.tasklane.launcher.node;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a node deploys: the built application, or a copy of it that has the user's handlers among
 * its libraries, where Jakarta EE looks for beans.
 *
 * @param built the application as it was built
 * @param libraries jars of the application that are on the node's class path, not in it
 * @param handlers jars to add
 */
public record Application(Path built, List<Path> libraries, List<Path> handlers) {
  private static final String LIBRARIES = "WEB-INF/lib";

  /** Keeps own copies of the lists. */
  public Application {
    libraries = List.copyOf(libraries);
    handlers = List.copyOf(handlers);
  }

  /**
   * The archive to deploy.
   *
   * @param folder where the copy is made, if one is needed; it bears the same name, because that
   *     names the application
   * @throws IOException also where a jar bears the name of a library of the application, which it
   *     would replace
   */
  Path in(Path folder) throws IOException {
    if (handlers.isEmpty()) {
      return built;
    }
    Path copy = Files.createDirectories(folder).resolve(built.getFileName().toString());
    Files.copy(built, copy);
    try (FileSystem archive = FileSystems.newFileSystem(copy)) {
      for (Path jar : handlers) {
        refuseNameOfLibrary(jar);
        add(jar, archive.getPath(LIBRARIES, jar.getFileName().toString()));
      }
    }
    return copy;
  }

  private void refuseNameOfLibrary(Path jar) throws IOException {
    if (libraries.stream().anyMatch(own -> own.getFileName().equals(jar.getFileName()))) {
      throw nameTaken(jar);
    }
  }

  private static void add(Path jar, Path library) throws IOException {
    if (Files.exists(library)) {
      throw nameTaken(jar);
    }
    Files.copy(jar, library);
  }

  private static IOException nameTaken(Path jar) {
    return new IOException(
        "the application has a " + jar.getFileName() + " already; rename " + jar);
  }
}
