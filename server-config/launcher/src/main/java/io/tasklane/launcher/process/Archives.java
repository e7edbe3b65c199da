package io.tasklane.launcher.process;

import io.tasklane.launcher.folder.ServerFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Archives of loaded classes (class-data sharing), which halve the time a node needs to start. They
 * are recorded once for a built server; the virtual machine itself refuses, silently, one that was
 * made of other jars or by another version.
 *
 * @param server where they are
 * @param recording whether this start is the one that records them
 */
public record Archives(ServerFolder server, boolean recording) {

  /** Flags for the process of that component; none where there is no archive. */
  public List<String> flags(String component) {
    if (recording) {
      return List.of("-XX:+RecordDynamicDumpInfo");
    }
    Path archive = server.archive(component);
    return Files.isReadable(archive)
        ? List.of("-XX:SharedArchiveFile=" + archive, "-Xlog:cds=off", "-Xlog:cds+dynamic=off")
        : List.of();
  }
}
