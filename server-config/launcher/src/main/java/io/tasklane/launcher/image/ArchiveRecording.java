package io.tasklane.launcher.image;

import io.tasklane.launcher.Server;
import io.tasklane.launcher.StartOptions;
import io.tasklane.launcher.failure.CannotStart;
import io.tasklane.launcher.folder.DataFolder;
import io.tasklane.launcher.folder.FolderTree;
import io.tasklane.launcher.folder.ServerFolder;
import io.tasklane.launcher.process.Archives;
import io.tasklane.launcher.process.ProcessId;
import io.tasklane.launcher.process.RunRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Starts the whole server once, on a folder of its own, and has the node and the broker write down
 * the classes they loaded.
 *
 * @param server the built server
 * @param scratch where that one start keeps its data
 */
record ArchiveRecording(ServerFolder server, Path scratch) {
  private static final Duration BOUND = Duration.ofMinutes(4);
  private static final String NODE = "node-1";
  private static final Map<String, String> RECORDED = Map.of("node", NODE, "broker", "broker");

  /** Whether an archive is missing or older than the jars it is bound to. */
  boolean needed() throws IOException {
    List<Path> jars = new ArrayList<>(server.libraries());
    jars.add(server.launcherJar());
    jars.add(server.payara().resolve("launch-micro.jar"));
    for (String component : RECORDED.keySet()) {
      for (Path jar : jars) {
        if (UnpackServer.stale(server.archive(component), jar)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Records; returns one sentence for the build's output. */
  String run() throws IOException {
    new FolderTree(scratch).delete();
    DataFolder data = new DataFolder(scratch);
    try {
      data.create();
      record(data);
      new FolderTree(scratch).delete();
      return "Recorded the class archives of node and broker.";
    } catch (CannotStart | IOException reason) {
      return "No class archives, the server starts slower: " + reason.getMessage();
    }
  }

  private void record(DataFolder data) throws CannotStart, IOException {
    StartOptions options = StartOptions.onFreePorts(scratch, NODE);
    Archives recording = new Archives(server, true);
    Server started =
        Server.assemble(options, server, recording, Clock.systemUTC(), System.err::println);
    try {
      started.start(BOUND);
      RunRecord processes = new RunRecord(data.run());
      for (var component : RECORDED.entrySet()) {
        dump(component.getKey(), processes.read(component.getValue()).orElseThrow());
      }
    } finally {
      started.stop();
    }
  }

  private void dump(String component, ProcessId process) throws IOException {
    Path archive = server.archive(component);
    Path draft = archive.resolveSibling(component + ".new");
    Files.createDirectories(archive.getParent());
    Files.deleteIfExists(draft);
    Programs.output(
        List.of(
            Programs.ofThisJdk("jcmd"),
            Long.toString(process.pid()),
            "VM.cds",
            "dynamic_dump",
            draft.toString()));
    Files.move(draft, archive, StandardCopyOption.REPLACE_EXISTING);
  }
}
