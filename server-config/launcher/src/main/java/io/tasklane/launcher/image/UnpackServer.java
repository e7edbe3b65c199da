package io.tasklane.launcher.image;

import io.tasklane.launcher.folder.FolderTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Unpacks what comes as one file: PostgreSQL's binaries and Payara Micro. Run by the build. */
public final class UnpackServer {

  private UnpackServer() {}

  /**
   * Unpacks what is missing or older than its artifact.
   *
   * @param arguments the folder with {@code postgres.jar} and {@code payara-micro.jar}; the server
   *     folder
   */
  public static void main(String[] arguments) throws IOException {
    Path parts = Path.of(arguments[0]);
    Path server = Path.of(arguments[1]);
    Path postgres = server.resolve("postgres");
    if (stale(postgres.resolve("MAJOR_VERSION"), parts.resolve("postgres.jar"))) {
      new PostgresBinaries(parts.resolve("postgres.jar")).unpack(postgres);
    }
    Path payara = server.resolve("payara");
    if (stale(payara.resolve("launch-micro.jar"), parts.resolve("payara-micro.jar"))) {
      unpackPayara(parts.resolve("payara-micro.jar"), payara);
    }
  }

  static boolean stale(Path made, Path from) throws IOException {
    return !Files.exists(made)
        || Files.getLastModifiedTime(made).compareTo(Files.getLastModifiedTime(from)) < 0;
  }

  private static void unpackPayara(Path jar, Path payara) throws IOException {
    new FolderTree(payara).delete();
    Programs.output(
        List.of(
            Programs.ofThisJdk("java"),
            "-jar",
            jar.toString(),
            "--rootDir",
            payara.toString(),
            "--outputlauncher",
            "--nohazelcast"));
    if (!Files.exists(payara.resolve("launch-micro.jar"))) {
      throw new IOException("Payara Micro did not unpack itself into " + payara);
    }
  }
}
