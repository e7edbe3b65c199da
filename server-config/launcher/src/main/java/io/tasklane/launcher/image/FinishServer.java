package io.tasklane.launcher.image;

import io.tasklane.launcher.folder.ServerFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Puts the launcher and the application into the built server and records its class archives. Run
 * by the build.
 */
public final class FinishServer {

  private FinishServer() {}

  /**
   * Finishes the folder. A server without archives works, so a failed recording is only told.
   *
   * @param arguments the server folder; the launcher's jar; the application with all its libraries;
   *     {@code record}, or {@code none} to do without archives
   */
  public static void main(String[] arguments) throws IOException {
    ServerFolder server = new ServerFolder(Path.of(arguments[0]));
    Path jar = Path.of(arguments[1]);
    // The same bytes keep their date, to which the archives are bound.
    if (!Files.exists(server.launcherJar()) || Files.mismatch(jar, server.launcherJar()) >= 0) {
      Files.copy(jar, server.launcherJar(), StandardCopyOption.REPLACE_EXISTING);
    }
    new ApplicationParts(Path.of(arguments[2]), server).write();
    ArchiveRecording recording = new ArchiveRecording(server, jar.resolveSibling("recording"));
    if (arguments[3].equals("record") && recording.needed()) {
      System.out.println(recording.run());
    }
    // Threads that still watch the recorded server are not to keep the build waiting.
    System.exit(0);
  }
}
