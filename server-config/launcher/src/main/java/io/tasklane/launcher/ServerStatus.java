package io.tasklane.launcher;

import io.tasklane.launcher.folder.DataFolder;
import io.tasklane.launcher.process.ProcessId;
import io.tasklane.launcher.process.RunRecord;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is known about the server of a data folder.
 *
 * @param state what it does
 * @param addresses by name, once it was ready
 * @param living its processes by their components
 */
record ServerStatus(State state, Map<String, String> addresses, Map<String, ProcessId> living) {

  /** What a server does. */
  enum State {
    /** There is none. */
    NOT_RUNNING("not running"),
    /** It was not ready yet. */
    STARTING("starting"),
    /** It serves. */
    READY("ready"),
    /** It was ready, but a component of it has died and is being started again. */
    RESTARTING("restarting");

    private final String words;

    State(String words) {
      this.words = words;
    }

    @Override
    public String toString() {
      return words;
    }
  }

  static ServerStatus of(DataFolder folder) {
    Map<String, ProcessId> living = new RunRecord(folder.run()).living();
    if (!living.containsKey(RunRecord.LAUNCHER)) {
      return new ServerStatus(State.NOT_RUNNING, Map.of(), Map.of());
    }
    Map<String, String> fields = new LinkedHashMap<>(StatusFile.in(folder).read());
    List<String> components = List.of(fields.getOrDefault(StatusFile.COMPONENTS, "").split(" "));
    boolean wasReady = fields.containsKey(StatusFile.READY);
    List.of(StatusFile.COMPONENTS, StatusFile.LOGS, StatusFile.GRACE, StatusFile.READY)
        .forEach(fields::remove);
    if (!wasReady) {
      return new ServerStatus(State.STARTING, fields, living);
    }
    boolean whole = components.stream().allMatch(component -> serves(folder, component, living));
    return new ServerStatus(whole ? State.READY : State.RESTARTING, fields, living);
  }

  /** A node has a file while it serves; the others serve soon after they are started. */
  private static boolean serves(
      DataFolder folder, String component, Map<String, ProcessId> living) {
    return living.containsKey(component)
        && (component.equals("postgres")
            || component.equals("broker")
            || Files.exists(folder.run().resolve(component + ".ready")));
  }
}
